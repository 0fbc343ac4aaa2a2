package tally_test

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog/tally"
)

func keys(ns ...uint64) string {
	var b []byte
	for _, n := range ns {
		b = binary.BigEndian.AppendUint64(b, n)
	}
	return base64.RawStdEncoding.EncodeToString(b)
}

// TestDecodeRefuses changes one thing in a good partial.
func TestDecodeRefuses(t *testing.T) {
	lines := strings.SplitAfter(golden, "\n")
	zeros := strings.Repeat("A", 1<<14)
	const user1 = `"keys":"yM62GADoYFY","counts":"AQ"`
	tests := []struct{ name, old, new, want string }{
		{"not a partial", lines[0], "2026-03-01 E imsdk\n", "not a partial: the first line has no schema"},
		{"other JSON", lines[0], "{\"a\":1}\n", "not a partial"},
		{"later schema", "partial/1", "partial/2", `schema "imtriage.partial/2" is not known to this version`},
		{"unknown header", `"tool"`, `"a":1,"tool"`, "partial, line 1: "},
		{"too many samples", `"samples":2}`, `"samples":65}`, "65 is not in 0 to 64"},
		{"unknown section", lines[4], "{\"verdict\":{}}\n" + lines[4], `line 5: section "verdict" is not known to this version`},
		{"no section", lines[4], "[]\n", "not an object with a section's name"},
		{"null section", lines[5], "{\"other\":null}\n", `want one section "other"`},
		{"two sections", `{"other":{"ok":1}}`, `{"other":{"ok":1},"mark":{"event":"z","count":1}}`, "want one section"},
		{"order of sections", lines[1] + lines[2], lines[2] + lines[1], `section "input" behind "code"`},
		{"order of codes", lines[2] + lines[3], lines[3] + lines[2], "code 6206 of sdk is not in order"},
		{"input twice", lines[1], lines[1] + lines[1], `input "app.log" is not in order`},
		{"mark twice", lines[4], lines[4] + lines[4], `mark "kicked" is not in order`},
		{"other twice", lines[5], lines[5] + lines[5], "more than one section"},
		{"white space", `"count":2`, `"count": 2`, "not in the form"},
		{"case of a member", `"count":2`, `"Count":2`, "not in the form"},
		{"unknown member", `"count":2`, `"count":2,"x":1`, "unknown field"},
		{"unknown family", `"family":"web"`, `"family":"wap"`, "unknown family"},
		{"escaped text", `"<a&b>","n"`, `"\u003ca&b>","n"`, "not in the form"},
		{"invalid UTF-8", `"text":"text"}`, "\"text\":\"\xff\"}", "not in the form"},
		{"negative count", `"count":2`, `"count":-2`, "is not a count"},
		{"huge count", `"ok":1`, `"ok":9223372036854775807`, "is not a count"},
		{"count without buckets", `"count":2`, `"count":3`, "the histogram does not fit"},
		{"times turned round", `"first":1772366401000000000`, `"first":1772366403000000000`, "does not fit count and times"},
		{"mark beyond 2261", `"last":1772366400000000000`, `"last":9223372036854775807`, "times out of range"},
		{"unknown step", `{"step":1,"no_time":1}`, `{"step":7,"no_time":1}`, "7 s is not a step"},
		{"bucket out of range", `[[1772366401,1]`, `[[-1,1]`, "bucket -1 is out of range"},
		{"buckets in disorder", `[1772366401,1],[1772366402,1]`, `[1772366402,1],[1772366401,1]`, "not in the form"},
		{"keys in disorder", user1, `"keys":"` + keys(2, 1) + `","counts":"AQE"`, "not in the form"},
		{"key twice", user1, `"keys":"` + keys(1, 1) + `","counts":"AQE"`, "not in the form"},
		{"more keys than findings", `"keys":"yM62GADoYFY"`, `"keys":"` + keys(1, 2, 3) + `"`, "24 bytes of keys for 2 findings"},
		{"broken key", `"keys":"yM62GADoYFY"`, `"keys":"K1Wj"`, "3 bytes of keys"},
		{"neither keys nor sketch", user1, ``, "want either keys with counts or a sketch"},
		{"keys without counts", `,"counts":"AQ"`, ``, "want either keys with counts or a sketch"},
		{"sketch with counts", `"keys":"yM62GADoYFY"`, `"sketch":"` + zeros + `"`, "want either keys with counts or a sketch"},
		{"sketch of few", user1, `"sketch":"` + zeros + `"`, "a sketch for 2 findings"},
		{"counts no base64", `"counts":"AQ"`, `"counts":"!"`, "users: illegal base64"},
		{"user counted too often", `"counts":"AQ"`, `"counts":"Aw"`, "counts that do not fit 2 findings"},
		{"user not counted", `"counts":"AQ"`, `"counts":"AA"`, "counts that do not fit"},
		{"count cut short", `"counts":"AQ"`, `"counts":"gQ"`, "counts that do not fit"},
		{"count written longer", `"counts":"AQ"`, `"counts":"gQA"`, "not in the form"},
		{"more counts than keys", `"counts":"AQ"`, `"counts":"AQE"`, "more counts than keys"},
		{"name counted too often", `"<a&b>","n":1`, `"<a&b>","n":3`, "3 of 2 findings"},
		{"samples missing", `,"samples":[{"source"`, `,"xamples":[{"source"`, "unknown field"},
		{"negative offset", `"offset":1,`, `"offset":-1,`, "a negative place"},
		{"alternatives twice", `["sdk"]`, `["sdk","sdk"]`, "not in the form"},
		{"sessions out of range", `"offset":70`, `"offset":-70`, "a place, a time or a process out of range"},
		{"no such process", `"pid":7`, `"pid":4294967296`, "a place, a time or a process out of range"},
		{"sessions missing", `"banners":{"count":1`, `"banners":{"count":2`, "1 lines of 2 that tell of sessions, want 2"},
		{"no sessions", `"banners":{"count":1`, `"banners":{"count":0`, "is not a count"},
		{"more sessions than counted", `"logins":{"count":1,"lines":[`, `"logins":{"count":1,"lines":[{"offset":1,"user":"b"},`, "2 lines of 1"},
		{"sessions in disorder", `"logins":{"count":1,"lines":[`, `"logins":{"count":2,"lines":[{"offset":81,"user":"b"},`, "not in the form"},
		{"a banner with a user", `"device":"d"`, `"device":"d","user":"u"`, "a banner with a user"},
		{"a login with a version", `"user":"a"`, `"version":"8.0","user":"a"`, "or a login with more"},
		{"negative bytes", `"skipped":12`, `"skipped":-12`, "health: a number is not a count"},
		{"huge count of members", `"members":5`, `"members":9223372036854775807`, "health: a number is not a count"},
		{"keys of a file in disorder", `["0a1b","3f2a"]`, `["3f2a","0a1b"]`, "not in the form"},
		{"key of a file twice", `["0a1b","3f2a"]`, `["0a1b","0a1b"]`, "not in the form"},
		{"too many keys of a file", `["0a1b","3f2a"]`, `["0","1","2","3","4"]`, "not in the form"},
		{"long name of an encoding", `"gb18030"`, `"` + strings.Repeat("x", 33) + `"`, "not in the form"},
		{"nothing guessed", `"encoding_guessed":true`, `"encoding_guessed":false`, "not in the form"},
		{"unknown health", `"gaps":6`, `"gaps":6,"mood":1`, "unknown field"},
		{"empty health", `"gaps":6}`, `"gaps":6},"health":{}`, "not in the form"},
		{"overlap", `[[0,100,9]]`, `[[0,50,4],[40,100,5]]`, "bytes 40 to 50 are counted already"},
		{"neighbours apart", `[[0,100,9]]`, `[[0,50,4],[50,100,5]]`, "not in the form"},
		{"findings of nothing", `"findings":3`, `"findings":4`, "1 findings more than its codes"},
		{"long line", `"text":"text"}`, `"text":"` + strings.Repeat("x", 8<<20) + `"}`, "longer than 8388608 bytes"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			changed := strings.Replace(golden, tc.old, tc.new, 1)
			if changed == golden {
				t.Fatal("nothing changed")
			}
			_, _, err := tally.Decode(strings.NewReader(seal(changed)), tally.Options{})
			wantError(t, err, tc.want)
			wantDamage(t, err, strings.HasPrefix(changed, lines[0]))
		})
	}
}

