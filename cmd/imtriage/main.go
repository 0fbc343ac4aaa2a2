// Command imtriage reads the logs of apps and servers built on Tencent Cloud IM, finds every IM
// error code in them, and says what each means, who is hit since when, and what to do.
//
// The command is glue: flags become a plan ([options] and [plan]), a plan wires scanner, tally,
// rules and report together, and the outcome becomes an exit code. Everything it does is in the
// library packages beside it.
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"syscall"
	"time"

	"golang.org/x/term"
)

func main() {
	// A reader that goes away is no error: writes then fail with EPIPE instead of killing us. The
	// signal is caught, not ignored, because children would inherit that.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// The first signal asks for an end, the second one is not caught any more.
	context.AfterFunc(ctx, stop)
	if _, given := os.LookupEnv("GOGC"); !given {
		collectLate()
	}
	code := system().main(ctx, os.Args[1:])
	stop()
	os.Exit(code)
}

// startMemory is more than the start of a run takes.
const startMemory = 28 << 20

// collectLate has the first collection of garbage wait until the memory of a start is used: nearly all that is made then
// stays, and collecting while it grows took a third of the time. A scan uses its memory again and again: half of the
// usual room for garbage keeps the peak low and costs nothing that can be measured.
func collectLate() {
	debug.SetGCPercent(-1)
	limit := debug.SetMemoryLimit(-1)
	debug.SetMemoryLimit(min(startMemory, limit))
	runtime.AddCleanup(new([64]byte), func(limit int64) { // with the first collection
		debug.SetGCPercent(50)
		debug.SetMemoryLimit(limit)
	}, limit)
}

// system returns the program's surroundings as they are.
func system() *app {
	a := &app{
		in: os.Stdin, out: &stdoutWriter{w: os.Stdout}, err: os.Stderr,
		env: os.LookupEnv, now: time.Now, local: time.Local,
		outTerm: term.IsTerminal(int(os.Stdout.Fd())), errTerm: term.IsTerminal(int(os.Stderr.Fd())),
	}
	if w, _, err := term.GetSize(int(os.Stdout.Fd())); err == nil {
		a.width = w
	}
	return a
}
