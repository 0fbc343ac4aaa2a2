package timeline

import (
	"slices"

	"github.com/imtriage/imtriage/catalog"
)

// maxCandidates bounds how many rows of one code are looked at for a cause, the latest first.
const maxCandidates = 64

// relate says which rows follow from which and which is to be looked at first. The rows are those of the timeline.
func relate(t *Timeline, rows []*row) {
	byCode := map[int][]int{}
	for i, r := range rows {
		if r.Event != "" || r.Time.IsZero() {
			continue
		}
		if cause := causeOf(r, rows, byCode); cause >= 0 {
			t.Rows[i].Follows = cause
			t.Rows[cause].Followers++
		}
		byCode[r.Code] = append(byCode[r.Code], i)
	}
	t.Cause = -1
	for i := range t.Rows {
		if r := &t.Rows[i]; r.wrong() && r.Follows < 0 && (t.Cause < 0 || r.worse(&t.Rows[t.Cause])) {
			t.Cause = i
		}
	}
}

// causeOf returns the nearest row above that brought a row about, or -1.
func causeOf(r *row, rows []*row, byCode map[int][]int) int {
	if r.Entry == nil {
		return -1
	}
	cause := -1
	for _, code := range r.Entry.Causes {
		list := byCode[code]
		for _, i := range slices.Backward(list[max(0, len(list)-maxCandidates):]) {
			if i <= cause {
				break
			}
			if c := rows[i]; c.Entry != nil && slices.Contains(c.Entry.Symptoms, r.Code) && r.Time.Sub(c.Last) <= Reach && r.with(c) {
				cause = i
				break
			}
		}
	}
	return cause
}

// with reports whether two rows tell of the same session or of the same user.
func (x *row) with(y *row) bool {
	if x.lane == y.lane && (x.lane.process || !x.lane.mixed) {
		return true
	}
	return slices.ContainsFunc(x.users, func(key uint64) bool { return slices.Contains(y.users, key) })
}

// wrong reports whether a row is one that something brought about.
func (r *Row) wrong() bool { return r.Class() > catalog.Info }

// worse reports whether a row is to be looked at before another that stands above it.
func (r *Row) worse(o *Row) bool {
	if a, b := r.Followers > 0, o.Followers > 0; a != b {
		return a
	}
	if a, b := r.Class(), o.Class(); a != b {
		return a > b
	}
	return r.Event == "" && o.Event != ""
}
