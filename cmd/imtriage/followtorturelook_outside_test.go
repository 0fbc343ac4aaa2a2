//go:build outside

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// fetch asks the server of the run for a page; nil when it does not answer yet.
func (t *torture) fetch(page string) []byte {
	t.Helper()
	_, address, ok := strings.Cut(t.run.told(), "listening on ")
	if !ok {
		return nil
	}
	address, _, _ = strings.Cut(address, "\n")
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address+page, http.NoBody)
	t.ok(err)
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return nil
	}
	return body
}

// health is what /healthz says.
type health struct {
	Status   string    `json:"status"`
	Reasons  []string  `json:"reasons"`
	LastPoll time.Time `json:"last_poll"`
}

func (t *torture) health() (h health) {
	t.Helper()
	if body := t.fetch("/healthz"); body != nil {
		t.ok(json.Unmarshal(body, &h))
	}
	return h
}

// looked is when the program looked at its files last.
func (t *torture) looked() time.Time { t.Helper(); return t.health().LastPoll }

// pass lets time go by for the program: until it looks at its files at a later time.
func (t *torture) pass(d time.Duration) {
	t.Helper()
	until := time.Now().Add(d)
	t.until(fmt.Sprint("its looks go on for ", d), func() bool { return t.looked().After(until) })
}

const patience = 40 * time.Second

// until waits for something that the program does.
func (t *torture) until(what string, holds func() bool) {
	t.Helper()
	deadline := time.NewTimer(patience)
	defer deadline.Stop()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	ended := t.run.done
	for !holds() {
		select {
		case <-t.news:
		case <-tick.C:
		case <-ended:
			ended = nil
			if !holds() {
				t.Fatalf("it ended before %s: %v\n%s", what, t.run.err, t.run.told())
			}
		case <-deadline.C:
			t.tell()
			t.Fatalf("not in %v: %s\n%s\n%+v", patience, what, t.run.told(), t.health())
		}
	}
}

// await waits until everything that was written was found.
func (t *torture) await() { t.Helper(); t.within(0) }

// within waits until at most n lines are still to be found.
func (t *torture) within(n int) {
	t.Helper()
	t.until(fmt.Sprint("all but ", n, " lines are found"), func() bool {
		t.mu.Lock()
		defer t.mu.Unlock()
		return len(t.written)-len(t.seen) <= n
	})
}

// drained waits until every line that was written is read, though the last one may not be told yet: a record may go on.
func (t *torture) drained() {
	t.Helper()
	t.until("everything is read", func() bool {
		t.mu.Lock()
		written := bytes.Count(t.whole.Bytes(), []byte{'\n'})
		t.mu.Unlock()
		_, value, _ := strings.Cut(string(t.fetch("/metrics")), "\nimtriage_input_lines_total ")
		value, _, _ = strings.Cut(value, "\n")
		lines, err := strconv.ParseFloat(value, 64)
		return err == nil && int(lines) >= written
	})
}
