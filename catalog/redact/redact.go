// Package redact takes secrets and personal data out of log text.
//
// It works once, where text or a display field is kept or emitted; what is counted and what
// rules select on stays raw. Three names to know: [New], [Redactor.Text] for lines and
// [Redactor.Field] for the named values beside a code.
//
//	r, err := redact.New(redact.Options{})
//	r.Text("userid:u_alpha|usersig=eJw…", "u_alpha") // "userid:user-1a2b3c4d|usersig=[usersig]"
//
// # What comes out
//
// Secrets become their kind in brackets, [usersig] or [ip]; message bodies keep their length,
// [body 12 chars]; ids become pseudonyms, user-1a2b3c4d, that are the same for the same id and
// key everywhere, so that "the same user again" can still be read off a report. Redacting twice
// changes nothing, which has one price: an id that is itself spelt like a pseudonym stays.
// SDKAppID, MsgKey, MsgSeq, random, request ids, codes, stamps, file names and lines stay too.
//
// # How it finds them
//
// One pass over the bytes stops only at characters that can begin or separate something
// (digits, : = @ - e …). At a separator the word before it is looked up in a table of key names,
// and its value is cut out with the quoting of the place: plain, JSON escaped to any depth, CSV
// with doubled quotes, Go and Java dumps. Everything else is found by its shape. No regular
// expression runs; every look-back and look-ahead is bounded, so the time is linear in the text
// whatever it holds.
//
// Where a shape is also that of ordinary things, what stands around decides: 64 hex digits are a key
// only near such a word, content: is a message only behind a send, C2C begins a conversation id
// only if no name of the SDK goes on so.
//
// What it cannot know: a secret without a key and without a shape, such as a password in prose,
// and a UserID in prose that the caller did not name.
package redact

import "slices"

// maxRounds bounds how often a text is gone over again because a replacement uncovered
// something; real texts need one or two.
const maxRounds = 8

// Options choose what is redacted. The zero value redacts the default kinds.
type Options struct {
	// Key makes the pseudonyms; any length. Without one a fixed key is used, so that separate
	// runs and machines agree; pseudonyms of guessable ids can then be found by trying.
	Key []byte

	Reveal []Kind // shown although redacted by default
	Redact []Kind // redacted although shown by default
	Off    bool   // nothing is redacted
}

// A Redactor redacts texts and fields. It does not change and is safe for concurrent use.
// A nil Redactor passes everything through and hashes users with the fixed key.
type Redactor struct {
	key   hashKey
	kinds kindSet
	off   bool
}

// New returns a Redactor, or one error that names every unknown or contradictory kind.
func New(o Options) (*Redactor, error) {
	kinds, err := choose(o.Reveal, o.Redact)
	if err != nil {
		return nil, err
	}
	key := fixedKey
	if len(o.Key) > 0 {
		key = deriveKey(o.Key)
	}
	return &Redactor{key: key, kinds: kinds, off: o.Off}, nil
}

// A Span is a part of a text that would be replaced: text[Start:End].
type Span struct {
	Start, End int
	Kind       Kind
}

// Find returns what [Redactor.Text] would replace at first sight, in order and without
// overlaps. On redacted text it finds nothing.
func (r *Redactor) Find(s string) []Span {
	if r == nil || r.off {
		return nil
	}
	return r.find(s, r.kinds, nil)
}

// Text returns s with everything redacted. The ids, raw UserIDs of the record, become
// pseudonyms wherever they stand as whole words; an id that is a number of less than seven
// digits only where a key says that it is a user, because elsewhere it may be a code.
//
// Valid UTF-8 stays valid; text without a find is returned as it is, without an allocation.
func (r *Redactor) Text(s string, ids ...string) string {
	if r == nil || r.off {
		return s
	}
	return r.text(s, r.kinds, ids)
}

func (r *Redactor) text(s string, kinds kindSet, ids []string) string {
	// A replacement can give its neighbour the boundary it lacked, hence the rounds. Each
	// one leaves less raw text than before, so they end; but only by the bound in linear time.
	for range maxRounds {
		spans := r.find(s, kinds, ids)
		if len(spans) == 0 {
			return s
		}
		s = r.replace(s, spans)
	}
	if len(r.find(s, kinds, ids)) == 0 {
		return s
	}
	// No logger writes such a text, somebody built it: nothing of it is kept.
	return string(appendBody(nil, s))
}

func (r *Redactor) replace(s string, spans []Span) string {
	b := make([]byte, 0, len(s)+16*len(spans))
	at := 0
	for _, sp := range spans {
		b = append(b, s[at:sp.Start]...)
		b = r.appendMark(b, sp.Kind, s[sp.Start:sp.End])
		at = sp.End
	}
	return string(append(b, s[at:]...))
}

func (r *Redactor) find(s string, kinds kindSet, ids []string) []Span {
	x := scan{s: s, kinds: kinds, lineEnd: -1}
	x.run()
	if kinds.has(User) {
		before := len(x.spans)
		for _, id := range ids {
			x.words(id)
		}
		if len(x.spans) > before {
			x.spans = merge(x.spans)
		}
	}
	return x.spans
}

// merge sorts spans and resolves overlaps: the wider one wins, of equals the user, since a
// pseudonym says more than [phone]; crossing ones are joined, so that no end stays behind.
func merge(spans []Span) []Span {
	slices.SortFunc(spans, func(a, b Span) int {
		switch {
		case a.Start != b.Start:
			return a.Start - b.Start
		case a.End != b.End:
			return b.End - a.End
		case a.Kind == b.Kind:
			return 0
		case a.Kind == User:
			return -1
		}
		return 1
	})
	out := spans[:0]
	for _, sp := range spans {
		if n := len(out); n > 0 && sp.Start < out[n-1].End {
			out[n-1].End = max(out[n-1].End, sp.End)
			continue
		}
		out = append(out, sp)
	}
	return out
}
