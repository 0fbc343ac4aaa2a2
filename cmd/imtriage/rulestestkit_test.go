package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/rules"
	"github.com/imtriage/imtriage/scanner"
)

// The codes of call kit, room engine and TRTC share their numbers with other products, and no
// built-in extractor gives them. A team that logs them brings one such as these.
const kitExtractors = `
extractors:
  - {name: own-call, literals: ["callkit rc="], pattern: 'callkit rc={{code}}', family: [call], samples: [{line: 'callkit rc=-1101', codes: [-1101]}], rejects: ['callkit rc=ok']}
  - {name: own-room, literals: ["room rc="], pattern: 'room rc={{code}}', family: [room], samples: [{line: 'room rc=-1102', codes: [-1102]}], rejects: ['room rc=ok']}
  - {name: own-trtc, literals: ["trtc rc="], pattern: 'trtc rc={{code}}', family: [trtc], samples: [{line: 'trtc rc=-1301', codes: [-1301]}], rejects: ['trtc rc=ok']}
`

// A kitTest is a line that such an extractor reads, and the only rule that tells of it.
type kitTest struct{ line, rule string }

var kitTests = []kitTest{
	{"callkit rc=-1406 signaling was not sent", "call-signalling-failed"},
	{"callkit rc=-1101 no microphone permission", "device-permission"},
	{"callkit rc=-1001 package not purchased", "plan-lacks-feature"},
	{"callkit rc=60003 no microphone", "media-state"},
	{"callkit rc=-1202 empty user list", "media-parameter"},
	{"room rc=-1102 camera occupied", "media-state"},
	{"room rc=-2 request limit", "client-rate-limited"},
	{"trtc rc=-1301 open camera failed", "media-state"},
	{"trtc rc=-3301 enter room failed", "other-network"},
	{"trtc rc=-70001 usersig expired", "other-auth"},
}

// runKitTest runs a line with the extractors above and returns the verdict.
func runKitTest(t *testing.T, bench *testBench, x kitTest) *rules.Verdict {
	t.Helper()
	extractor, err := scanner.Load(catalog.Builtin(), catalog.File{Name: "kits.yaml", Data: []byte(kitExtractors)})
	if err != nil {
		t.Fatal(err)
	}
	own := *bench
	own.extractor = extractor
	got, err := own.run(t.Context(), "2026-06-01 10:00:00.123 "+x.line+"\n")
	if err != nil {
		t.Fatal(err)
	}
	v := got.verdict(x.rule)
	if v == nil || len(got.verdicts) != 1 {
		t.Fatalf("told by %q, want %s alone", got.others(""), x.rule)
	}
	if diff := cmp.Diff(int64(1), v.Count); diff != "" {
		t.Error(diff)
	}
	return v
}
