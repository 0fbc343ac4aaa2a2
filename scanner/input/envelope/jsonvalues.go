package envelope

import "iter"

// values are the elements of an array, or of the array "values" of an object, as Sentry has them.
func values(v []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		if isObject(v) {
			v = member(v, "values", true)
		}
		if !isArray(v) {
			return
		}
		for i := blanks(v, 1); i < len(v) && v[i] != ']'; {
			to := valueEnd(v, i)
			if to <= i || !yield(v[i:to]) {
				return
			}
			if i = blanks(v, to); i >= len(v) || v[i] != ',' {
				return
			}
			i = blanks(v, i+1)
		}
	}
}
