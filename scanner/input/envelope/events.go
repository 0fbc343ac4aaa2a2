package envelope

// sentry gives out an event of Sentry as a log has it: the breadcrumbs, each with its time, then the message and the
// exceptions with their traces. Values beside them that could be a result follow as a line of JSON.
//
// An event as the SDK sends it has its parts under their names; one that the web API gives has them in entries.
func (u *unwrapper) sentry(r *Reader) {
	o := &u.outer
	m, host := u.when(o), u.hostOf(o)
	r.open(m, host)
	start := len(r.out.buf)
	u.breadcrumbs(r, o.at(kBreadcrumbs), host)
	for entry := range values(o.at(kEntries)) {
		if data := member(entry, "data", true); string(inside(member(entry, "type", true))) == "breadcrumbs" {
			u.breadcrumbs(r, data, host)
		}
	}
	r.out.also(m, host)
	message := first2(member(o.at(kLogentry), "formatted", true), member(o.at(kLogentry), "message", true), o.at(kMessage))
	if isObject(message) {
		message = first2(member(message, "formatted", true), member(message, "message", true))
	}
	u.append(r, message)
	u.exceptions(r, o.at(kException))
	for entry := range values(o.at(kEntries)) {
		switch data := member(entry, "data", true); string(inside(member(entry, "type", true))) {
		case "exception":
			u.exceptions(r, data)
		case "message":
			if text := first2(member(data, "formatted", true), member(data, "message", true)); string(text) != string(message) {
				u.append(r, text)
			}
		}
	}
	news := beside{message: r.out.buf[start:]}
	for i := range o.fields {
		switch f := &o.fields[i]; {
		case f.name == kException, f.name == kBreadcrumbs, f.name == kEntries, f.name == kLogentry, isMeta(f):
		case news.addsResult(f.key, f.value):
			u.member(r, f.key, f.value)
		}
	}
	if len(r.out.buf) == start {
		r.out.buf = append(r.out.buf, '\n')
	}
}

// breadcrumbs gives out what happened before an event.
func (u *unwrapper) breadcrumbs(r *Reader, v []byte, host string) {
	for crumb := range values(v) {
		r.out.also(readMoment(inside(member(crumb, "timestamp", true))), host)
		at := len(r.out.buf)
		u.append(r, member(crumb, "message", true))
		data := member(crumb, "data", true)
		if news := (beside{message: r.out.buf[at:]}); isObject(data) && news.holdsResult(data) {
			r.out.buf = append(appendOneLine(r.out.buf, data), '\n')
		}
	}
}

// exceptions gives out exceptions, each as Java prints it.
func (u *unwrapper) exceptions(r *Reader, v []byte) {
	for e := range values(v) {
		at := len(r.out.buf)
		kind, value := member(e, "type", true), member(e, "value", true)
		if isString(kind) {
			r.out.buf, _ = unescape(r.out.buf, inside(kind))
			r.out.buf = append(r.out.buf, ": "...)
		}
		if !isString(value) {
			r.out.buf = append(appendOneLine(r.out.buf, value), '\n')
		}
		u.append(r, value)
		stack := member(e, "stacktrace", true)
		for frame := range values(member(stack, "frames", true)) {
			u.frame(r, frame)
		}
		for _, key := range [...]string{"mechanism", "data"} {
			part := member(e, key, true)
			if news := (beside{message: r.out.buf[at:]}); isObject(part) && news.holdsResult(part) {
				r.out.buf = append(appendOneLine(r.out.buf, part), '\n')
			}
		}
	}
}

// frame gives out a frame of a stack, with its variables if they could be a result.
func (u *unwrapper) frame(r *Reader, frame []byte) {
	part := func(key string) []byte { return inside(member(frame, key, true)) }
	b := r.out.buf
	b = append(b, "\tat "...)
	if module := part("module"); len(module) > 0 && string(module) != "null" {
		b = append(append(b, module...), '.')
	}
	b = append(append(append(b, part("function")...), '('), part("filename")...)
	if line := part("lineno"); len(line) > 0 {
		b = append(append(b, ':'), line...)
	}
	b = append(b, ")\n"...)
	r.out.buf = b
	vars := member(frame, "vars", true)
	if news := (beside{}); isObject(vars) && news.holdsResult(vars) {
		r.out.buf = append(appendOneLine(r.out.buf, vars), '\n')
	}
}

// append gives out a string, a line break behind it; nothing if it is none or empty.
func (u *unwrapper) append(r *Reader, v []byte) {
	if !isString(v) || len(v) == 2 {
		return
	}
	at := len(r.out.buf)
	var ok bool
	if r.out.buf, ok = unescape(r.out.buf, inside(v)); !ok {
		r.out.buf = append(r.out.buf[:at], inside(v)...)
	}
	if r.out.buf[len(r.out.buf)-1] != '\n' {
		r.out.buf = append(r.out.buf, '\n')
	}
}

// member gives out a member as an object of its own.
func (u *unwrapper) member(r *Reader, key, value []byte) {
	b := append(append(append(r.out.buf, `{"`...), key...), `":`...)
	r.out.buf = append(appendOneLine(b, value), "}\n"...)
}

// bugly gives out a crash or error as Bugly and its like export it: the exception, its message and its stack.
func (u *unwrapper) bugly(r *Reader) {
	o := &u.outer
	m := u.when(o)
	if !m.known {
		m = readMoment(inside(o.at(kCrashTime)))
	}
	r.open(m, u.hostOf(o))
	start := len(r.out.buf)
	if kind := o.at(kExpName); isString(kind) {
		r.out.buf, _ = unescape(r.out.buf, inside(kind))
		r.out.buf = append(r.out.buf, ": "...)
	}
	u.append(r, o.at(kExpMessage))
	r.out.end()
	u.append(r, o.at(kCallStack))
	news := beside{message: r.out.buf[start:]}
	for i := range o.fields {
		switch f := &o.fields[i]; {
		case f.name == kExpName, f.name == kExpMessage, f.name == kCallStack, isMeta(f):
		case news.addsResult(f.key, f.value):
			u.member(r, f.key, f.value)
		}
	}
}
