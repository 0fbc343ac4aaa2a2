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
