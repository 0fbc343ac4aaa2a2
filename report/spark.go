package report

import (
	"math"
	"strings"
	"time"

	"github.com/imtriage/imtriage/catalog/tally"
)

const sparkBars = "▁▂▃▄▅▆▇█"

// sparkline draws a histogram between two times in so many columns, scaled to its own peak.
// Because all codes of a report share the axis, bars above each other happened together. A dot
// stands for nothing found; it returns "" where there is no time to draw.
func sparkline(h *tally.Histogram, first, last time.Time, cells int) string {
	if len(h.Buckets) == 0 || first.IsZero() || cells < 1 {
		return ""
	}
	width := max(last.Sub(first), time.Second) / time.Duration(cells)
	if width <= 0 {
		return ""
	}
	sums := make([]float64, cells)
	for _, b := range h.Buckets {
		// A bucket may be wider than a column: its count is spread evenly over the part of it
		// that lies on the axis.
		from := max(b.T.Sub(first), 0)
		to := min(b.T.Add(h.Step).Sub(first), width*time.Duration(cells))
		i := min(max(int(from/width), 0), cells-1)
		j := min(max(int((to-1)/width), i), cells-1)
		for k := i; k <= j; k++ {
			sums[k] += float64(b.N) / float64(j-i+1)
		}
	}
	peak := 0.0
	for _, v := range sums {
		peak = max(peak, v)
	}
	bars := []rune(sparkBars)
	var b strings.Builder
	for _, v := range sums {
		if v == 0 {
			b.WriteRune('·')
			continue
		}
		level := int(math.Ceil(v / peak * float64(len(bars))))
		b.WriteRune(bars[max(level, 1)-1])
	}
	return b.String()
}