func wantDamage(t *testing.T, err error, want bool) {
	t.Helper()
	if got := errors.Is(err, tally.ErrDamaged); got != want {
		t.Errorf("damaged %v, want %v: %v", got, want, err)
	}
}

func TestDecodeDamage(t *testing.T) {
	whole := seal(golden)
	first := strings.Index(golden, "\n")
	tests := []struct{ name, text, want string }{
		{"nothing", "", "partial is cut short after 0 lines"},
		{"half a first line", whole[:first], "partial is cut short after 0 lines"},
		{"first line only", whole[:first+1], "partial is cut short after 1 lines"},
		{"no last line", golden, "partial is cut short after 6 lines"},
		{"half a line", whole[:len(golden)-5], "partial is cut short after 5 lines"},
		{"last line end", whole[:len(whole)-1], "partial is cut short after 6 lines"},
		{"something behind", whole + "\n", "line 7: something follows"},
		{"two in one", whole + whole, "line 7: something follows"},
		{"a line lost", strings.Replace(whole, "{\"other\":{\"ok\":1}}\n", "", 1), "the file was changed: it has 5 lines"},
		{"a digit changed", strings.Replace(whole, `"ok":1`, `"ok":2`, 1), "the file was changed"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			_, _, err := tally.Decode(strings.NewReader(tc.text), tally.Options{})
			wantError(t, err, tc.want)
			wantDamage(t, err, len(tc.text) > first)
		})
	}
}

