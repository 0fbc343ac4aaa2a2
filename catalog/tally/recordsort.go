package tally

// A stampAt is the stamp of the i-th of some records.
type stampAt struct {
	ns int64
	i  uint32
}

const (
	digitBits = 11
	digits    = 1 << digitBits
)

// sortStamps sorts by stamp, digit by digit from the last one; what is equal keeps its order. Digits
// in which all are alike, as those of the year are, cost nothing; neither does a list in order. It
// returns one of the two lists, which must be of the same length.
func sortStamps(list, spare []stampAt) []stampAt {
	var differ int64
	ordered := true
	for i := 1; i < len(list); i++ {
		differ |= list[i].ns ^ list[0].ns
		ordered = ordered && list[i-1].ns <= list[i].ns
	}
	if ordered {
		return list
	}
	var count [digits]uint32
	for shift := 0; differ>>shift > 0; shift += digitBits {
		if differ>>shift&(digits-1) == 0 {
			continue
		}
		clear(count[:])
		for i := range list {
			count[list[i].ns>>shift&(digits-1)]++
		}
		at := uint32(0)
		for d, n := range count {
			count[d], at = at, at+n
		}
		for _, s := range list {
			to := &count[s.ns>>shift&(digits-1)]
			spare[*to] = s
			*to++
		}
		list, spare = spare, list
	}
	return list
}
