package envelope

import "bytes"

// message finds the message of an element and unescapes it into text; at is its place among the members.
func (u *unwrapper) message(o *object) (at int, ok bool) {
	for n := kNone + 1; n < endMessages; n++ {
		v := o.at(n)
		if v == nil {
			continue
		}
		v = first(v)
		if !isString(v) {
			continue
		}
		if text, ok := unescape(u.text[:0], inside(v)); ok {
			u.text = text
			return int(o.byName[n]) - 1, true
		}
	}
	return -1, false
}

// when returns the time of an element: the first that names its zone, else the first.
func (u *unwrapper) when(o *object) (m moment) {
	for n := endMessages + 1; n < endTimes; n++ {
		v := o.at(n)
		if v == nil {
			continue
		}
		if next := u.timer.read(inside(first(v))); next.zoned {
			return next
		} else if !m.known {
			m = next
		}
	}
	return m
}

// hostOf returns the host of an element.
func (u *unwrapper) hostOf(o *object) string {
	for n := endTimes + 1; n < endHosts; n++ {
		v := o.at(n)
		if v == nil {
			continue
		}
		if v = first(v); isObject(v) {
			v = hostIn(n, v)
		}
		if isString(v) && len(v) > 2 {
			return u.host.of(inside(v))
		}
	}
	return ""
}

// hostIn returns the host that an object tells of: host, agent, beat, kubernetes.
func hostIn(n name, v []byte) []byte {
	if n != kKubernetes {
		return first2(member(v, "name", n != kAgent), member(v, "hostname", true), member(v, "name", true))
	}
	if node := member(v, "node", true); isObject(node) {
		return first2(member(node, "name", true), member(node, "hostname", true))
	}
	return first2(member(v, "host", true), member(v, "node_name", true), member(v, "nodeName", true))
}

// lokiHost returns the host that the labels of a stream name.
func (u *unwrapper) lokiHost(labels []byte) string {
	for _, key := range [...]string{"host", "hostname", "node_name", "node", "nodename", "instance"} {
		if v := member(labels, key, true); isString(v) && len(v) > 2 {
			return u.host.of(inside(v))
		}
	}
	return ""
}

// first2 returns the first value that is there.
func first2(values ...[]byte) []byte {
	for _, v := range values {
		if v != nil {
			return v
		}
	}
	return nil
}

// member returns the value of a member of an object, nil if there is none or it is not wanted.
func member(v []byte, key string, want bool) []byte {
	if !want || !isObject(v) {
		return nil
	}
	i := blanks(v, 1)
	for i < len(v) && v[i] == '"' {
		end := stringEnd(v, i+1)
		if end < 0 {
			return nil
		}
		found := string(v[i+1:end]) == key
		if i = blanks(v, end+1); i >= len(v) || v[i] != ':' {
			return nil
		}
		from := blanks(v, i+1)
		to := valueEnd(v, from)
		if to <= from {
			return nil
		}
		if found {
			return v[from:to]
		}
		if i = blanks(v, to); i >= len(v) || v[i] != ',' {
			return nil
		}
		i = blanks(v, i+1)
	}
	return nil
}

// maxHost is how long the name of a host is at most; what is longer is none.
const maxHost = 255

// A hostName makes strings of hosts, one of the same bytes again and again.
type hostName struct{ last string }

func (h *hostName) of(b []byte) string {
	if len(b) > maxHost || bytes.ContainsAny(b, " \\\"\n\t") {
		return ""
	}
	if string(b) != h.last {
		h.last = string(b)
	}
	return h.last
}
