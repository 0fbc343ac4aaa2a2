package follow

import (
	"fmt"
	"sync"
	"time"

	"github.com/nxadm/tail"
	"github.com/nxadm/tail/watch"
)

// A trickle is nxadm/tail on the pinned file. Whatever it does, a line counts only where it is contiguous.
type trickle struct {
	g      *generation
	tail   *tail.Tail
	quit   chan struct{}
	done   chan struct{}
	since  time.Time // when the last line came
	behind time.Time // since when there are bytes that did not come
	lines  []byte    // that were received and not compared yet
	wrong  bool      // a line was not contiguous
}

// A tailLine is a line on its way from a tail.
type tailLine struct {
	fl *file
	t  *trickle
	l  *tail.Line
}

const (
	maxTails   = 64
	tailedFor  = 10 * time.Second       // without a line
	stalledFor = 500 * time.Millisecond // with bytes that did not come
	backlog    = 256 << 10              // beyond which our reader is the better one
	tailPoll   = 100 * time.Millisecond
)

// The library has its interval in a variable.
var setTailPoll = sync.OnceFunc(func() { watch.POLL_DURATION = tailPoll })

// tend starts or stops the tail of a file after a look.
func (f *Follower) tend(fl *file) {
	now := f.o.Now()
	if fl.tail != nil {
		if now.Sub(fl.tail.since) > tailedFor || fl.more {
			f.stopTail(fl)
		}
		return
	}
	g := fl.live()
	if !f.procTail || f.trickle >= maxTails || g == nil || len(fl.gens) > 1 || fl.more || fl.problem != "" ||
		g.enc != encPlain || g.inside || fl.grown.IsZero() || now.Sub(fl.grown) > tailedFor || g.size-g.off > backlog/4 || statMayFail(g.file) || !f.room() {
		return
	}
	setTailPoll()
	// ReOpen would read the same file again, MaxLineSize is no bound of memory, inotify has its own traps.
	t, err := tail.TailFile(fmt.Sprintf("/proc/self/fd/%d", g.file.Fd()), tail.Config{
		Follow: true, MustExist: true, Poll: true, CompleteLines: true,
		Location: &tail.SeekInfo{Offset: g.off}, Logger: tail.DiscardingLogger,
	})
	if err != nil {
		return // our reader goes on
	}
	fl.tail = &trickle{g: g, tail: t, quit: make(chan struct{}), done: make(chan struct{}), since: now}
	f.trickle++
	go fl.tail.forward(fl, f.lines)
}

func (t *trickle) forward(fl *file, to chan<- tailLine) {
	defer close(t.done)
	for l := range t.tail.Lines {
		select {
		case to <- tailLine{fl, t, l}:
		case <-t.quit:
			return
		}
	}
}

// trusts reports whether the tail goes on reading. It stops the tail if there is more to read than it is good for, if
// bytes do not come, or if the content is not the one it was started on.
func (f *Follower) trusts(fl *file) bool {
	f.receive()
	t := fl.tail
	if t == nil {
		return false
	}
	info, err := t.g.file.Stat()
	ok := err == nil && t.g.dead.IsZero() && len(fl.gens) == 1 && info.Size()-t.g.off <= backlog && info.Size() >= t.g.off
	if now := f.o.Now(); ok && info.Size() > t.g.off+int64(len(t.g.partial)) {
		if t.behind.IsZero() {
			t.behind = now
		}
		ok = now.Sub(t.behind) <= stalledFor // else a half line, or something that does not come
	}
	if ok && (info.Size() != t.g.size || info.ModTime().UnixNano() != t.g.mtime) {
		same, err := t.g.same(0, f.o.Now())
		ok = same && err == nil
	}
	if !ok {
		f.stopTail(fl)
	}
	return ok
}

// stopTail ends a tail. What it has and did not hand over is read again from our offset.
func (f *Follower) stopTail(fl *file) {
	t := fl.tail
	if t == nil {
		return
	}
	fl.tail = nil
	f.trickle--
	t.tail.Kill(nil)
	close(t.quit)
	<-t.done
	for range t.tail.Lines { // it ends when nobody sends any more
	}
	_ = t.tail.Wait() // the reason is ours
	t.g.size = -1     // the partial line is not known
}

// receive takes the lines that tails have sent, and hands out what is contiguous.
func (f *Follower) receive(first ...tailLine) {
	var touched []*file
	take := func(l tailLine) {
		if l.fl.tail == l.t {
			if len(l.t.lines) == 0 {
				touched = append(touched, l.fl)
			}
			l.t.take(l.l)
		}
	}
	for _, l := range first {
		take(l)
	}
	for range cap(f.lines) * 8 {
		select {
		case l := <-f.lines:
			take(l)
			continue
		default:
		}
		break
	}
	for _, fl := range touched {
		f.commit(fl)
	}
}

// take keeps a line if it begins where the last one ended.
func (t *trickle) take(l *tail.Line) {
	n := int64(len(l.Text)) + 1
	if t.wrong || l.Err != nil || l.SeekInfo.Offset-n != t.g.off+int64(len(t.lines)) {
		t.wrong = true
		return
	}
	t.lines = append(append(t.lines, l.Text...), '\n')
}

// commit compares the content after the lines were received, and hands them out if it is the known one.
func (f *Follower) commit(fl *file) {
	t := fl.tail
	if t == nil {
		return
	}
	lines := t.lines
	t.lines = nil
	if len(lines) > 0 {
		if same, err := t.g.same(len(lines), f.o.Now()); !same || err != nil {
			f.stopTail(fl)
			return
		}
		t.since, t.behind = f.o.Now(), time.Time{}
		f.deliver(fl, t.g, lines, false, "")
	}
	if t.wrong {
		f.stopTail(fl)
	}
}
