package report_test

import (
	"bytes"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/report"
)

var update = flag.Bool("update", false, "rewrite the goldens under testdata")

var shanghai = time.FixedZone("UTC+8", 8*60*60)

// golden compares output with a file under testdata, or writes that.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

func write(t testing.TB, format string, r *report.Report, s report.Style) []byte {
	t.Helper()
	f, err := report.Find(format)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b, r, s); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestGoldens holds every format, language and width of the fixtures.
func TestGoldens(t *testing.T) {
	for _, l := range catalog.Langs() {
		cases := reports(t, l)
		for _, name := range slices.Sorted(maps.Keys(cases)) {
			r := cases[name]
			for _, f := range report.Formats() {
				widths := []int{80}
				if f.Name == "table" && name == "full" {
					widths = []int{60, 80, 120}
				}
				for _, width := range widths {
					file := fmt.Sprintf("%s.%s.golden.%s", name, l, f.Name)
					if f.Name == "table" {
						file = fmt.Sprintf("%s.%s.%d.golden.%s", name, l, width, f.Name)
					}
					t.Run(file, func(t *testing.T) {
						golden(t, file, write(t, f.Name, r, report.Style{Width: width, Zone: shanghai}))
					})
				}
			}
		}
		t.Run("styled "+string(l), func(t *testing.T) {
			s := report.Style{Width: 100, Zone: shanghai, Color: true, Borders: true, Verbose: true}
			golden(t, fmt.Sprintf("full.%s.styled.golden.table", l), write(t, "table", cases["full"], s))
		})
		t.Run("verbose "+string(l), func(t *testing.T) {
			for _, f := range []string{"table", "markdown"} {
				s := report.Style{Width: 80, Zone: shanghai, Verbose: true}
				golden(t, fmt.Sprintf("sick.%s.verbose.golden.%s", l, f), write(t, f, cases["sick"], s))
			}
		})
	}
}
