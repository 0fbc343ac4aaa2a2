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

// settled redacts a record and cuts it to its bounds, the values to the given one, until a further
// round would change nothing: a cut may leave half a pseudonym, or an address of what was none.
// So a record that left, came back in a partial and leaves again stays as it is.
func settled(r *redact.Redactor, text string, fields Fields, maxValue int) (string, Fields) {
	// The room that is given up grows, so rounds end: nothing can be found in nothing.
	for room := 0; ; room += markRoom {
		outText, out := Redact(r, text, fields)
		outText = clean(outText, maxText)
		same := outText == text
		if !same {
			outText = cut(outText, max(maxText-room, 0))
		}
		for i := range out {
			out[i].Value = clean(out[i].Value, maxValue)
			if out[i] != fields[i] {
				same = false
				out[i].Value = cut(out[i].Value, max(maxValue-room, 0))
			}
		}
		if text, fields = outText, out; same {
			return text, fields
		}
	}
}
