package sigma

import (
	"slices"
	"strings"
	"unicode"

	"github.com/imtriage/imtriage/catalog/tally"
)

// byCustom are names that are commonly written otherwise than their words would be.
var byCustom = map[string]string{"EventID": "x_eventid"}

// fieldName returns our name of a field, "" if there is nothing to make one of.
func fieldName(sigma string) string {
	if name := byCustom[sigma]; name != "" {
		return name
	}
	name := snake(sigma)
	switch {
	case name == "":
		return ""
	case strings.HasPrefix(name, "x_"), slices.Contains(tally.FieldKeys(), name), slices.Contains(tally.DerivedKeys(), name):
		return name
	}
	return "x_" + name
}

// snake writes a name as lower-case words joined by _: a new word begins at a capital after a
// small letter or a digit, at the last of several capitals, and after what is neither letter nor
// digit.
func snake(s string) string {
	var b strings.Builder
	chars := []rune(s)
	gap := false
	for i, c := range chars {
		if c > unicode.MaxASCII || !unicode.IsLetter(c) && !unicode.IsDigit(c) {
			gap = true
			continue
		}
		if unicode.IsUpper(c) && i > 0 {
			before := chars[i-1]
			lowerNext := i+1 < len(chars) && unicode.IsLower(chars[i+1])
			gap = gap || unicode.IsLower(before) || unicode.IsDigit(before) || unicode.IsUpper(before) && lowerNext
		}
		if gap && b.Len() > 0 {
			b.WriteByte('_')
		}
		gap = false
		b.WriteRune(unicode.ToLower(c))
	}
	return b.String()
}
