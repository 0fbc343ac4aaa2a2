// Package dash draws what goes on on a terminal while logs are followed.
//
// [Run] shows one [live.Snapshot] after the other until the reader leaves: rates by class, the codes of
// now, verdicts with what to do first, the newest findings, the inputs with how far behind they are. It
// looks at nothing but snapshots: it neither reads logs nor counts, and what it does not know it asks
// for through [Options]. Following goes on whether the reader pauses the picture, filters it or reads
// about a code; nothing here can hold it up.
//
// Inside, a model takes messages and gives a screen, both without a terminal, so that tests compare
// whole screens; a poller of its own asks for snapshots, twice a second at most.
package dash

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/cmd/imtriage/internal/live"
)

// Options say what a dashboard shows and where.
type Options struct {
	// Snapshot returns what goes on now, with its texts in the language. It is called by one goroutine
	// at a time, and not any more once Run has returned.
	Snapshot func(catalog.Lang) live.Snapshot
	// Explain returns what the catalog says of a code in lines of at most width columns; longer ones
	// are broken. It must not write terminal sequences. nil leaves the reader with the row of the code.
	Explain func(family catalog.Family, code int, lang catalog.Lang, width int) string

	Lang catalog.Lang   // to begin with; "" means English
	Zone *time.Location // of the times shown; nil means UTC

	// In and Out are the terminal. Keys are read from In in raw mode, which is undone in the end. With
	// an In that is nil no key is read: the picture lasts until the context ends.
	In  io.Reader
	Out io.Writer
	// Env are the variables of the process as key=value. TERM, COLORTERM and NO_COLOR decide which
	// colours are used; nil stands for the process's own.
	Env []string
	// Width and Height are taken where Out cannot tell them; 0 means 80 and 24.
	Width, Height int
}

// Run draws until the reader leaves or the context ends, puts the terminal back as it was and returns
// nil. Its error is that of the terminal. Signals are left to the caller; in raw mode a terminal sends
// none for Ctrl-C, which is taken as the wish to leave.
func Run(ctx context.Context, o Options) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	p := newPoller(o.Snapshot)
	options := []tea.ProgramOption{
		tea.WithContext(ctx),
		tea.WithInput(o.In),
		tea.WithOutput(o.Out),
		tea.WithoutSignalHandler(),
		tea.WithFPS(framesPerSecond),
		tea.WithWindowSize(orDefault(o.Width, 80), orDefault(o.Height, 24)),
	}
	if o.Env != nil {
		options = append(options, tea.WithEnvironment(o.Env))
	}
	program := tea.NewProgram(newModel(o, p.ask), options...)
	var polling sync.WaitGroup
	polling.Go(func() {
		p.run(ctx, refresh, func(s live.Snapshot) { program.Send(snapshotMsg(s)) })
	})
	_, err := program.Run()
	ended := ctx.Err() != nil
	stop()
	polling.Wait()
	if err == nil || ended && errors.Is(err, context.Canceled) || ended && errors.Is(err, context.DeadlineExceeded) {
		return nil
	}
	return fmt.Errorf("draw the dashboard: %w; -f table or -f ndjson does without", err)
}

// framesPerSecond bounds how soon a key shows. Nothing is written while nothing changes.
const framesPerSecond = 20

func orDefault(n, otherwise int) int {
	if n > 0 {
		return n
	}
	return otherwise
}
