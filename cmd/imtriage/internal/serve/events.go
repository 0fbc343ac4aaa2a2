package serve

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/imtriage/imtriage/catalog"
)

// A frame is what a page shows, cut into parts that change at their own pace.
type frame struct {
	made  time.Time
	parts []part
}

// A part is an event by name, with its data in one line.
type part struct {
	name string
	data []byte
}

// frames are those of now, one a language: however many look, a snapshot is drawn once an interval.
type frames struct {
	server *Server
	mu     sync.Mutex
	last   map[catalog.Lang]*frame
}

// get returns a frame that is at most half an interval old.
func (f *frames) get(lang catalog.Lang) (*frame, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	now := f.server.o.Now()
	if l := f.last[lang]; l != nil && now.Sub(l.made) >= 0 && now.Sub(l.made) < f.server.o.Interval/2 {
		return l, nil
	}
	fresh, err := f.server.draw(now, lang)
	if err != nil {
		return nil, err
	}
	if f.last == nil {
		f.last = make(map[catalog.Lang]*frame)
	}
	f.last[lang] = fresh
	return fresh, nil
}

// draw makes a frame. The first part changes always, so that a page sees that it is not cut off.
func (s *Server) draw(now time.Time, lang catalog.Lang) (*frame, error) {
	shot := s.o.State.Snapshot(now, lang)
	h := s.o.Health()
	out := &frame{made: now}
	for _, p := range []struct {
		name string
		data any
	}{
		{"head", map[string]any{
			"now": shot.Now, "started": shot.Started, "lines": shot.Lines, "findings": shot.Findings, "ok": shot.OK,
			"marks": shot.Marks, "more_codes": shot.MoreCodes,
		}},
		{"classes", shot.Classes},
		{"codes", shot.Codes},
		{"verdicts", shot.Verdicts},
		{"newest", shot.Newest},
		{"inputs", shot.Inputs},
		{"notes", shot.Notes},
		{"health", stateOf(h.judge(now, shot.Started))},
	} {
		data, err := json.Marshal(p.data)
		if err != nil {
			return nil, err
		}
		out.parts = append(out.parts, part{p.name, data})
	}
	return out, nil
}

// stateOf leaves out the ages, which would be news every second.
func stateOf(h healthJSON) any {
	return map[string]any{"status": h.Status, "reasons": h.Reasons, "receivers": h.Receivers}
}

// events sends what has changed, again and again, until the reader or the program goes.
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	select {
	case s.streams <- struct{}{}:
		defer func() { <-s.streams }()
	default:
		w.Header().Set("Retry-After", "10")
		http.Error(w, fmt.Sprintf("%d pages are open already: close one", maxStreams), http.StatusServiceUnavailable)
		return
	}
	w.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
	w.Header().Set("X-Accel-Buffering", "no") // a proxy must not wait for more
	if r.Method == http.MethodHead {
		return
	}
	out := http.NewResponseController(w)
	if _, err := io.WriteString(w, "retry: 2000\n\n"); err != nil {
		return
	}
	lang := s.lang(r)
	sent := make(map[string][]byte)
	tick := time.NewTicker(s.o.Interval)
	defer tick.Stop()
	for {
		now, err := s.frames.get(lang)
		if err != nil {
			return
		}
		// Recorders of tests have no deadline; a reader that takes longer has gone.
		_ = out.SetWriteDeadline(time.Now().Add(writeTime))
		if err := write(w, now, sent); err != nil {
			return
		}
		if err := out.Flush(); err != nil {
			return
		}
		select {
		case <-tick.C:
		case <-r.Context().Done():
			return
		}
	}
}

// write writes the parts of a frame that the reader does not have.
func write(w io.Writer, f *frame, sent map[string][]byte) error {
	var b bytes.Buffer
	for _, p := range f.parts {
		if !bytes.Equal(sent[p.name], p.data) {
			fmt.Fprintf(&b, "event: %s\ndata: %s\n\n", p.name, p.data)
			sent[p.name] = p.data
		}
	}
	_, err := w.Write(b.Bytes())
	return err
}
