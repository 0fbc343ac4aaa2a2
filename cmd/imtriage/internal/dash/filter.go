package dash

import (
	"strconv"
	"strings"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/cmd/imtriage/internal/live"
)

// A filter says which rows are shown. It changes nothing that is counted.
type filter struct {
	class catalog.Class // 0: every class
	text  string        // "": any; in whatever case
}

func (f filter) on() bool { return f.class != 0 || f.text != "" }

// nextClass goes round: all of them, then one class after the other, the worst first.
func (f *filter) nextClass() {
	classes := catalog.Classes()
	for i, c := range classes {
		if c == f.class {
			if i+1 < len(classes) {
				f.class = classes[i+1]
			} else {
				f.class = 0
			}
			return
		}
	}
	f.class = classes[0]
}

func (f filter) ofClass(c catalog.Class) bool { return f.class == 0 || f.class == c }

// in reports whether one of the texts has the filter's.
func (f filter) in(texts ...string) bool {
	if f.text == "" {
		return true
	}
	want := strings.ToLower(f.text)
	for _, t := range texts {
		if strings.Contains(strings.ToLower(t), want) {
			return true
		}
	}
	return false
}

func (f filter) code(r *live.CodeRow) bool {
	return f.ofClass(r.Class) && f.in(strconv.Itoa(r.Code), string(r.Family)+"/"+strconv.Itoa(r.Code), r.Title)
}

func (f filter) verdict(r *live.VerdictRow) bool {
	return f.ofClass(r.Class) && f.in(r.Rule, r.Title, r.Group)
}

func (f filter) finding(r *live.FindingRow) bool {
	return f.ofClass(r.Class) && f.in(strconv.Itoa(r.Code), string(r.Family)+"/"+strconv.Itoa(r.Code), r.Title, r.Text, r.Source)
}

func (f filter) input(r *live.InputRow) bool { return f.in(r.Name, r.State, r.Problem) }

func keep[T any](list []T, want func(*T) bool) []T {
	out := make([]T, 0, len(list))
	for i := range list {
		if want(&list[i]) {
			out = append(out, list[i])
		}
	}
	return out
}
