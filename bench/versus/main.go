//go:build unix

// Command versus runs imtriage and the tools that people would use instead on the same logs, in
// one go, and prints what each took and how it compares:
//
//	go run ./bench/versus -size 1G -runs 5
//
// It builds imtriage, writes the logs with loggen, holds the counts against the truth, runs all
// tools in turn so that a slow phase of the machine hits each of them, and prints the median of the
// runs as a table in Markdown. Tools that are not installed are named and left out.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

func main() {
	b := bench{out: os.Stdout}
	flag.StringVar(&b.size, "size", "1G", "of each log")
	flag.IntVar(&b.runs, "runs", 5, "of each tool; the median counts")
	flag.StringVar(&b.dir, "dir", filepath.Join(os.TempDir(), "imtriage-bench"), "where the logs are kept")
	kinds := flag.String("kinds", "sparse,dense,mixed", "of logs")
	flag.Parse()
	if err := b.run(strings.Split(*kinds, ",")); err != nil {
		fmt.Fprintln(os.Stderr, "versus:", err)
		os.Exit(1)
	}
}

type bench struct {
	size, dir string
	runs      int
	out       io.Writer
	binary    string
}

// pattern is what people search for: one that finds the codes of most lines, and other numbers too.
const pattern = `(error|err|result)?_?code["']? ?[:=：,(] ?-?[0-9]+|错误码：-?[0-9]+|PlatformException\(-?[0-9]+`

// tools are the two sides; {} stands for the log.
func (b *bench) tools() []tool {
	quoted := "'" + strings.ReplaceAll(pattern, "'", `'\''`) + "'"
	return []tool{
		{name: "imtriage", shell: b.binary + " scan --progress=never -f json=" + filepath.Join(b.dir, "report.json") + " {}"},
		{name: "imtriage, 1 worker", shell: b.binary + " scan --jobs 1 --progress=never -f json=" + filepath.Join(b.dir, "report.json") + " {}"},
		{name: "wc -l", shell: "wc -l {}"},
		{name: "rg -c", needs: "rg", shell: "rg -i -c " + quoted + " {}"},
		{name: "rg -i -o", needs: "rg", shell: "rg -i -o " + quoted + " {}"},
		{name: "rg -i -o | sort | uniq -c", needs: "rg", shell: "rg -i -o " + quoted + " {} | sort | uniq -c"},
		{name: "grep -ciE", shell: "grep -ciE " + quoted + " {}"},
	}
}

func (b *bench) run(kinds []string) error {
	if err := os.MkdirAll(b.dir, 0o755); err != nil {
		return err
	}
	b.binary = filepath.Join(b.dir, "imtriage")
	loggen := filepath.Join(b.dir, "loggen")
	for _, build := range [][2]string{{b.binary, "./cmd/imtriage"}, {loggen, "./bench/loggen"}} {
		if out, err := exec.Command("go", "build", "-o", build[0], build[1]).CombinedOutput(); err != nil {
			return fmt.Errorf("go build %s: %w\n%s", build[1], err, out)
		}
	}
	fmt.Fprintf(b.out, "%s, %d CPUs, %s; logs of %s, median of %d runs.\n\n", processor(), runtime.NumCPU(), runtime.Version(), b.size, b.runs)
	fmt.Fprintln(b.out, "| log | tool | wall s | CPU s | peak MiB | wall, imtriage = 1 | CPU, imtriage = 1 |\n|---|---|---:|---:|---:|---:|---:|")
	for _, kind := range kinds {
		log := filepath.Join(b.dir, kind+".log")
		if out, err := exec.Command(loggen, "-kind", kind, "-size", b.size, "-o", log).CombinedOutput(); err != nil {
			return fmt.Errorf("loggen: %w\n%s", err, out)
		}
		if err := b.compare(kind, log); err != nil {
			return err
		}
	}
	return nil
}

// compare runs every tool as often as asked, in turn, and prints their rows.
func (b *bench) compare(kind, log string) error {
	tools := slices.DeleteFunc(b.tools(), func(t tool) bool {
		_, err := exec.LookPath(t.needs)
		missing := t.needs != "" && err != nil
		if missing {
			fmt.Fprintf(os.Stderr, "versus: %s is not installed\n", t.needs)
		}
		return missing
	})
	all := make([][]cost, len(tools))
	for range b.runs + 1 { // the first one warms the cache
		for i, t := range tools {
			c, err := t.run(log)
			if err != nil {
				return fmt.Errorf("%s: %w", t.name, err)
			}
			all[i] = append(all[i], c)
			if t.name == "imtriage" {
				if err := b.truth(log); err != nil {
					return err
				}
			}
		}
	}
	ours := median(all[0][1:])
	for i, t := range tools {
		c := median(all[i][1:])
		fmt.Fprintf(b.out, "| %s | %s | %.2f | %.2f | %.0f | %.2f | %.2f |\n", kind, strings.ReplaceAll(t.name, "|", "\\|"), c.wall, c.cpu, c.peak, c.wall/ours.wall, c.cpu/ours.cpu)
	}
	return nil
}

// truth holds the report of the last run against what the log was made of.
func (b *bench) truth(log string) error {
	var want struct{ Codes map[int]int64 }
	var got struct {
		Codes, Unknown []struct {
			Code  int
			Count int64
		}
	}
	for file, into := range map[string]any{log + ".truth.json": &want, filepath.Join(b.dir, "report.json"): &got} {
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		if err := json.Unmarshal(data, into); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
	}
	for _, c := range slices.Concat(got.Codes, got.Unknown) {
		want.Codes[c.Code] -= c.Count
	}
	for code, n := range want.Codes {
		if n != 0 {
			return fmt.Errorf("%s: code %d is off by %d", log, code, n)
		}
	}
	return nil
}
