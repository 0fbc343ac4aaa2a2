package scanner

import (
	"bytes"
)

// match runs a spec where one of its literals begins.
func (w *worker) match(buf []byte, n, pos int) (candidate, bool) {
	return w.matchIn(w.x.specs[n].window(buf, pos), buf, n, pos)
}

// matchIn is match where the window of the spec is known.
func (w *worker) matchIn(window, buf []byte, n, pos int) (candidate, bool) {
	s := &w.x.specs[n]
	c := candidate{spec: n, lit: pos, at: pos, end: pos, event: s.Event}
	// The pattern rejects most candidates, and it is anchored; what stands left has to be searched.
	if c.groups = w.run.find(s.re, window); c.groups == nil {
		return c, false
	}
	c.end = pos + c.groups[1]
	beforeLo, left, ok := w.leftOf(s, buf, pos)
	if !ok {
		return c, false
	}
	for _, side := range []struct {
		names  []string
		groups []int
		base   int
	}{{s.re.names, c.groups, pos}, {beforeNames(s), left, beforeLo}} {
		for i, name := range side.names {
			if side.groups == nil || side.groups[2*i] < 0 {
				continue
			}
			lo, hi := side.base+side.groups[2*i], side.base+side.groups[2*i+1]
			switch name {
			case "event":
				if w.run.trace != nil {
					w.run.trace.noteBytes(lo, hi)
				}
				c.event = string(buf[lo:hi])
			case "code":
				if w.run.trace != nil {
					w.run.trace.number(lo, hi)
				}
				code, err := parseCode(buf[lo:hi])
				if err != nil || !endsNumber(buf, hi) {
					return c, false
				}
				c.code, c.at, c.end = code, lo, hi
			}
		}
	}
	return c, true
}

// leftOf runs the before and unless patterns on what stands left of pos in its line, and returns where that
// begins and the submatches of before.
func (w *worker) leftOf(s *spec, buf []byte, pos int) (lo int, groups []int, ok bool) {
	if s.before == nil && s.unless == nil {
		return pos, nil, true
	}
	lo = max(0, pos-s.left)
	if i := bytes.LastIndexByte(buf[lo:pos], '\n'); i >= 0 {
		lo += i + 1
	}
	if s.before != nil {
		if !w.run.endsWith(s.before, buf[lo:pos]) {
			return lo, nil, false
		}
		if s.before.group > 0 {
			groups = w.run.slowly(s.before, buf[lo:pos])
		}
	}
	return lo, groups, s.unless == nil || !w.run.endsWith(s.unless, buf[lo:pos])
}

func beforeNames(s *spec) []string {
	if s.before == nil {
		return nil
	}
	return s.before.names
}

// window returns what the spec's pattern may see from pos on.
func (s *spec) window(buf []byte, pos int) []byte { return windowOf(buf, pos, max(s.Lines, 1)) }

// windowOf returns that many lines from pos on, cut to patternReach, without the last break.
func windowOf(buf []byte, pos, lines int) []byte {
	rest := buf[pos:min(len(buf), pos+patternReach)]
	end := 0
	for range lines {
		i := bytes.IndexByte(rest[end:], '\n')
		if i < 0 {
			return rest
		}
		end += i + 1
	}
	end--
	if end > 0 && rest[end-1] == '\r' {
		end--
	}
	return rest[:end]
}

// saysMessage reports whether the pattern itself took a message, an empty one too. The groups must be known.
func (c *candidate) saysMessage(s *spec) bool {
	return s.message > 0 && c.groups[2*s.message] >= 0
}

// groups returns the submatches of a candidate, which may have waited until now.
func (r *runner) groups(s *spec, buf []byte, c *candidate) []int {
	if c.groups == nil {
		c.groups = r.find(s.re, s.window(buf, c.lit))
	}
	return c.groups
}
