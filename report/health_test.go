package report_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
	"github.com/imtriage/imtriage/report"
)

// TestJSONHealth holds the names of the fields and their order, and that what is plain is left out.
func TestJSONHealth(t *testing.T) {
	health := tally.Health{
		Encoding: "gb18030", EncodingGuessed: true, Skipped: 1, Salvaged: 2, Encrypted: 3, EncryptedBlocks: 4,
		Keys: []string{"3f2a"}, CutLines: 5, TimesGuessed: 6, Members: 7, Passed: 8, Refused: 9,
		Envelope: "cri", Reversed: true, Gaps: 10,
	}
	for i := range reflect.TypeFor[tally.Health]().NumField() {
		if reflect.ValueOf(health).Field(i).IsZero() {
			t.Errorf("the test leaves out %s", reflect.TypeFor[tally.Health]().Field(i).Name)
		}
	}
	for want, h := range map[string]tally.Health{
		`{}`: {},
		`{"encoding":"gb18030","encoding_guessed":true,"skipped_bytes":1,"salvaged_bytes":2,"encrypted_bytes":3,"encrypted_blocks":4,` +
			`"encrypted_keys":["3f2a"],"cut_lines":5,"times_guessed":6,"members":7,"members_passed":8,"members_refused":9,` +
			`"envelope":"cri","reversed":true,"missing_blocks":10}`: health,
	} {
		r := report.New(&tally.Summary{Inputs: []tally.Input{{Name: "a", Health: h}}}, nil, report.Options{})
		var got struct{ Inputs []struct{ Health any } }
		data := write(t, "json", r, report.Style{})
		if err := json.Unmarshal(data, &got); err != nil {
			t.Fatal(err)
		}
		flat := strings.NewReplacer("\n", "", " ", "").Replace(string(data))
		if !strings.Contains(flat, `"health":`+want+`,`) {
			t.Errorf("health %v, want %s", got.Inputs[0].Health, want)
		}
	}
}

// TestHealthIsSaid checks which facts stand in which form of a report.
func TestHealthIsSaid(t *testing.T) {
	skipped := tally.Health{Skipped: 5 << 10, Gaps: 1}
	locked := tally.Health{Skipped: 5 << 10, EncryptedBlocks: 2, Encrypted: 100}
	dates := tally.Health{TimesGuessed: 1}
	for _, tc := range []struct {
		name        string
		health      tally.Health
		complete    bool
		short, long string // what is said without and with Verbose; "" for nothing
	}{
		{"damage", skipped, false, "5.0 KiB skipped", "1 block missing"},
		{"damage of a whole input", skipped, true, "", "5.0 KiB skipped"},
		{"locked", locked, true, "2 encrypted blocks (100 B)", "5.0 KiB skipped"},
		{"bytes alone", tally.Health{Encrypted: 100}, true, "100 B encrypted", "100 B encrypted"},
		{"a date", dates, true, "The date of 1 record was guessed: see --date", "1 date guessed"},
		{"an encoding", tally.Health{Encoding: "gbk", EncodingGuessed: true}, true, "The encoding of 1 input was guessed (gbk)", "decoded from gbk (guessed)"},
		{"a known encoding", tally.Health{Encoding: "utf-16le"}, true, "", "decoded from utf-16le"},
		{"a guess of plain text", tally.Health{EncodingGuessed: true}, true, "", ""},
	} {
		for _, format := range []string{"table", "markdown"} {
			t.Run(tc.name+" "+format, func(t *testing.T) {
				in := tally.Input{Name: "a.log", Kind: "text", Lines: 1, Bytes: 10, Complete: tc.complete, Health: tc.health}
				r := report.New(&tally.Summary{Inputs: []tally.Input{in}, Totals: tally.Totals{Inputs: 1, Lines: 1}}, nil, report.Options{})
				short := string(write(t, format, r, report.Style{}))
				long := string(write(t, format, r, report.Style{Verbose: true}))
				if !strings.Contains(short, tc.short) || !strings.Contains(long, tc.long) || !strings.Contains(long, tc.short) {
					t.Errorf("no %q in\n%s\nor no %q in\n%s", tc.short, short, tc.long, long)
				}
				if tc.short == "" && (strings.Contains(short, tc.long) && tc.long != "" || strings.Contains(short, "guessed")) {
					t.Errorf("too much in\n%s", short)
				}
			})
		}
	}
}

// TestLockedInputsAreNotCapped looks for the last of many inputs, which is the one that could not be read.
func TestLockedInputsAreNotCapped(t *testing.T) {
	sum := &tally.Summary{Totals: tally.Totals{Inputs: 100}}
	for i := range 100 {
		sum.Inputs = append(sum.Inputs, tally.Input{Name: fmt.Sprintf("%d.log", i), Complete: true})
	}
	sum.Inputs[99].Health.EncryptedBlocks = 7
	for _, format := range []string{"table", "markdown"} {
		out := string(write(t, format, report.New(sum, nil, report.Options{Lang: catalog.ZH}), report.Style{}))
		if !strings.Contains(out, "99.log") || !strings.Contains(out, "7 个加密块") {
			t.Errorf("%s says nothing of 99.log:\n%s", format, out)
		}
	}
}
