package main

import (
	"time"

	"github.com/schollz/progressbar/v3"

	"github.com/imtriage/imtriage/report"
)

// progress returns the callback that shows how far a scan is, or nil, and what takes the bar away
// again before anything else is written.
func (a *app) progress(o *options) (show func(input string, bytes int64), done func()) {
	if o.progress == "never" || (o.progress == "auto" && !a.errTerm) {
		return nil, func() {}
	}
	bar := progressbar.NewOptions64(-1,
		progressbar.OptionSetWriter(a.err), progressbar.OptionShowBytes(true), progressbar.OptionClearOnFinish(),
		progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionSpinnerType(14), progressbar.OptionSetDescription("scan"),
		progressbar.OptionSetSpinnerChangeInterval(0), // with an interval, a goroutine of its own draws it
	)
	// A bar that cannot be drawn must not stop the scan.
	show = func(input string, bytes int64) {
		bar.Describe(shorten(report.Sanitize(input), 40))
		_ = bar.Set64(bytes)
	}
	return show, func() { _ = bar.Finish() }
}

// shorten keeps the end of a path.
func shorten(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return "…" + string(r[len(r)-n+1:])
}
