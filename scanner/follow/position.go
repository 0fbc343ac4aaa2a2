package follow

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strconv"

	"github.com/cespare/xxhash/v2"
)

// A Position is a place in a file that is known by its content: a digest of its head and one of the bytes before
// the place. It holds no text of the file. It is opaque: keep it as JSON and hand it back in [Options]. Two are the
// same if they are equal.
type Position struct{ w wire }

// wire is the JSON of a Position.
type wire struct {
	V       int    `json:"v"`
	Path    string `json:"path"`
	Kind    string `json:"kind,omitempty"`
	Number  int    `json:"number,omitempty"` // of the generation, in the run that told the position
	Dev     uint64 `json:"dev,omitempty"`    // hints: which file to look at first
	Ino     uint64 `json:"ino,omitempty"`
	HeadLen int    `json:"fp_len"`
	Head    string `json:"fp,omitempty"`
	LastLen int    `json:"last_len"`
	Last    string `json:"last,omitempty"`
	Off     int64  `json:"off"`
	Back    int64  `json:"back,omitempty"` // bytes before Off that are handed out again
	Inside  bool   `json:"skip,omitempty"` // in a line of which a part was handed out
	Enc     string `json:"enc,omitempty"`
	Size    int64  `json:"size"`
	MTime   int64  `json:"mtime"` // nanoseconds; of a path without a file those of [Follower.listedAt]
}

// The kinds of positions.
const (
	kindFile = ""     // in a file that is read
	kindDone = "done" // in one that was read to its end, so that nobody reads it again
	kindPath = "path" // none: a path or pattern that is followed, where new files are read from their start
)

const (
	positionVersion = 1
	maxBack         = 64 << 20 // far more than any reader holds back
)

// Path returns the path that is followed. The file itself may have another name meanwhile.
func (p Position) Path() string { return p.w.Path }

// Source and Generation are those of the pieces of the file, in the run that told the position; Generation is 0 where
// a path has no file.
func (p Position) Source() string { return filepath.ToSlash(p.w.Path) }

// Generation is described with Source. It is 0 where an earlier run was.
func (p Position) Generation() int { return p.w.Number }

// Offset returns the bytes of the file that need not be handed out again.
func (p Position) Offset() int64 { return p.w.Off - p.w.Back }

// Held returns how many bytes before the place that the content is known by are handed out again.
func (p Position) Held() int64 { return p.w.Back }

// MarshalJSON implements json.Marshaler.
func (p Position) MarshalJSON() ([]byte, error) { return json.Marshal(p.w) }

// UnmarshalJSON implements json.Unmarshaler. It refuses what no version that is known here has written.
func (p *Position) UnmarshalJSON(b []byte) error {
	var w wire
	if err := json.Unmarshal(b, &w); err != nil {
		return fmt.Errorf("position: %w", err)
	}
	switch {
	case w.V != positionVersion:
		return fmt.Errorf("position of %q has version %d, this program reads version %d: remove the state file to begin anew", w.Path, w.V, positionVersion)
	case w.Path == "", w.Off < 0, w.HeadLen < 0, w.HeadLen > headLen, int64(w.HeadLen) > w.Off, w.LastLen < 0, w.LastLen > lastLen, int64(w.LastLen) > w.Off, w.Back < 0, w.Back > min(w.Off, maxBack):
		return fmt.Errorf("position of %q makes no sense: remove the state file to begin anew", w.Path)
	case w.Kind != kindFile && w.Kind != kindDone && w.Kind != kindPath:
		return fmt.Errorf("position of %q is of the unknown kind %q: remove the state file to begin anew", w.Path, w.Kind)
	}
	w.Number = 0 // generations of this run have numbers of their own
	p.w = w
	return nil
}

// digest is for telling files apart, not for secrets.
func digest(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	return strconv.FormatUint(xxhash.Sum64(b), 16)
}

// position tells where g is read to.
func (g *generation) position(path string) Position {
	if g.resumed != nil {
		return *g.resumed
	}
	size, mtime := g.size, g.mtime
	if size < 0 { // never compared
		size, mtime = g.info.Size(), g.info.ModTime().UnixNano()
	}
	return Position{wire{
		V: positionVersion, Path: path, Number: g.number, Dev: g.dev, Ino: g.ino,
		HeadLen: len(g.head), Head: digest(g.head), LastLen: len(g.last), Last: digest(g.last),
		Off: g.off, Inside: g.inside, Enc: g.enc, Size: size, MTime: mtime,
	}}
}

// pathPosition tells that a path or pattern is followed, and until when nothing stood there.
func (f *Follower) pathPosition(path string) Position {
	return Position{wire{V: positionVersion, Path: path, Kind: kindPath, MTime: f.listedAt}}
}

// Positions returns where every file is read to, the oldest file of a path first, with those that were read to
// their end and may still stand beside. All pieces are in them whose handler has returned; while one runs on another
// goroutine nobody can tell whether its own is, so save them from [Options.Tick] or with Run at its end.
//
// Whoever makes something of pieces may not be done with the end of the last one: held tells how many bytes of a source
// and generation it has not used yet. They are handed out again by the run that resumes. nil means none.
func (f *Follower) Positions(held func(source string, generation int) int64) []Position {
	f.mu.Lock()
	defer f.mu.Unlock()
	var all []Position
	if !f.started {
		all = append(all, f.o.Resume...)
	}
	for _, p := range f.patterns {
		all = append(all, f.pathPosition(p.text))
	}
	for _, fl := range f.files {
		all = append(all, fl.done...)
		if len(fl.gens) == 0 && len(fl.waiting) == 0 {
			all = append(all, f.pathPosition(fl.path))
		}
		all = append(all, fl.waiting...)
		for _, g := range fl.gens {
			p := g.position(fl.path)
			if held != nil && g.resumed == nil {
				p.w.Back = min(held(fl.name, g.number), p.w.Off, maxBack)
			}
			all = append(all, p)
		}
	}
	return all
}
