package envelope

// An object is the members of a JSON object, as they stand in its text. Names of carriers' members are looked up once.
type object struct {
	fields []field
	byName [nameCount]int16 // counted from 1
	// above are the names by place in the object before: one carrier writes its members in one order.
	above [32]struct {
		key  []byte
		name name
	}
}

// A field is a member. Both are parts of the text; the key has no quotes and is not unescaped.
type field struct {
	key, value []byte
	name       name
}

// maxFields bounds the members that an object may have to be looked at.
const maxFields = 4096

// parse reads the members of the object that is all of b but for white space; false if b is none.
func (o *object) parse(b []byte) bool {
	end, ok := o.read(b)
	return ok && blanks(b, end) == len(b)
}

// parseHead reads as many members as b has of an object that may be cut off, and returns where it ends, -1 if that is
// beyond b.
func (o *object) parseHead(b []byte) (end int, ok bool) {
	end, ok = o.read(b)
	if !ok && len(o.fields) > 0 {
		return -1, true
	}
	return end, ok
}

func (o *object) read(b []byte) (end int, ok bool) {
	o.fields = o.fields[:0]
	clear(o.byName[:])
	i := blanks(b, 0)
	if i >= len(b) || b[i] != '{' {
		return 0, false
	}
	if i = blanks(b, i+1); i < len(b) && b[i] == '}' {
		return i + 1, true
	}
	for i < len(b) && b[i] == '"' && len(o.fields) < maxFields {
		keyEnd := stringEnd(b, i+1)
		if keyEnd < 0 {
			return 0, false
		}
		key := b[i+1 : keyEnd]
		if i = blanks(b, keyEnd+1); i >= len(b) || b[i] != ':' {
			return 0, false
		}
		from := blanks(b, i+1)
		to := valueEnd(b, from)
		if to < 0 || to == from {
			if from < len(b) && to < 0 {
				o.add(key, b[from:])
			}
			return 0, false
		}
		if value := b[from:to]; value[0] != '"' && value[0] != '{' && value[0] != '[' && !isScalar(value) {
			return 0, false
		}
		o.add(key, b[from:to])
		if i = blanks(b, to); i >= len(b) {
			return 0, false
		}
		if b[i] == '}' {
			return i + 1, true
		}
		if b[i] != ',' {
			return 0, false
		}
		i = blanks(b, i+1)
	}
	return 0, false
}

func (o *object) add(key, value []byte) {
	n := o.nameOf(key)
	o.fields = append(o.fields, field{key, value, n})
	if n != kNone && o.byName[n] == 0 {
		o.byName[n] = int16(len(o.fields))
	}
}

// nameOf returns the name of the member that comes next.
func (o *object) nameOf(key []byte) name {
	i := len(o.fields)
	if i >= len(o.above) || len(key) > maxKey {
		return names[string(key)]
	}
	a := &o.above[i]
	if a.key == nil || string(a.key) != string(key) {
		a.key, a.name = append(a.key[:0], key...), names[string(key)]
	}
	return a.name
}

// at returns the value of a member, nil if there is none. Of two with one name it is the first.
func (o *object) at(n name) []byte {
	if i := o.byName[n]; i > 0 {
		return o.fields[i-1].value
	}
	return nil
}

// has reports whether any of the members is there.
func (o *object) has(names ...name) bool {
	for _, n := range names {
		if o.byName[n] > 0 {
			return true
		}
	}
	return false
}

// Of a value, what it is.

func isString(v []byte) bool { return len(v) >= 2 && v[0] == '"' }
func isObject(v []byte) bool { return len(v) >= 2 && v[0] == '{' }
func isArray(v []byte) bool  { return len(v) >= 2 && v[0] == '[' }

// isScalar reports whether a value may be a number, true, false or null.
func isScalar(v []byte) bool {
	for _, c := range v {
		if !isDigit(c) && (c|0x20 < 'a' || c|0x20 > 'z') && c != '-' && c != '+' && c != '.' {
			return false
		}
	}
	return true
}

// inside returns a string without its quotes, not unescaped, and other values as they are.
func inside(v []byte) []byte {
	if isString(v) {
		return v[1 : len(v)-1]
	}
	return v
}

// first returns the first value of an array, and other values as they are: Kibana makes an array of each field.
func first(v []byte) []byte {
	if !isArray(v) {
		return v
	}
	from := blanks(v, 1)
	to := valueEnd(v, from)
	if to <= from {
		return nil
	}
	return v[from:to]
}
