//go:build outside

package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"time"
)

// What nobody thought of: everything that may become of a log, in a random order.
var randomScenarios = []scenario{
	{"random rotations", func(t *torture) { t.random(1, false) }},
	{"other random rotations", func(t *torture) { t.random(2, false) }},
	{"random rotations and kills", func(t *torture) { t.random(3, true) }},
	{"other random rotations and kills", func(t *torture) { t.random(4, true) }},
	{"more random rotations and kills", func(t *torture) { t.random(5, true) }},
}

// A step is one thing that may happen.
type step struct {
	name string
	do   func()
}

// one lets one of some things happen.
func (d *daemon) one(of []step) {
	s := pick(d.dice, of)
	d.Log(s.name)
	s.do()
}

// A daemon writes a log and does not always know that it was rotated.
type daemon struct {
	*torture
	log  *os.File
	rest string // of a line that was written in part
}

func (t *torture) random(seed uint64, kills bool) {
	t.Helper()
	t.dice = rand.New(rand.NewPCG(seed, 7))
	d := &daemon{torture: t, log: t.open("app.log", os.O_APPEND)}
	steps := []step{
		{"write", d.write},
		{"write", d.write},
		{"rotate", d.rotate},
		{"rotate, reopen late", d.rotateSeenLate},
		{"rotate only", d.rotateOnly},
		{"copytruncate", d.copyTruncate},
		{"wait", d.wait},
		{"pack", d.packRead},
	}
	if !kills {
		t.start("*.log")
	} else {
		t.resumable("*.log")
		steps = append(steps, step{"kill", d.crash}, step{"kill", d.crash}, step{"restart", d.restart})
	}
	for range 30 {
		d.one(steps)
	}
	d.finishLine()
	t.await()
	t.end()
}

func (d *daemon) write() {
	d.finishLine()
	text := d.lines(1 + d.dice.IntN(150))
	cut := len(text) - max(0, d.dice.IntN(300)-200)
	d.put(d.log, text[:cut])
	d.rest = text[cut:]
}

func (d *daemon) finishLine() {
	d.put(d.log, d.rest)
	d.rest = ""
}

// reopen lets the daemon go on in the file that stands at the path.
func (d *daemon) reopen() {
	d.finishLine()
	d.ok(d.log.Close())
	d.log = d.open("app.log", os.O_APPEND)
}

func (d *daemon) rotate() {
	d.rotateOnly()
	d.reopen()
}

// rotateSeenLate does it with a file that the program has seen: of an empty one nobody can tell that it was the log between
// two looks, and will be written to.
func (d *daemon) rotateSeenLate() {
	d.pass(0)
	d.rotateLate()
}

func (d *daemon) rotateLate() {
	d.rotateOnly()
	d.append("app.log", "")
	d.write()
	d.reopen()
}

// rotateOnly leaves no file at the path.
func (d *daemon) rotateOnly() {
	if !d.there("app.log") {
		d.reopen()
	}
	d.shift("app.log")
}

func (d *daemon) copyTruncate() {
	d.reopen()
	d.makeRoom("app.log")
	d.copyFile("app.log", "app.log.1")
	d.ok(d.log.Truncate(0))
}

// pack packs what the daemon does not write to any more.
func (d *daemon) pack() {
	mine, err := d.log.Stat()
	d.ok(err)
	for i := 1; i < 40; i++ {
		name := fmt.Sprint("app.log.", i)
		if info, err := os.Stat(d.path(name)); err == nil && !os.SameFile(info, mine) {
			d.ok(exec.CommandContext(d.Context(), "gzip", d.path(name)).Run())
		}
	}
}

// packRead packs what the program has seen: nobody can have what is born, rotated and packed between two looks.
func (d *daemon) packRead() {
	d.finishLine()
	d.within(1)
	d.pack()
}

func (d *daemon) wait() { d.pass(time.Duration(d.dice.IntN(1500)) * time.Millisecond) }

func (d *daemon) crash() {
	d.again(func() {
		for range d.dice.IntN(4) {
			d.one([]step{
				{"- write", d.write},
				{"- write", d.write},
				{"- rotate", d.rotate},
				{"- rotate, reopen late", d.rotateLate},
				{"- rotate only", d.rotateOnly},
				{"- copytruncate", d.copyTruncate},
				{"- pack", d.pack},
			})
		}
	})
}

func (d *daemon) restart() {
	d.stop()
	d.write()
	d.start(d.run.paths...)
}
