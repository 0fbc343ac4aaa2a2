package follow

import (
	"slices"
	"time"
)

// readAll reads the generations of a file in their order. A younger one has to wait until its elder is quiet; what the elder's
// writer adds later still comes, as late.
func (f *Follower) readAll(fl *file) {
	for i := 0; i < len(fl.gens); {
		g := fl.gens[i]
		if fl.tail != nil && fl.tail.g == g && f.trusts(fl) {
			return
		}
		var outcome outcome
		var moved bool
		if i, outcome, moved = f.readOne(fl, i); moved {
			continue
		}
		if outcome == more {
			fl.more = true
			return
		}
		if g.dead.IsZero() {
			return
		}
		now := f.o.Now()
		if f.over(fl, i, now) {
			f.finish(fl, i)
			continue
		}
		if i+1 == len(fl.gens) || len(g.partial) > 0 || g.inside || now.Sub(g.quietSince()) < f.o.Settle {
			return // a half line keeps its place in the order
		}
		g.passed = true
		i++
	}
}

// readOne reads the generation at i. It returns where that stands now, and how reading went; or, if others stand there
// now or it has to wait for them, where to go on.
func (f *Follower) readOne(fl *file, i int) (at int, how outcome, moved bool) {
	g := fl.gens[i]
	if g.passed && fl.insideBehind(i) {
		return i + 1, atEnd, true
	}
	if f.putCopiesBefore(fl, i) {
		return i, atEnd, true
	}
	how = f.read(fl, g)
	if i = slices.Index(fl.gens, g); i < 0 { // the handler took its time
		return 0, how, true
	}
	switch how {
	case replaced:
		f.replaced(fl, i)
		return i, how, true
	case failed:
		f.broken(fl, g)
	case more, atEnd:
	}
	return i, how, false
}

// putCopiesBefore sees to it that what the file at i held before anything of it was read comes first.
func (f *Follower) putCopiesBefore(fl *file, i int) (put bool) {
	g := fl.gens[i]
	if !g.untouched() || g.file == nil || g.written().Equal(g.touched) {
		return false
	}
	g.touched = g.written()
	copies := f.copiesBefore(fl, g)
	fl.gens = slices.Insert(fl.gens, i, copies...)
	return len(copies) > 0
}

// insideBehind reports whether a long line of a younger generation is handed out in parts, which nothing may come between.
func (fl *file) insideBehind(i int) bool {
	return slices.ContainsFunc(fl.gens[i+1:], func(g *generation) bool { return g.inside })
}

// broken ends what cannot be read to its end: a packed copy that is damaged stays so.
func (f *Follower) broken(fl *file, g *generation) {
	if g.unpacked != nil {
		fl.note("%s: %s; what follows is lost", g.name, fl.problem)
		fl.lost++
		fl.problem = ""
	}
}

func (g *generation) quietSince() time.Time {
	if g.grown.After(g.dead) {
		return g.grown
	}
	return g.dead
}

// over reports whether nothing more comes of the generation at i, which is dead and read.
func (f *Follower) over(fl *file, i int, now time.Time) bool {
	g := fl.gens[i]
	if g.whole || len(fl.gens) >= maxGenerations && i == 0 {
		return true
	}
	grace := f.o.Grace
	if !fl.succeeded(i) {
		grace *= 12 // its writer has nothing else yet
	}
	return now.Sub(g.quietSince()) >= grace
}

// succeeded reports whether there is something to read behind the generation at i.
func (fl *file) succeeded(i int) bool {
	return slices.ContainsFunc(fl.gens[i+1:], func(g *generation) bool { return g.unpacked != nil || g.seen > 0 || g.off > 0 })
}

// finish hands out the last line of the generation at i, and closes it. Until it is remembered as read it stays among the
// generations: files are pinned while the handler takes its time, and it would be taken for one that was missed.
func (f *Follower) finish(fl *file, i int) {
	g := fl.gens[i]
	f.end(fl, g, g.why)
	fl.retire(g.position(fl.path))
	g.close()
	fl.gens = slices.DeleteFunc(fl.gens, func(o *generation) bool { return o == g })
}

// end hands out the last line of g.
func (f *Follower) end(fl *file, g *generation, why Ending) {
	if g.enc == "" {
		g.enc = detect(g.partial)
	}
	partial := slices.Clone(g.partial)
	if isUTF16(g.enc) {
		partial = partial[:len(partial)&^1]
	}
	f.deliver(fl, g, partial, false, why)
}

// retire remembers a file that was read to its end, so that nobody reads it again under another name.
func (fl *file) retire(p Position) {
	if p.w.HeadLen == 0 {
		return
	}
	p.w.Kind = kindDone
	fl.done = append(fl.done, p)
	n := max(0, len(fl.done)-maxDone)
	fl.beside = append(fl.beside, fl.done[:n]...) // they stand there, though a listing may have missed them
	fl.done = fl.done[n:]
}

// replaced begins the generation at i anew, after its content was replaced in place. What was not read of
// the old one may stand in a copy beside it.
func (f *Follower) replaced(fl *file, i int) {
	g, now := fl.gens[i], f.o.Now()
	fl.truncations++
	anew := &generation{
		file: g.file, name: g.name, info: g.info, dev: g.dev, ino: g.ino,
		size: -1, touched: g.written(), started: now, grown: now, dead: g.dead, why: g.why,
	}
	g.file = nil
	c := f.copyOf(fl, g, anew, now)
	next := f.newerThan(fl, g, c, anew, now)
	if c != nil {
		c.number, c.passed = g.number, g.passed
	}
	next = append(next, anew)
	for _, b := range next {
		fl.number++
		b.number = fl.number
	}
	if c != nil {
		next = slices.Insert(next, 0, c)
	}
	i = slices.Index(fl.gens, g)
	fl.gens = slices.Replace(fl.gens, i, i+1, next...)
	if c != nil {
		return
	}
	if unread := g.size - g.off - int64(len(g.partial)); unread > 0 {
		fl.lost += unread
		fl.note("%s was truncated before its end was read: %d bytes are lost", g.name, unread)
	} else {
		fl.note("%s was truncated: what was written just before is lost if it was not read", g.name)
	}
	f.end(fl, g, Truncated)
}

// drain reads a file to its end as if every grace were over, but for what has no successor.
func (f *Follower) drain(fl *file) {
	f.pin(fl)
	for i := 0; i < len(fl.gens); {
		g := fl.gens[i]
		var outcome outcome
		var moved bool
		if i, outcome, moved = f.readOne(fl, i); moved || outcome == more {
			continue
		}
		if !g.dead.IsZero() && (g.whole || fl.succeeded(i)) {
			f.finish(fl, i)
			continue
		}
		i++
	}
}
