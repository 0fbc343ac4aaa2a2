package envelope

// anyJSON is the framer of carriers that write JSON. It looks at the beginning to find out how: a document, lines, or
// objects over several lines.
type anyJSON struct {
	framer
	array bool // nothing else is in it
}

func (a *anyJSON) step(r *Reader) bool {
	if a.framer == nil {
		r.feed.atLeast(headLen)
		b := r.feed.rest()
		head := b[:min(len(b), headLen)]
		whole := len(b) <= headLen && r.feed.err != nil
		_, how := detectJSON(head, whole)
		switch {
		case a.array:
			how = asDocument
		case how == asNothing:
			_, how = detectObjects(head, whole)
		}
		switch how {
		case asDocument:
			a.framer = &document{array: a.array}
		case asObjects:
			a.framer = &objects{}
		case asLines, asNothing:
			a.framer = &lines{open: new(unwrapper).line}
		}
	}
	return a.framer.step(r)
}

// objects is the framer of a stream of JSON objects that may stand over several lines: journalctl -o json-pretty, jq.
type objects struct {
	u       unwrapper
	bones   skeleton
	passing bool // an object that is too long to be held
	long    bool // the rest of a line that is none
}

func (o *objects) step(r *Reader) bool {
	switch {
	case r.feed.ended():
		return false
	case o.passing:
		b := r.feed.rest()
		n, v := o.bones.scan(b)
		o.passing = v == goesOn
		r.out.goOn(b[:n])
		r.feed.skip(n)
		if v == complete {
			r.out.goOn([]byte{'\n'})
		}
		o.long = v == broken
		return true
	case o.long:
		piece, end := r.feed.lineEnd()
		r.out.goOn(piece)
		r.feed.skip(len(piece))
		o.long = !end
		return true
	}
	b := r.feed.rest()
	if b[0] == recordSeparator || isBlank(b[0]) {
		r.feed.skip(1)
		return true
	}
	if b[0] != '{' {
		if r.out.settled() {
			r.report.Strays++
			r.out.raw(nil)
			o.long = true
		}
		return true
	}
	o.object(r)
	return true
}

// object takes the object that comes next, or passes it on.
func (o *objects) object(r *Reader) {
	n, v := o.bones.held(&r.feed)
	b := r.feed.rest()[:n]
	if v == complete {
		if !o.u.outer.parse(b) || !o.u.object(r) {
			r.stray(b)
		}
		r.feed.skip(n)
		return
	}
	if !r.out.settled() {
		return // and take it again
	}
	r.report.Strays++
	if v == goesOn && r.feed.full() {
		o.bones.reset()
		r.out.raw(nil)
		o.passing = true
		return
	}
	how := "is broken"
	if v == goesOn {
		how = "is cut short"
	}
	r.problem("JSON %s in element %d, at byte %d", how, r.report.Elements+1, r.feed.off)
	r.out.raw(b)
	r.out.cut = true
	r.feed.skip(n)
	o.long = true
}
