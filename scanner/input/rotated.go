package input

import (
	"cmp"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A RotatedSet is one log in several files, as a rotation leaves them: app.log, app.log.1, app.log-20260601.gz, or
// what the IM SDK writes: imsdk_C_20260601.xlog, imsdk_C_20260601(1).xlog and the open block imsdk_C.mmap2.
type RotatedSet struct {
	Name  string // of the log: that of the live file, though it may not be among them
	Parts []int  // of the names, the oldest first
}

// Rotated groups the names of files, with slashes, into sets. A name that belongs to no other is a set of its own. Sets
// stand where their first name stood.
//
// Only the name of the live file with a number or a date behind it counts as rotated: app-20260601.log beside
// app-20260602.log may be logs of their own, and stay so.
func Rotated(names []string) []RotatedSet {
	var sets []RotatedSet
	at := map[string]int{}
	there := map[string]bool{} // live files
	ranks := make([]rank, len(names))
	for i, name := range names {
		ranks[i] = rankOf(name)
		there[ranks[i].live] = there[ranks[i].live] || ranks[i].kind == liveFile
	}
	for i, name := range names {
		live := ranks[i].live
		if ranks[i].kind == numbered && !there[live] && path.Ext(live) == "" {
			live = name // v1.2 beside v1.3 are two versions
		}
		if k, ok := at[live]; ok {
			sets[k].Parts = append(sets[k].Parts, i)
			continue
		}
		at[live] = len(sets)
		sets = append(sets, RotatedSet{live, []int{i}})
	}
	for k := range sets {
		s := &sets[k]
		slices.SortStableFunc(s.Parts, func(a, b int) int {
			return cmp.Or(ranks[a].compare(&ranks[b]), strings.Compare(names[a], names[b]))
		})
		if newest := s.Parts[len(s.Parts)-1]; len(s.Parts) == 1 {
			s.Name = names[newest]
		} else if ranks[newest].binary {
			s.Name = names[newestXlog(s.Parts, ranks)]
		}
	}
	return sets
}

// newestXlog returns the first part of the newest day.
func newestXlog(parts []int, ranks []rank) int {
	newest := parts[0]
	for _, i := range parts {
		if ranks[i].kind != openBlock && ranks[i].date > ranks[newest].date {
			newest = i
		}
	}
	return newest
}

// A rank is what the name of a file says of its place in a set.
type rank struct {
	live   string // the name of the live file, which the set shares
	binary bool   // an xlog
	kind   int
	date   string // as digits
	index  int
}

// The kinds of parts, the oldest first.
const (
	dated = iota
	numbered
	liveFile
	openBlock
)

// compare orders parts from the oldest to the newest. A number counts back from the live file, but behind a date it
// counts on.
func (r *rank) compare(o *rank) int {
	index := cmp.Compare(r.index, o.index)
	if r.kind == numbered {
		index = -index
	}
	return cmp.Or(cmp.Compare(r.kind, o.kind), strings.Compare(r.date, o.date), index)
}

var (
	// The SDK writes PREFIX_20260601.xlog; downloads and size limits put a number behind the date.
	xlogName = regexp.MustCompile(`^(.+?)_(20\d{6})(?:[_-](\d{1,3})| ?\((\d{1,3})\))?\.xlog$`)
	// Behind the name of a live file, which has a letter at least, stands a number of one to three digits.
	numberedName = regexp.MustCompile(`^(.*[A-Za-z].*)\.(\d{1,3})$`)
	// Or a date, as logrotate, log4j and lumberjack write it, to the second at most, and a number behind it.
	datedName = regexp.MustCompile(`^(.*[A-Za-z].*?)[-._](20\d\d-?[01]\d-?[0-3]\d(?:[-_T]?[0-2]\d(?:[-:]?[0-5]\d){0,2})?)(?:[-._](\d{1,3}))?$`)
)

func rankOf(name string) rank {
	dir, base := path.Split(name)
	plain := unpackedName(base)
	if strings.HasSuffix(plain, ".xlog") {
		if m := xlogName.FindStringSubmatch(plain); m != nil {
			n, _ := strconv.Atoi(m[3] + m[4])
			return rank{live: dir + m[1] + ".xlog", binary: true, kind: dated, date: m[2], index: n}
		}
	}
	if prefix, ok := strings.CutSuffix(plain[:max(0, len(plain)-1)], ".mmap"); ok && prefix != "" && (plain[len(plain)-1] == '2' || plain[len(plain)-1] == '3') {
		return rank{live: dir + prefix + ".xlog", binary: true, kind: openBlock}
	}
	if plain == "" || plain[len(plain)-1] < '0' || plain[len(plain)-1] > '9' {
		return rank{live: dir + plain, kind: liveFile} // as nearly all of the members of a large archive
	}
	if m := datedName.FindStringSubmatch(plain); m != nil {
		n, _ := strconv.Atoi(m[3])
		return rank{live: dir + m[1], kind: dated, date: digits(m[2]), index: n}
	}
	if m := numberedName.FindStringSubmatch(plain); m != nil {
		n, _ := strconv.Atoi(m[2])
		return rank{live: dir + m[1], kind: numbered, index: n}
	}
	return rank{live: dir + plain, kind: liveFile}
}

// unpackedName returns a name without the ending that a compressor gave it.
func unpackedName(name string) string {
	for _, end := range []string{".gz", ".zst", ".bz2", ".xz"} {
		if plain, ok := strings.CutSuffix(name, end); ok {
			return plain
		}
	}
	return name
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}
