package tally

import (
	"fmt"

	"github.com/imtriage/imtriage/catalog"
)

// PartialSchema names the file form of a tally and its version.
const PartialSchema = "imtriage.partial/1"

// A Header says how a partial was made. Partials can be merged if no digest differs.
type Header struct {
	Tool    string // name and version of the program that wrote it
	Digests Digests
}

// Digests identify what decides how an input is counted.
type Digests struct {
	Extractors string `json:"extractors"`
	Catalog    string `json:"catalog"`
	Rules      string `json:"rules"`
	Options    string `json:"options"`
}

// Differs names the digests in which two partials differ, as "catalog: 12ab34cd… and 98fe76dc…".
// It is empty if their counts may be added.
func (h Header) Differs(o Header) []string {
	var out []string
	for _, d := range []struct{ name, a, b string }{
		{"extractors", h.Digests.Extractors, o.Digests.Extractors},
		{"catalog", h.Digests.Catalog, o.Digests.Catalog},
		{"rules", h.Digests.Rules, o.Digests.Rules},
		{"options", h.Digests.Options, o.Digests.Options},
	} {
		if d.a != d.b {
			out = append(out, fmt.Sprintf("%s: %s and %s", d.name, shortDigest(d.a), shortDigest(d.b)))
		}
	}
	return out
}

func shortDigest(s string) string {
	const digits = 12
	switch {
	case s == "":
		return "none"
	case len(s) > digits:
		return cut(s, digits) + "…"
	}
	return s
}

// A partial is a text of lines, each one JSON object:
//
//	{"schema":"imtriage.partial/1","tool":…,"digests":{…},"samples":5}
//	{"input":{…}}    by name
//	{"code":{…}}     by family and number
//	{"mark":{…}}     by event
//	{"other":{…}}    what is not kept apart; at most once
//	{"record":{…}}   by time, source, offset, event, family and number
//	{"end":7,"sha256":"…"}
//
// The last line counts the lines above it and has their digest. Members come in the order of the
// structs below, empty ones are left out, and nothing else is accepted: equal tallies are equal
// bytes. Times are nanoseconds since 1970: 0 for none, 1 for 1970 itself and before.
type (
	headerLine struct {
		Schema  string  `json:"schema"`
		Tool    string  `json:"tool"`
		Digests Digests `json:"digests"`
		Samples int     `json:"samples"`
	}

	// A sectionLine has one of its members.
	sectionLine struct {
		Input *inputRecord `json:"input,omitempty"`
		Code  *codeRecord  `json:"code,omitempty"`
		Mark  *markRecord  `json:"mark,omitempty"`
		Other *otherRecord `json:"other,omitempty"`

		Record *recordRecord `json:"record,omitempty"`
	}

	endLine struct {
		End    int    `json:"end"`
		SHA256 string `json:"sha256"`
	}

	inputRecord struct {
		Name       string     `json:"name"`
		Kind       string     `json:"kind,omitempty"`
		Pieces     [][3]int64 `json:"pieces,omitempty"` // offset, end, lines
		Empty      bool       `json:"empty,omitempty"`
		Incomplete bool       `json:"incomplete,omitempty"`
		Problems   []string   `json:"problems,omitempty"`
		Notes      []string   `json:"notes,omitempty"`
		Findings   int64      `json:"findings,omitempty"`

		Banners *tracesRecord `json:"banners,omitempty"`
		Logins  *tracesRecord `json:"logins,omitempty"`

		Health *healthRecord `json:"health,omitempty"`
	}

	tracesRecord struct {
		Count int64         `json:"count"` // of all
		Lines []traceRecord `json:"lines"` // the first and the last of them
	}

	traceRecord struct {
		Offset      int64  `json:"offset"`
		Time        int64  `json:"time,omitempty"`
		TimeGuessed bool   `json:"time_guessed,omitempty"`
		PID         int64  `json:"pid,omitempty"`
		AppID       string `json:"sdkappid,omitempty"`
		Version     string `json:"version,omitempty"`
		Platform    string `json:"platform,omitempty"`
		Device      string `json:"device,omitempty"`
		User        string `json:"user,omitempty"`
	}

	codeRecord struct {
		Family       catalog.Family   `json:"family"`
		Code         int              `json:"code"`
		Count        int64            `json:"count"`
		First        int64            `json:"first,omitempty"`
		Last         int64            `json:"last,omitempty"`
		Users        *usersRecord     `json:"users,omitempty"`
		Histogram    histogramRecord  `json:"histogram"`
		Hosts        []nameRecord     `json:"hosts,omitempty"`
		APIs         []nameRecord     `json:"apis,omitempty"`
		Versions     []nameRecord     `json:"versions,omitempty"`
		Alternatives []catalog.Family `json:"alternatives,omitempty"`
		Samples      []sampleRecord   `json:"samples,omitempty"`
	}

	// A usersRecord has either the exact keys with the findings of each, or the sketch.
	usersRecord struct {
		Keys   string `json:"keys,omitempty"`   // ascending, big-endian, base64
		Counts string `json:"counts,omitempty"` // in the order of the keys, uvarints, base64
		Sketch string `json:"sketch,omitempty"` // one base64 digit a register
	}

	histogramRecord struct {
		Step    int64      `json:"step"`              // seconds
		Buckets [][2]int64 `json:"buckets,omitempty"` // steps since 1970, count
		Before  int64      `json:"before,omitempty"`
		NoTime  int64      `json:"no_time,omitempty"`
	}

	nameRecord struct {
		Name  string `json:"name"`
		Count int64  `json:"n"`
	}

	sampleRecord struct {
		Time        int64         `json:"time,omitempty"`
		TimeGuessed bool          `json:"time_guessed,omitempty"`
		Source      string        `json:"source"`
		Offset      int64         `json:"offset"`
		Piece       int64         `json:"piece"`
		Line        int64         `json:"line"` // in the piece
		Column      int           `json:"column"`
		Level       string        `json:"level,omitempty"`
		Extractor   string        `json:"extractor,omitempty"`
		Text        string        `json:"text,omitempty"`
		Fields      []fieldRecord `json:"fields,omitempty"`
	}

	fieldRecord struct {
		Key   string `json:"k"`
		Value string `json:"v,omitempty"`
	}

	markRecord struct {
		Event string `json:"event"`
		Count int64  `json:"count"`
		First int64  `json:"first,omitempty"`
		Last  int64  `json:"last,omitempty"`
	}

	otherRecord struct {
		OK      int64        `json:"ok,omitempty"`
		Marks   int64        `json:"marks,omitempty"`
		Unknown int64        `json:"unknown,omitempty"`
		Users   *usersRecord `json:"users,omitempty"` // of the unknown
	}
)
