package dash

import (
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog"
)

func TestNumbers(t *testing.T) {
	for _, tc := range []struct{ got, want string }{
		{number(0), "0"},
		{number(-12031), "-12,031"},
		{number(math.MinInt64), "-9,223,372,036,854,775,808"},
		{short(12031), "12,031"},
		{short(100_000), "100k"},
		{short(1_204_331), "1.2M"},
		{short(12_000_000_000), "12G"},
		{short(math.MaxInt64), "9.2E"},
		{rate(0), "0"},
		{rate(0.04), "0.0"},
		{rate(122.5), "123"},
		{rate(math.Inf(1)), "1.0E"},
		{rate(math.NaN()), "–"},
		{size(-1), "0 B"},
		{size(1023), "1023 B"},
		{size(3277), "3.2 KiB"},
		{size(math.MaxInt64), "8.0 EiB"},
		{duration(0, catalog.EN), "0s"},
		{duration(-time.Hour, catalog.EN), "0s"},
		{duration(3*time.Hour+4*time.Minute+5*time.Second, catalog.EN), "3h 4m"},
		{duration(72*time.Hour+5*time.Minute, catalog.ZH), "3 天"},
		{duration(90*time.Second, catalog.ZH), "1 分 30 秒"},
	} {
		if diff := cmp.Diff(tc.want, tc.got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

func TestSparkline(t *testing.T) {
	for _, tc := range []struct {
		name   string
		counts []int64
		cells  int
		want   string
	}{
		{"none", nil, 10, ""},
		{"no room", []int64{1}, 0, ""},
		{"nothing found", []int64{0, 0}, 10, "··"},
		{"its own peak", []int64{0, 1, 4, 8}, 4, "·▁▄█"},
		{"the least that is there shows", []int64{1, 1000}, 2, "▁█"},
		{"neighbours together", []int64{0, 0, 4, 4, 8, 8}, 3, "·▄█"},
		{"uneven neighbours", []int64{5, 5, 5, 5, 5}, 2, "██"},
		{"below nothing", []int64{-5, 5}, 2, "·█"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, sparkline(tc.counts, tc.cells)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestFit(t *testing.T) {
	for _, tc := range []struct{ got, want string }{
		{fit("登录", 6), "登录  "},
		{fit("登录失败", 6), "登录… "},
		{fit("登录", -3), ""},
		{fitRight("70003", 8), "   70003"},
		{fitRight("70003", 3), "70…"},
		{fitEnd("/var/log/app.log", 8), "…app.log"},
		{fitEnd("/var/日志.log", 8), "…志.log "},
		{fitEnd("a", 0), ""},
		{withoutLast("登录👩‍👧"), "登录"},
		{withoutLast(""), ""},
	} {
		if diff := cmp.Diff(tc.want, tc.got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}
