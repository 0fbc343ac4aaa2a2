// Command loggen writes a log for benchmarks and, beside it, the truth: how often each code stands
// in it. The same flags give the same bytes on every machine.
//
//	go run ./bench/loggen -kind dense -size 1G -o dense.log   # and dense.log.truth.json
//
// The kinds are sparse (one line in a hundred has a code), dense (every line has one), mixed
// (sparse, with bursts of dense) and huge (dense records in lines of 1 MiB).
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
)

func main() {
	kind := flag.String("kind", "sparse", "sparse, dense, mixed or huge")
	size := flag.String("size", "64M", "bytes, with K, M or G")
	seed := flag.Uint64("seed", 1, "another seed gives another log of the kind")
	out := flag.String("o", "", "the file to write; the truth goes to FILE.truth.json")
	flag.Parse()
	if err := run(*kind, *size, *seed, *out); err != nil {
		fmt.Fprintln(os.Stderr, "loggen:", err)
		os.Exit(1)
	}
}

func run(kind, size string, seed uint64, path string) error {
	n, err := parseSize(size)
	if err != nil {
		return err
	}
	if path == "" {
		return fmt.Errorf("want a file: -o FILE")
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 1<<20)
	truth, err := Write(w, kind, n, seed)
	if err == nil {
		err = w.Flush()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	data, err := json.MarshalIndent(truth, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(path+".truth.json", append(data, '\n'), 0o644)
}

func parseSize(s string) (int64, error) {
	unit := int64(1)
	for i, u := range []string{"K", "M", "G"} {
		if digits, ok := strings.CutSuffix(s, u); ok {
			s, unit = digits, 1<<(10*(i+1))
		}
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n <= 0 {
		return 0, fmt.Errorf("size %q: want a number such as 64M", s)
	}
	return n * unit, nil
}

// A Truth is what a log holds.
type Truth struct {
	Kind  string        `json:"kind"`
	Bytes int64         `json:"bytes"`
	Lines int64         `json:"lines"`
	Codes map[int]int64 `json:"codes"` // how often each code other than 0 is presented
}

// Write writes at least size bytes of a kind, whole lines.
func Write(w io.Writer, kind string, size int64, seed uint64) (*Truth, error) {
	g := newGenerator(seed)
	t := &Truth{Kind: kind, Codes: make(map[int]int64)}
	line, ok := map[string]func(){
		"sparse": g.sparse, "dense": g.dense, "mixed": g.mixed, "huge": g.huge,
	}[kind]
	if !ok {
		return nil, fmt.Errorf("unknown kind %q, want sparse, dense, mixed or huge", kind)
	}
	for t.Bytes < size {
		g.buf, g.codes = g.buf[:0], g.codes[:0]
		line()
		for _, c := range g.codes {
			t.Codes[c]++
		}
		t.Bytes += int64(len(g.buf))
		t.Lines++
		if _, err := w.Write(g.buf); err != nil {
			return nil, err
		}
	}
	return t, nil
}
