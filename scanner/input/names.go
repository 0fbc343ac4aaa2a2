package input

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/cespare/xxhash/v2"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// junk are names that archivers, desktops and version control leave in folders and archives.
var junk = []string{".git", ".svn", ".hg", "__MACOSX", ".DS_Store", "Thumbs.db"}

// Junk reports whether a file or folder of that name, without its path, is nothing that anybody logged.
func Junk(name string) bool { return slices.Contains(junk, name) || strings.HasPrefix(name, "._") }

// junkPath reports whether any element of a member's name is junk.
func junkPath(name string) bool {
	for element := range strings.SplitSeq(name, "/") {
		if Junk(element) {
			return true
		}
	}
	return false
}

// decodeName returns the name of a member in UTF-8. What archivers write without saying so is UTF-8, on Chinese
// systems GBK, on other Windows systems the character set of DOS.
func decodeName(raw string) string {
	if utf8.ValidString(raw) {
		return raw
	}
	if s, err := simplifiedchinese.GB18030.NewDecoder().String(raw); err == nil && !strings.ContainsRune(s, utf8.RuneError) {
		return s
	}
	s, err := charmap.CodePage437.NewDecoder().String(raw)
	if err != nil {
		return strings.ToValidUTF8(raw, "\uFFFD")
	}
	return s
}

// maxName bounds a member's name, in bytes.
const maxName = 512

// cleanName makes a name of a member harmless: relative, without "..", of bounded length. Nothing here opens
// a path by it, but it stands in reports, whose readers may.
func cleanName(name string) string {
	if !strings.Contains(name, "/") {
		name = strings.ReplaceAll(name, `\`, "/") // of an archiver for Windows
	}
	name = strings.TrimPrefix(path.Clean("/"+strings.TrimRight(name, "\x00")), "/")
	if name == "" {
		return "unnamed"
	}
	if len(name) <= maxName {
		return name
	}
	// The end tells more: it has the file's own name and date.
	head, tail := name[:maxName/4], name[len(name)-maxName/2:]
	return strings.ToValidUTF8(head, "") + "…" + strings.ToValidUTF8(tail, "")
}

// names keeps the names of an input's texts apart: source and offset are what findings are known by. It holds
// digests, as there may be a million; that two of them are equal by chance costs a needless number.
type names map[uint64]int

// distinct returns the name, with a number behind it if it was given before.
func (n names) distinct(name string) string {
	id := xxhash.Sum64String(name)
	times := n[id]
	n[id] = max(times, 1)
	if times == 0 {
		return name
	}
	for {
		times++
		numbered := fmt.Sprintf("%s (%d)", name, times)
		other := xxhash.Sum64String(numbered)
		if n[other] == 0 {
			n[id], n[other] = times, 1
			return numbered
		}
	}
}
