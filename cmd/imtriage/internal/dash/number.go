package dash

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/imtriage/imtriage/catalog"
)

// number writes 12031 as 12,031.
func number(n int64) string {
	s := strconv.FormatInt(n, 10)
	first := 0
	if n < 0 {
		first = 1
	}
	for i := len(s) - 3; i > first; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// short writes a number in at most six columns, as 12,031 or 1.2M.
func short(n int64) string {
	s := number(n)
	v := float64(n)
	for _, unit := range "kMGTPE" {
		if len(s) <= 6 {
			break
		}
		v /= 1000
		if math.Abs(v) < 9.95 {
			s = fmt.Sprintf("%.1f%c", v, unit)
		} else if math.Abs(v) < 999.5 {
			s = fmt.Sprintf("%.0f%c", v, unit)
		}
	}
	return s
}

// rate writes a number for each minute or second.
func rate(v float64) string {
	switch {
	case math.IsNaN(v) || v < 0:
		return "–"
	case v == 0:
		return "0"
	case v < 9.95:
		return fmt.Sprintf("%.1f", v)
	}
	return short(int64(math.Round(min(v, 1e18))))
}

// size writes a number of bytes with the binary unit that leaves three figures.
func size(n int64) string {
	const units = "KMGTPE"
	if n < 1024 {
		return strconv.FormatInt(max(n, 0), 10) + " B"
	}
	v, u := float64(n)/1024, 0
	for v >= 999.5 && u < len(units)-1 {
		v /= 1024
		u++
	}
	if v < 9.95 {
		return fmt.Sprintf("%.1f %ciB", v, units[u])
	}
	return fmt.Sprintf("%.0f %ciB", v, units[u])
}

// duration writes a length of time in its two largest units, as 3d 4h or 12m 5s.
func duration(d time.Duration, l catalog.Lang) string {
	units := []struct {
		d    time.Duration
		name catalog.Text
	}{
		{24 * time.Hour, catalog.Text{EN: "d", ZH: " 天"}},
		{time.Hour, catalog.Text{EN: "h", ZH: " 小时"}},
		{time.Minute, catalog.Text{EN: "m", ZH: " 分"}},
		{time.Second, catalog.Text{EN: "s", ZH: " 秒"}},
	}
	d = max(d, 0)
	var parts []string
	for i, u := range units {
		n := int64(d / u.d)
		d -= time.Duration(n) * u.d
		if n > 0 || i == len(units)-1 && len(parts) == 0 {
			parts = append(parts, strconv.FormatInt(n, 10)+u.name.In(l))
		} else if len(parts) > 0 {
			break // 3d 5m would look more exact than it is
		}
		if len(parts) == 2 {
			break
		}
	}
	return strings.Join(parts, " ")
}

const sparkBars = "▁▂▃▄▅▆▇█"

// sparkline draws counts, the oldest first, in so many columns, scaled to its own peak. The whole of
// the time is shown: where there are fewer columns than counts, neighbours are added up.
func sparkline(counts []int64, cells int) string {
	cells = min(cells, len(counts))
	if cells < 1 {
		return ""
	}
	sums := make([]float64, cells)
	peak := 0.0
	for i := range sums {
		for _, n := range counts[i*len(counts)/cells : (i+1)*len(counts)/cells] {
			sums[i] += float64(max(n, 0))
		}
		// Columns may stand for different numbers of counts; what is drawn is their average.
		sums[i] /= float64((i+1)*len(counts)/cells - i*len(counts)/cells)
		peak = max(peak, sums[i])
	}
	bars := []rune(sparkBars)
	var b strings.Builder
	for _, v := range sums {
		if v == 0 {
			b.WriteRune('·')
			continue
		}
		level := int(math.Ceil(v / peak * float64(len(bars))))
		b.WriteRune(bars[min(max(level, 1), len(bars))-1])
	}
	return b.String()
}

// clock writes the time of day, or dashes where none is known.
func (m *model) clock(t time.Time) string {
	if t.IsZero() {
		return "--:--:--"
	}
	return t.In(m.zone).Format("15:04:05")
}

// stamp writes date and time.
func (m *model) stamp(t time.Time) string {
	if t.IsZero() {
		return "–"
	}
	return t.In(m.zone).Format("2006-01-02 15:04:05")
}
