package scanner

import (
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/imtriage/imtriage/catalog/tally"
)

// TestQuietMembers: what members without a finding hold counts once, and for the archive that they lie in.
func TestQuietMembers(t *testing.T) {
	const line = "all is well\n"
	archive := func(members int) string {
		var files []logFile
		for i := range members {
			files = append(files, logFile{fmt.Sprintf("%d.log", i), line, time.Time{}})
		}
		return zipped(t, files...)
	}
	t.Chdir(t.TempDir())
	const few, many = maxListed - 300, maxListed + 300
	check(
		t, os.WriteFile("a.zip", []byte(archive(few)), 0o600), os.WriteFile("b.zip", []byte(archive(few)), 0o600),
		os.WriteFile("c.zip", []byte(archive(many)), 0o600), os.WriteFile("d.log", []byte(line), 0o600),
	)
	sum := tally.New(tally.Options{})
	sources := Inputs{Now: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)}.Expand([]string{"a.zip", "b.zip", "c.zip", "d.log"})
	check(t, (&Scanner{Extractor: testExtractor(), Jobs: 2}).Scan(t.Context(), sources, counter{sum}))
	s := sum.Summary()
	lines := map[string]int64{}
	for _, in := range s.Inputs {
		lines[in.Name] = in.Lines
	}
	if n := int64(2*few + many + 1); s.Totals.Lines != n || s.Totals.Bytes != n*int64(len(line)) {
		t.Errorf("%d lines, %d bytes, want %d lines", s.Totals.Lines, s.Totals.Bytes, n)
	}
	if len(s.Inputs) != 2*few+maxListed+2 || lines["c.zip"] != many-maxListed || lines["d.log"] != 1 {
		t.Errorf("%d inputs, %d lines of c.zip, %d of d.log", len(s.Inputs), lines["c.zip"], lines["d.log"])
	}
}
