package main_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/imtriage/imtriage"

// law says what a package and its rooms may import of the module: the named packages, and below a
// name that ends in /… everything. The longest name that fits a package holds. What stands here
// stands in .golangci.yml too: that one tells an author at once, this one cannot be switched off
// by a comment.
var law = map[string][]string{
	"catalog":              {"catalog/yamlpos"},
	"catalog/internal/gen": {"catalog"},
	"catalog/yamlpos":      {},
	"catalog/upstream":     {"catalog", "catalog/yamlpos"},
	"catalog/redact":       {"catalog"},
	"catalog/tally":        {"catalog", "catalog/redact"},
	"scanner":              {"catalog", "catalog/yamlpos", "catalog/tally", "scanner/…"},
	"scanner/xlog":         {},
	"scanner/follow":       {"scanner/input"},
	"rules":                {"catalog", "catalog/yamlpos", "catalog/tally", "rules/…"},
	"report":               {"catalog", "catalog/redact", "catalog/tally", "rules", "report/…"},
	"cmd/imtriage":         {"…"},
	// What goes on is shown from here, and reaches no input.
	"cmd/imtriage/internal/live":  {"catalog", "catalog/redact", "catalog/tally", "report", "rules"},
	"cmd/imtriage/internal/serve": {"catalog", "catalog/redact", "catalog/tally", "report", "rules", "cmd/imtriage/internal/live"},
	"examples":                    {"…"},
	"bench":                       {"…"},
}

// An owner says which packages alone may import something. Programs that go generate runs are
// exempt: they are no part of what is shipped.
type owner struct {
	imported string // a path, with what is below it
	by       []string
	why      string
}

var owners = []owner{
	{"os", []string{"scanner", "cmd", "examples", "bench"}, "only scanner opens inputs"},
	{"net", []string{"scanner", "cmd", "examples"}, "nothing is sent from a library"},
	{"os/signal", []string{"cmd"}, "signals belong to a program"},
	{"os/exec", []string{"cmd", "bench"}, "programs are started by programs"},
	{"flag", []string{"cmd", "examples", "bench"}, "flags belong to a program"},
	{"log", []string{"cmd", "examples"}, "libraries return errors"},
	{"github.com/spf13", []string{"cmd"}, "flags belong to a program"},
	{"golang.org/x/term", []string{"cmd"}, "the terminal belongs to a program"},
	{"github.com/schollz/progressbar/v3", []string{"cmd"}, "the terminal belongs to a program"},
	{"charm.land/lipgloss", nil, "it runs programs when it is loaded: docs/adr/0023"},
	{"charm.land", []string{"cmd/imtriage/internal/dash"}, "one package draws on the screen: docs/adr/0023"},
	{"github.com/yuin/goldmark", []string{"catalog/upstream"}, "only the vendor's tables are read as Markdown"},
	{"gopkg.in/yaml.v3", []string{"catalog/yamlpos"}, "it must stay replaceable: docs/adr/0002"},
	{"github.com/decred", []string{"scanner/xlog"}, "only xlog is encrypted: docs/adr/0016"},
	{"github.com/nxadm/tail", []string{"scanner/follow"}, "its traps are dealt with there"},
	{"github.com/prometheus", []string{"cmd/imtriage/internal/serve"}, "metrics are read off the live state: docs/adr/0022"},
	{"golang.org/x/net", []string{"cmd/imtriage/internal/serve"}, "one server listens"},
	{"github.com/olekukonko/tablewriter", []string{"report"}, "tables are a format: docs/adr/0003"},
}

// pure are packages under an owned path that compute and touch nothing.
var pure = []string{"net/netip", "net/url", "net/mail"}

type goPackage struct {
	ImportPath                         string
	Imports, TestImports, XTestImports []string
	Standard                           bool
}

// TestLayers holds every import of the module against the law.
func TestLayers(t *testing.T) {
	packages := listPackages(t)
	for _, p := range packages {
		name := strings.TrimPrefix(p.ImportPath, module+"/")
		room, allowed := lawOf(name)
		if room == "" {
			t.Errorf("%s is in no row of the law", name)
			continue
		}
		tests := slices.Concat(p.TestImports, p.XTestImports)
		for _, imported := range slices.Concat(p.Imports, tests) {
			to, ours := strings.CutPrefix(imported, module+"/")
			if ours && to != name && !permitted(allowed, to) {
				t.Errorf("%s imports %s, but %s may import only %q", name, to, room, allowed)
			}
		}
		if strings.Contains(name, "/internal/gen") {
			continue
		}
		for _, imported := range p.Imports {
			if o := ownerOf(imported); o != nil && !slices.ContainsFunc(o.by, func(by string) bool { return below(name, by) }) {
				t.Errorf("%s imports %s, which is for %s alone: %s", name, imported, strings.Join(o.by, " and "), o.why)
			}
		}
	}
}

// TestLawIsInForce keeps the table from going stale: a row without a package protects nothing.
func TestLawIsInForce(t *testing.T) {
	packages := listPackages(t)
	for row := range law {
		found := slices.ContainsFunc(packages, func(p goPackage) bool {
			return below(strings.TrimPrefix(p.ImportPath, module+"/"), row)
		})
		if !found && row != "examples" {
			t.Errorf("no package for the row %q", row)
		}
	}
	for _, edge := range []struct{ from, to string }{
		{"scanner", "report"},
		{"scanner", "rules"},
		{"rules", "scanner"},
		{"report", "scanner"},
		{"catalog", "catalog/tally"},
		{"catalog/tally", "rules"},
		{"catalog/yamlpos", "catalog"},
		{"scanner/input", "report/schema"},
		{"scanner/xlog", "catalog"},
		{"scanner/follow", "scanner"},
	} {
		if room, allowed := lawOf(edge.from); permitted(allowed, edge.to) {
			t.Errorf("the row %s lets %s import %s", room, edge.from, edge.to)
		}
	}
}

// listPackages returns the module's packages, those of every package's dependencies included, so
// that nothing in the build is left out of sight.
func listPackages(t *testing.T) []goPackage {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "list", "-deps", "-json=ImportPath,Imports,TestImports,XTestImports,Standard", module+"/...")
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, &stderr)
	}
	packages, err := decodePackages(strings.NewReader(string(out)))
	if err != nil {
		t.Fatal(err)
	}
	return packages
}

func decodePackages(r io.Reader) (ours []goPackage, err error) {
	for d := json.NewDecoder(r); ; {
		var p goPackage
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, err
		}
		if strings.HasPrefix(p.ImportPath, module+"/") {
			ours = append(ours, p)
		}
	}
	if len(ours) == 0 {
		return nil, fmt.Errorf("go list names no package of %s", module)
	}
	return ours, nil
}

// lawOf returns the row that holds for a package, "" if there is none.
func lawOf(name string) (room string, allowed []string) {
	for row := range law {
		if below(name, row) && len(row) > len(room) {
			room = row
		}
	}
	return room, law[room]
}

func permitted(allowed []string, to string) bool {
	return slices.ContainsFunc(allowed, func(a string) bool {
		root, all := strings.CutSuffix(a, "…")
		return a == to || all && strings.HasPrefix(to+"/", root)
	})
}

func ownerOf(imported string) *owner {
	if slices.Contains(pure, imported) {
		return nil
	}
	var best *owner
	for i, o := range owners {
		if below(imported, o.imported) && (best == nil || len(o.imported) > len(best.imported)) {
			best = &owners[i]
		}
	}
	return best
}

// below reports whether a path is root or stands under it.
func below(path, root string) bool { return path == root || strings.HasPrefix(path, root+"/") }
