package input_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/scanner/input"
)

func TestRotated(t *testing.T) {
	for _, tc := range []struct{ name, files, want string }{
		{"a file", "app.log", "app.log: app.log"},
		{"numbers count back", "app.log app.log.1 app.log.10.gz app.log.2.gz", "app.log: app.log.10.gz app.log.2.gz app.log.1 app.log"},
		{"dates count on", "a/app.log a/app.log-20260602 a/app.log-20260601.gz", "a/app.log: a/app.log-20260601.gz a/app.log-20260602 a/app.log"},
		{"dates and numbers", "app.log app.log.1 app.log-20260601.gz", "app.log: app.log-20260601.gz app.log.1 app.log"},
		{"a number behind a date", "app.log.2026-06-01.2 app.log.2026-06-01.10 app.log.2026-06-01.1", "app.log: app.log.2026-06-01.1 app.log.2026-06-01.2 app.log.2026-06-01.10"},
		{"hours", "app.log.2026-06-01-02 app.log.2026-06-01-01", "app.log: app.log.2026-06-01-01 app.log.2026-06-01-02"},
		{"without the live file", "app.log.2 app.log.1", "app.log: app.log.2 app.log.1"},
		{"other folders", "a/app.log b/app.log.1", "a/app.log: a/app.log|b/app.log.1: b/app.log.1"},
		{"packed alone", "app.log.gz other.log", "app.log.gz: app.log.gz|other.log: other.log"},
		{"daily logs", "app-20260601.log app-20260602.log", "app-20260601.log: app-20260601.log|app-20260602.log: app-20260602.log"},
		{"no extension", "server.1 server.2 server", "server: server.2 server.1 server"},
		{"versions are no rotation", "v1.2 v1.3 10.1 10.2", "v1.2: v1.2|v1.3: v1.3|10.1: 10.1|10.2: 10.2"},
		{
			"SDK", "imsdk_C.mmap2 imsdk_C_20260602.xlog imsdk_C_20260601(1).xlog imsdk_C_20260601.xlog",
			"imsdk_C_20260602.xlog: imsdk_C_20260601.xlog imsdk_C_20260601(1).xlog imsdk_C_20260602.xlog imsdk_C.mmap2",
		},
		{"open block alone", "imsdk_C.mmap2", "imsdk_C.mmap2: imsdk_C.mmap2"},
		{"other prefix", "imsdk_C.mmap3 app_20260601_2.xlog app_20260601_1.xlog", "imsdk_C.mmap3: imsdk_C.mmap3|app_20260601_1.xlog: app_20260601_1.xlog app_20260601_2.xlog"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			names := strings.Fields(tc.files)
			var got []string
			for _, s := range input.Rotated(names) {
				text := s.Name + ":"
				for _, i := range s.Parts {
					text += " " + names[i]
				}
				got = append(got, text)
			}
			if d := cmp.Diff(tc.want, strings.Join(got, "|")); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

// TestRotatedKeepsAll holds that every name is in one set, whatever the names.
func TestRotatedKeepsAll(t *testing.T) {
	var names []string
	for _, base := range []string{"a", "a.log", "", ".", "..", "x.xlog", "x_20260601.xlog", ".1", "-20260601", "日志.log"} {
		for _, end := range []string{"", ".1", ".gz", ".1.gz", "-20260601", "_2026-06-01.7", ".mmap2", "(1).xlog"} {
			names = append(names, base+end)
		}
	}
	seen := make([]int, len(names))
	for _, s := range input.Rotated(names) {
		for _, i := range s.Parts {
			seen[i]++
		}
	}
	if want := fmt.Sprint(strings.Repeat("1 ", len(names))); fmt.Sprint(strings.Trim(fmt.Sprint(seen), "[]")+" ") != want {
		t.Errorf("sets hold the names %v times, want each once", seen)
	}
}
