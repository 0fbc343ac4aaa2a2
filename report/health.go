package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
)

// Guesses sum up what was settled by guess over all inputs.
type Guesses struct {
	Times     int64    // findings and marks whose date is not the log's own
	Inputs    int      // decoded from an encoding that their bytes only suggest
	Encodings []string // of these inputs, sorted
}

// guesses sums up the healths of inputs.
func guesses(inputs []tally.Input) (g Guesses) {
	for i := range inputs {
		h := &inputs[i].Health
		g.Times += h.TimesGuessed
		if h.EncodingGuessed && h.Encoding != "" {
			g.Inputs++
			g.Encodings = append(g.Encodings, h.Encoding)
		}
	}
	slices.Sort(g.Encodings)
	g.Encodings = slices.Compact(g.Encodings)
	return g
}

// guessed says in a sentence each what was guessed and how to settle it. Readers are told in any form of a report:
// a wrong guess changes what all else says.
func (r *Report) guessed() []string {
	var out []string
	if r.Guessed.Times > 0 {
		out = append(out, nounDate.count(r.Guessed.Times, r.Lang))
	}
	if r.Guessed.Inputs > 0 {
		out = append(out, fmt.Sprintf(nounEncoding.count(int64(r.Guessed.Inputs), r.Lang), nameList(r.Guessed.Encodings, 3)))
	}
	return out
}

// locked reports whether a part of an input could not be read for want of a key. Nothing that was found says so, and
// therefore every form of a report does.
func locked(h *tally.Health) bool { return h.EncryptedBlocks > 0 || h.Encrypted > 0 }

// healthFacts are what a form of a report says of an input's health: everything if less was read than there was or if asked
// to, else only what is locked.
func (r *Report) healthFacts(in *tally.Input, verbose bool) []string {
	switch {
	case verbose || !in.Complete:
		return r.health(&in.Health)
	case locked(&in.Health):
		return []string{r.encrypted(&in.Health)}
	}
	return nil
}

// health says in words what was not plain about how an input was read, what is lost first.
func (r *Report) health(h *tally.Health) []string {
	l := r.Lang
	var out []string
	say := func(holds bool, s string) {
		if holds {
			out = append(out, s)
		}
	}
	say(h.Skipped > 0, fmt.Sprintf(wordSkipped.In(l), byteSize(h.Skipped)))
	say(h.Salvaged > 0, fmt.Sprintf(wordSalvaged.In(l), byteSize(h.Salvaged)))
	say(locked(h), r.encrypted(h))
	say(h.Gaps > 0, nounGap.count(h.Gaps, l))
	say(h.Members > 0, nounMember.count(h.Members, l))
	say(h.Passed > 0, nounPassed.count(h.Passed, l))
	say(h.Refused > 0, nounRefused.count(h.Refused, l))
	say(h.CutLines > 0, nounLong.count(h.CutLines, l))
	say(h.TimesGuessed > 0, nounGuessed.count(h.TimesGuessed, l))
	decoded := wordDecoded
	if h.EncodingGuessed {
		decoded = wordDecodedSo
	}
	say(h.Encoding != "", fmt.Sprintf(decoded.In(l), Sanitize(h.Encoding)))
	say(h.Envelope != "", fmt.Sprintf(wordUnwrapped.In(l), Sanitize(h.Envelope)))
	say(h.Reversed, wordReversed.In(l))
	return out
}

// someKey is how much of a fingerprint is shown: enough to tell the keys of one team apart.
const someKey = 8

// encrypted says how much could not be read for want of which keys.
func (r *Report) encrypted(h *tally.Health) string {
	l := r.Lang
	what, size := nounLocked.count(h.EncryptedBlocks, l), byteSize(h.Encrypted)
	switch {
	case h.EncryptedBlocks == 0:
		what, size = fmt.Sprintf(wordLocked.In(l), size), ""
	case h.Encrypted == 0:
		size = ""
	}
	keys := make([]string, 0, len(h.Keys))
	for _, k := range h.Keys {
		keys = append(keys, truncate(Sanitize(k), someKey+1))
	}
	var beside []string
	for _, s := range []string{size, labelled(wordKey, capped(keys, 2), l)} {
		if s != "" {
			beside = append(beside, s)
		}
	}
	switch s := strings.Join(beside, comma(l)); {
	case s == "":
		return what
	case l == catalog.ZH:
		return what + "（" + s + "）"
	default:
		return what + " (" + s + ")"
	}
}

// A jsonHealth has the fields of a [tally.Health] in their order. What is plain is left out, so that an input that
// was read like any text has an empty object.
type jsonHealth struct {
	Encoding        string   `json:"encoding,omitempty"`
	EncodingGuessed bool     `json:"encoding_guessed,omitempty"`
	Skipped         int64    `json:"skipped_bytes,omitempty"`
	Salvaged        int64    `json:"salvaged_bytes,omitempty"`
	Encrypted       int64    `json:"encrypted_bytes,omitempty"`
	EncryptedBlocks int64    `json:"encrypted_blocks,omitempty"`
	Keys            []string `json:"encrypted_keys,omitempty"`
	CutLines        int64    `json:"cut_lines,omitempty"`
	TimesGuessed    int64    `json:"times_guessed,omitempty"`
	Members         int64    `json:"members,omitempty"`
	Passed          int64    `json:"members_passed,omitempty"`
	Refused         int64    `json:"members_refused,omitempty"`
	Envelope        string   `json:"envelope,omitempty"`
	Reversed        bool     `json:"reversed,omitempty"`
	Gaps            int64    `json:"missing_blocks,omitempty"`
}