// TestDecodeDamageAnywhere changes, takes away or cuts off at any byte behind the first line.
func TestDecodeDamageAnywhere(t *testing.T) {
	whole := seal(golden)
	for i := strings.Index(whole, "\n") + 1; i < len(whole); i++ {
		for name, text := range map[string]string{
			"changed": whole[:i] + string(whole[i]^1) + whole[i+1:], "lost": whole[:i] + whole[i+1:], "cut off": whole[:i],
		} {
			if _, _, err := tally.Decode(strings.NewReader(text), tally.Options{}); !errors.Is(err, tally.ErrDamaged) {
				t.Errorf("byte %d %s: %v", i, name, err)
			}
		}
	}
}

// TestDecodeReaderFails: a disk that fails says nothing about the file.
func TestDecodeReaderFails(t *testing.T) {
	for _, n := range []int{10, len(golden), len(seal(golden))} {
		r := io.MultiReader(strings.NewReader(seal(golden)[:n]), iotest.ErrReader(errors.New("disk is gone")))
		_, _, err := tally.Decode(r, tally.Options{})
		wantError(t, err, "disk is gone")
		wantDamage(t, err, false)
	}
}

func TestDecodeWithFewerSamples(t *testing.T) {
	for want, k := range []int{-1, 1, 0, 0} {
		x := decode(t, seal(golden), tally.Options{Samples: k})
		if got := len(x.Summary().Codes[0].Samples); got != min(want, 2) {
			t.Errorf("%d samples with Samples %d, want %d", got, k, min(want, 2))
		}
	}
}

// FuzzDecode: whatever Decode accepts, Encode writes again byte by byte.
func FuzzDecode(f *testing.F) {
	f.Add(golden)
	f.Add(goldenRecords)
	bounds := small
	bounds.Pool = 4096 // beyond it Decode does not refuse: the catalog may be another one
	x := tally.New(tally.Options{}.Within(bounds))
	for i := range 40 {
		x.Finding(finding("sdk", 6206, time.Duration(i*i)*time.Hour, user(fmt.Sprint(i)), host(fmt.Sprint(i))))
		x.Finding(finding("web", 990000+i, 0, user(fmt.Sprint(i))))
		x.Mark(&tally.Mark{Event: fmt.Sprint(i)})
		x.Mark(banner(int64(i), i%3))
		x.Mark(login(int64(i), i%3, fmt.Sprint(i)))
	}
	text := encode(f, x)
	f.Add(text[:strings.LastIndex(text, `{"end"`)])
	f.Fuzz(func(t *testing.T, lines string) {
		for _, text := range []string{lines, seal(lines)} {
			x, h, err := tally.Decode(strings.NewReader(text), tally.Options{Records: newRecords()}.Within(bounds))
			if err != nil {
				continue
			}
			x.Summary()
			var b strings.Builder
			if err := x.Encode(&b, h); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(text, b.String()); diff != "" {
				t.Error(diff)
			}
		}
	})
}

// manyUsers returns the lines of a partial with a sketch in them.
func manyUsers(t *testing.T) string {
	t.Helper()
	x := tally.New(tally.Options{Samples: -1})
	for i := range 1100 {
		x.Finding(finding("sdk", 6206, 0, user(fmt.Sprint("u", i))))
		x.Finding(finding("web", 990000+i%3, 0))
	}
	text := encode(t, x)
	return text[:strings.LastIndex(text, `{"end"`)]
}

func TestDecodeSketch(t *testing.T) {
	lines := manyUsers(t)
	at := strings.Index(lines, `"sketch":"`) + len(`"sketch":"`)
	tests := []struct{ name, sketch, want string }{
		{"no digit", "!" + lines[at+1:at+1<<14], "users: hyperloglog: register 0 = 255, max 51"},
		{"no rank", "0" + lines[at+1:at+1<<14], "users: hyperloglog: register 0 = 52, max 51"},
		{"short", lines[at+1 : at+1<<14], "users: hyperloglog"},
		{"long", "A" + lines[at:at+1<<14], "users: hyperloglog"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			_, _, err := tally.Decode(strings.NewReader(seal(lines[:at]+tc.sketch+lines[at+1<<14:])), tally.Options{})
			wantError(t, err, tc.want)
		})
	}
}

func TestDecodeBoundsEvents(t *testing.T) {
	o := tally.Options{}.Within(small)
	lines := strings.SplitAfter(golden, "\n")
	for i := range small.Events + 1 {
		lines[4] += fmt.Sprintf("{\"mark\":{\"event\":\"x%d\",\"count\":1}}\n", i)
	}
	_, _, err := tally.Decode(strings.NewReader(seal(strings.Join(lines, ""))), o)
	wantError(t, err, "more than 3 events")
}

// TestDecodeElsewhere reads a partial whose numbers are more than this side keeps apart.
func TestDecodeElsewhere(t *testing.T) {
	o := tally.Options{}.Within(tally.Bounds{Pool: 1, Users: 1024, Buckets: 256, Names: 256, Events: 256, Pieces: 4096, Sessions: 128})
	s := decode(t, seal(manyUsers(t)), o).Summary()
	if len(s.Unknown) != 1 || s.Unknown[0].Count+s.UnknownOther != 1100 || s.Totals.Findings != 2200 || s.Totals.Unknown != 1100 {
		t.Errorf("totals %+v, %d of other numbers", s.Totals, s.UnknownOther)
	}
}
