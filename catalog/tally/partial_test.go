package tally_test

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog/tally"
)

// seal puts the last line under the lines of a partial.
func seal(lines string) string {
	return lines + fmt.Sprintf("{\"end\":%d,\"sha256\":\"%x\"}\n", strings.Count(lines, "\n"), sha256.Sum256([]byte(lines)))
}

const golden = `{"schema":"imtriage.partial/1","tool":"imtriage test","digests":{"extractors":"","catalog":"12ab","rules":"","options":""},"samples":2}
{"input":{"name":"app.log","kind":"text","pieces":[[0,100,9]],"incomplete":true,"problems":["cut"],"findings":3,"banners":{"count":1,"lines":[{"offset":70,"time":1772366400000000000,"pid":7,"sdkappid":"1400000123","version":"8.0.5903","platform":"Linux","device":"d"}]},"logins":{"count":1,"lines":[{"offset":80,"time_guessed":true,"pid":7,"user":"a"}]},"health":{"encoding":"gb18030","encoding_guessed":true,"skipped":12,"salvaged":3,"encrypted":96,"encrypted_blocks":2,"keys":["0a1b","3f2a"],"cut_lines":1,"times_guessed":1,"members":5,"passed":4,"refused":1,"envelope":"cri","reversed":true,"gaps":6}}}
{"code":{"family":"sdk","code":6206,"count":2,"first":1772366401000000000,"last":1772366402000000000,"users":{"keys":"yM62GADoYFY","counts":"AQ"},"histogram":{"step":1,"buckets":[[1772366401,1],[1772366402,1]]},"hosts":[{"name":"<a&b>","n":1}],"samples":[{"time":1772366401000000000,"source":"app.log","offset":1,"piece":0,"line":3,"column":7,"level":"E","extractor":"imsdk","text":"text","fields":[{"k":"host","v":"<a&b>"}]},{"time":1772366402000000000,"source":"app.log","offset":2,"piece":0,"line":3,"column":7,"level":"E","extractor":"imsdk","text":"text","fields":[{"k":"user","v":"u"}]}]}}
{"code":{"family":"web","code":990001,"count":1,"histogram":{"step":1,"no_time":1},"alternatives":["sdk"],"samples":[{"source":"app.log","offset":0,"piece":0,"line":3,"column":7,"level":"E","extractor":"imsdk","text":"text"}]}}
{"mark":{"event":"kicked","count":1,"first":1772366400000000000,"last":1772366400000000000}}
{"other":{"ok":1}}
`

func goldenTally(t *testing.T) *tally.Tally {
	t.Helper()
	x := tally.New(tally.Options{Samples: 2})
	web := finding("web", 990001, 0)
	web.Alternatives = append(web.Alternatives, "sdk")
	x.Finding(web)
	x.Finding(finding("sdk", 6206, 2*time.Second, user("u")))
	x.Finding(finding("sdk", 6206, time.Second, host("<a&b>")))
	x.Mark(&tally.Mark{Event: tally.MarkKicked, Place: tally.Place{Time: epoch, TimeGuessed: true, Source: "app.log"}})
	x.Mark(&tally.Mark{Event: tally.MarkOK})
	x.Mark(banner(70, 7, tally.Field{Key: tally.KeyDevice, Value: "d"}, tally.Field{Key: tally.KeyPlatform, Value: "Linux"}))
	in := login(80, 7, "a")
	in.Time, in.TimeGuessed = time.Time{}, true
	x.Session(in)
	if err := x.Piece(tally.Piece{Source: "app.log", Kind: "text", End: 100, Lines: 9, Problem: "cut", Health: fullHealth}); err != nil {
		t.Fatal(err)
	}
	return x
}

func TestEncode(t *testing.T) {
	got := encode(t, goldenTally(t))
	if diff := cmp.Diff(seal(golden), got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(goldenTally(t).Summary(), decode(t, got, tally.Options{}).Summary(), summaries); diff != "" {
		t.Error(diff)
	}
}

func TestHeaderDiffers(t *testing.T) {
	a := tally.Header{Tool: "one", Digests: tally.Digests{Extractors: "same", Catalog: "0123456789abcdef", Rules: "r1"}}
	b := tally.Header{Tool: "two", Digests: tally.Digests{Extractors: "same", Catalog: "fedcba9876543210", Rules: "r1", Options: "tz=UTC"}}
	want := []string{"catalog: 0123456789ab… and fedcba987654…", "options: none and tz=UTC"}
	if diff := cmp.Diff(want, a.Differs(b)); diff != "" {
		t.Error(diff)
	}
	if diff := a.Differs(a); diff != nil {
		t.Error(diff)
	}
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errors.New("disk is full") }

func TestEncodeFails(t *testing.T) {
	wantError(t, goldenTally(t).Encode(fullDisk{}, header), "disk is full")
	x := tally.New(tally.Options{})
	if err := x.Piece(tally.Piece{Source: strings.Repeat("n", 9<<20)}); err != nil {
		t.Fatal(err)
	}
	wantError(t, x.Encode(io.Discard, header), "at most 8388608 can be read back")
}
