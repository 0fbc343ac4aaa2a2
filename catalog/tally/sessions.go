package tally

import (
	"cmp"
	"slices"
	"strings"
)

// A trace is a line that tells of a session of the SDK: the banner that it prints when it is started,
// or a login. What it says is kept like a name: redacted and bounded.
type trace struct {
	off     int64
	ns      int64
	guessed bool
	pid     int64 // 0 where the line does not say it

	appID, version, platform, device string // of a banner
	user                             string // of a login
}

// compare is a total order: by place in the input, and by content should two traces share one.
func (x *trace) compare(y *trace) int {
	return cmp.Or(
		cmp.Compare(x.off, y.off), cmp.Compare(x.ns, y.ns), cmp.Compare(x.pid, y.pid),
		strings.Compare(x.user, y.user), strings.Compare(x.appID, y.appID), strings.Compare(x.version, y.version),
		strings.Compare(x.platform, y.platform), strings.Compare(x.device, y.device), compareBools(x.guessed, y.guessed),
	)
}

func compareBools(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// redacted returns the trace as it may be kept.
func (x trace) redacted(kept *keptNames) trace {
	for _, f := range []struct {
		key   string
		value *string
	}{{KeyAppID, &x.appID}, {KeyVersion, &x.version}, {KeyPlatform, &x.platform}, {KeyDevice, &x.device}, {KeyUser, &x.user}} {
		if *f.value != "" {
			*f.value, _ = kept.name(f.key, *f.value)
		}
	}
	return x
}

// traces keep those of an input that come first and last, each half of the limit, and count all.
// Which ones are kept depends on the set alone.
type traces struct {
	count int64
	list  []trace // in order
}

// refuses reports whether a trace at that place is sure to find no room. It does not compare
// contents, because most traces of a long log are refused.
func (l *traces) refuses(off int64, limit int) bool {
	m := (limit + 1) / 2
	return len(l.list) >= limit && (limit == 0 || l.list[m-1].off < off && (m == limit || off < l.list[m].off))
}

// insert offers a trace that is fit to be kept. It counts nothing.
func (l *traces) insert(x trace, limit int) {
	if l.refuses(x.off, limit) {
		return
	}
	i := len(l.list)
	for i > 0 && l.list[i-1].compare(&x) > 0 {
		i--
	}
	if l.list = slices.Insert(l.list, i, x); len(l.list) > limit {
		m := (limit + 1) / 2
		l.list = slices.Delete(l.list, m, m+1)
	}
}

// merge adds the traces of o, redacted again, and leaves o alone.
func (l *traces) merge(o *traces, limit int, kept *keptNames) {
	l.count += o.count
	for _, x := range o.list {
		l.insert(x.redacted(kept), limit)
	}
}

// gap returns the index of the first trace behind those that were left out, or the length of the list.
func (l *traces) gap() int {
	if l.count == int64(len(l.list)) {
		return len(l.list)
	}
	return (len(l.list) + 1) / 2
}

// Session notes what a mark tells of the sessions of its input and counts nothing: for marks that a
// filter keeps from [Tally.Mark], which does this too. A session is there, and has its user, whatever
// is counted of it.
func (t *Tally) Session(m *Mark) {
	switch m.Event {
	case MarkSession:
		m.Complete()
	case MarkLogin:
		if m.Fields.Get(KeyUser) == "" {
			return
		}
	default:
		return
	}
	in := t.input(m.Source)
	l, limit := &in.banners, t.caps.sessions
	if m.Event == MarkLogin {
		l = &in.logins
	}
	l.count++
	if l.refuses(m.Offset, limit) {
		return
	}
	x := trace{off: m.Offset, ns: stamp(m.Time), guessed: m.TimeGuessed, pid: ProcessOf(m.Fields, m.Text)}
	if m.Event == MarkLogin {
		x.user = m.Fields.Get(KeyUser)
	} else {
		x.appID, x.version = m.Fields.Get(KeyAppID), m.Fields.Get(KeyVersion)
		x.platform, x.device = m.Fields.Get(KeyPlatform), m.Fields.Get(KeyDevice)
	}
	l.insert(x.redacted(&t.kept), limit)
}
