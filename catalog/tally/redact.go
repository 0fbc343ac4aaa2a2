package tally

import (
	"slices"
	"strings"

	"github.com/imtriage/imtriage/catalog/redact"
)

// Redact returns the text and the fields of a record as they may leave the program: the record's
// users become pseudonyms wherever they stand. Whatever keeps or emits a record goes through it.
// Its arguments are left alone.
func Redact(r *redact.Redactor, text string, fields Fields) (string, Fields) {
	var ids []string
	for _, f := range fields {
		if f.Key == KeyUser && f.Value != "" {
			ids = append(ids, f.Value)
		}
	}
	out := slices.Clone(fields)
	for i, f := range out {
		if f.Key == KeyMessage || strings.HasPrefix(f.Key, "x_") {
			out[i].Value = r.Text(f.Value, ids...) // prose may name the user
		} else {
			out[i].Value = r.Field(f.Key, f.Value)
		}
	}
	return r.Text(text, ids...), out
}

// markRoom is more than the longest mark of a redactor has, in bytes.
const markRoom = 32

// settled redacts a record and cuts it to the given bounds, again and again until it fits: a cut may
// leave half a pseudonym, or an address of what was none. What is redacted stays as it is when it is
// redacted again, so a record that left, came back in a partial and leaves again does too.
func settled(r *redact.Redactor, text string, fields Fields, maxText, maxValue int) (string, Fields) {
	// The room that is given up grows, so rounds end: nothing can be found in nothing.
	for room := 0; ; room += markRoom {
		text, fields = Redact(r, text, fields)
		fits := true
		fit := func(s string, limit int) string {
			cleaned := clean(s, limit)
			if cleaned == s {
				return s
			}
			fits = false
			return cut(cleaned, max(limit-room, 0))
		}
		text = fit(text, maxText)
		for i := range fields {
			fields[i].Value = fit(fields[i].Value, maxValue)
		}
		if fits {
			return text, fields
		}
	}
}
