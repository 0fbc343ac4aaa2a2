# Thin over go: every target is a line or two that can be typed as well.
TOOL := go tool -modfile=.ci/tools.mod

.DEFAULT_GOAL := help
.PHONY: help build test race fuzz bench lint fmt generate update ci clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "%-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## build ./imtriage
	go build -trimpath ./cmd/imtriage

test: ## run all tests
	go test ./...

race: ## run all tests with the race detector, in random order
	go test -race -shuffle=on ./...

fuzz: ## run every fuzz target on 10000 inputs or FUZZ_INPUTS=1000000x, laws of the engine for 10 s or FUZZ_SECONDS=60
	FUZZ_SECONDS=$(or $(FUZZ_SECONDS),10) .ci/run fuzz

bench: ## compare with rg, grep, wc and lnav on logs of 1 GB, or SIZE=128M
	go run ./bench/versus -size $(or $(SIZE),1G)

lint: ## run the linters; the first time builds them
	$(TOOL) golangci-lint run

fmt: ## format the code
	$(TOOL) gofumpt -w .

generate: ## compile catalog, extractors and rule pack from their YAML
	go generate ./...

update: ## rewrite goldens and transcripts from what is printed now
	go test ./report ./cmd/imtriage -update

ci: ## everything a change must pass
	.ci/run

clean: ## remove what make built
	rm -f imtriage
