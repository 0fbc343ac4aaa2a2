//go:build outside

package scanner_test

import (
	"compress/gzip"
	"io"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestRealBanners reads a log that a real SDK wrote: three processes, one after the other, and nobody logs in.
func TestRealBanners(t *testing.T) {
	f, err := os.Open("../../shared/fixtures/xlog/real_imsdk8_C.xlog.txt.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	s := count(t, builtin(t), string(text), 0, len(text)).Summary()
	var got []int64
	for _, one := range s.Inputs[0].Sessions {
		got = append(got, one.PID)
		if one.AppID != "1400187352" || one.Version != "8.0.5903" || one.Platform != "Linux" || one.Device == "" || one.User != "" || one.Started.IsZero() {
			t.Errorf("session %+v", one)
		}
	}
	if diff := cmp.Diff([]int64{19353, 19399, 19539}, got); diff != "" {
		t.Error(diff)
	}
	for _, sample := range s.Codes[0].Samples {
		if sample.Fields.Get("version") != "8.0.5903" {
			t.Errorf("not joined: %+v", sample)
		}
	}
}
