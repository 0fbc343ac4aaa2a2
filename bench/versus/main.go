//go:build unix

// Command versus runs imtriage and the tools that people would use instead on the same logs, in
// one go, and prints what each took and how it compares:
//
//	go run ./bench/versus -size 1G -runs 5
//
// It builds imtriage, writes the logs with loggen, holds the counts against the truth, runs all
// tools in turn so that a slow phase of the machine hits each of them, and prints the median of the
// runs as a table in Markdown. Tools that are not installed are named and left out. lnav, which
// takes minutes for a gigabyte, reads the beginning of a log; its row is scaled, and a note says so.
package main

import (
	"bytes"
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
	kinds := flag.String("kinds", "sparse,dense,mixed", "of logs: sparse, dense, mixed, huge")
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
	loggen    string
	notes     []string // what stands below the table
}

func (b *bench) run(kinds []string) error {
	if err := os.MkdirAll(b.dir, 0o755); err != nil {
		return err
	}
	b.binary = filepath.Join(b.dir, "imtriage")
	b.loggen = filepath.Join(b.dir, "loggen")
	for _, build := range [][2]string{{b.binary, "./cmd/imtriage"}, {b.loggen, "./bench/loggen"}} {
		if out, err := exec.Command("go", "build", "-o", build[0], build[1]).CombinedOutput(); err != nil {
			return fmt.Errorf("go build %s: %w\n%s", build[1], err, out)
		}
	}
	tools := slices.DeleteFunc(b.tools(), func(t tool) bool {
		_, err := exec.LookPath(t.needs)
		missing := t.needs != "" && err != nil
		if missing {
			fmt.Fprintf(os.Stderr, "versus: %s is not installed\n", t.needs)
		}
		return missing
	})
	fmt.Fprintf(b.out, "%s, %d CPUs, %s; logs of %s, median of %d runs.\n\n", processor(), runtime.NumCPU(), runtime.Version(), b.size, b.runs)
	fmt.Fprintln(b.out, "| log | tool | wall s | CPU s | peak MiB | wall, imtriage = 1 | CPU, imtriage = 1 |\n|---|---|---:|---:|---:|---:|---:|")
	for _, kind := range kinds {
		log, err := b.write(kind, b.size, kind+".log")
		if err != nil {
			return err
		}
		if err := b.compare(kind, log, tools); err != nil {
			return err
		}
	}
	if len(b.notes) > 0 {
		fmt.Fprintf(b.out, "\n%s\n", strings.Join(b.notes, "\n"))
	}
	return nil
}

// write makes a log with its truth. The smaller one of two logs of a kind is the beginning of the other.
func (b *bench) write(kind, size, name string) (string, error) {
	log := filepath.Join(b.dir, name)
	if out, err := exec.Command(b.loggen, "-kind", kind, "-size", size, "-o", log).CombinedOutput(); err != nil {
		return "", fmt.Errorf("loggen: %w\n%s", err, out)
	}
	return log, nil
}

// compare runs every tool as often as asked, in turn, and prints their rows.
func (b *bench) compare(kind, log string, tools []tool) error {
	piece, scale, err := b.piece(kind, log)
	if err != nil {
		return err
	}
	all := make([][]cost, len(tools))
	var answer bytes.Buffer // of the tool that reads the piece
	for range b.runs + 1 {  // the first one warms the cache
		for i, t := range tools {
			read, out := log, io.Discard
			if t.piece {
				answer.Reset()
				read, out = piece, &answer
			}
			c, err := t.run(read, out)
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
		if t.piece {
			share, err := found(piece, answer.String())
			if err != nil {
				return err
			}
			note := fmt.Sprintf("%s on %s: reads the first %s, seconds × %.1f, memory as it was; it finds %.0f %% of the codes there.", t.name, kind, pieceSize, scale, 100*share)
			if share == 0 {
				note = fmt.Sprintf("%s on %s: it finds none of the codes, so there is no row.", t.name, kind)
			}
			b.notes = append(b.notes, note)
			if share == 0 {
				continue
			}
			c.wall, c.cpu = c.wall*scale, c.cpu*scale
		}
		fmt.Fprintf(b.out, "| %s | %s | %.2f | %.2f | %.0f | %.2f | %.2f |\n", kind, strings.ReplaceAll(t.name, "|", "\\|"), c.wall, c.cpu, c.peak, c.wall/ours.wall, c.cpu/ours.cpu)
	}
	return nil
}

// pieceSize is how much of a log a slow tool reads, as loggen spells it.
const pieceSize = "32M"

// piece writes the beginning of a log and says how many times the log is longer. A log that is short enough
// is its own piece.
func (b *bench) piece(kind, log string) (piece string, scale float64, err error) {
	piece, err = b.write(kind, pieceSize, kind+".piece.log")
	if err != nil {
		return "", 0, err
	}
	whole, err := os.Stat(log)
	if err != nil {
		return "", 0, err
	}
	part, err := os.Stat(piece)
	if err != nil {
		return "", 0, err
	}
	if whole.Size() <= part.Size() {
		return log, 1, nil
	}
	return piece, float64(whole.Size()) / float64(part.Size()), nil
}
