package alert_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/cmd/imtriage/internal/alert"
	"github.com/imtriage/imtriage/rules"
)

func TestRateLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := serve("dingtalk")
		d := load(t, hook("dingtalk", ""), alert.Options{Env: hookEnv, HTTP: s})
		work(t, d)
		for i := range 200 { // one every second: ten times what the robot takes
			d.Send(sample(rules.Raised, fmt.Sprintf("u%d", i)))
			later(time.Second)
		}
		later(2 * time.Minute)
		requests := s.got()
		for i := range requests {
			n := 0
			for _, r := range requests[i:] {
				if r.at.Sub(requests[i].at) < time.Minute {
					n++
				}
			}
			if n > 20 {
				t.Fatalf("%d messages within a minute from %s on", n, requests[i].at)
			}
		}
		if h := d.Health()[0]; h.Sent != 200 || h.Dropped != 0 {
			t.Errorf("the health is %+v, want all sent", h)
		}
		all := ""
		for _, r := range requests {
			all += r.body
		}
		if !strings.Contains(all, "alerts: raised") {
			t.Error("nothing was summed up")
		}
	})
}

func TestFullQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := serve("generic")
		s.answer = func(n int) (int, string, string) { return []int{503, 200, 200, 200, 200}[min(n, 5)-1], "", "" }
		d := load(t, hook("generic", ", queue: 3"), alert.Options{Env: hookEnv, HTTP: s})
		work(t, d)
		for i, class := range []catalog.Class{catalog.Fatal, catalog.Warning, catalog.Error, catalog.Warning, catalog.Error} {
			a := sample(rules.Raised, fmt.Sprint(i))
			a.Class = class
			d.Send(a)
			synctest.Wait()
		}
		later(time.Minute)
		type told struct {
			Dropped int64
			Alerts  []struct{ Group map[string]string }
		}
		var groups []string
		var dropped []int64
		for _, r := range s.got()[1:] {
			var got told
			if err := json.Unmarshal([]byte(r.body), &got); err != nil {
				t.Fatal(err)
			}
			dropped = append(dropped, got.Dropped)
			groups = append(groups, got.Alerts[0].Group["user"])
		}
		if want := []string{"0", "2", "4"}; !slices.Equal(groups, want) {
			t.Errorf("got the alerts %q, want %q: the least important go", groups, want)
		}
		if want := []int64{2, 0, 0}; !slices.Equal(dropped, want) {
			t.Errorf("the messages say that %d were dropped, want %d", dropped, want)
		}
		if h := d.Health()[0]; h.Dropped != 2 || h.Sent != 3 {
			t.Errorf("the health is %+v, want two dropped and three sent", h)
		}
	})
}

// TestImproper holds that one alert that a service finds improper takes no other one with it, and
// that the text of a stranger does not keep the alert about it back.
func TestImproper(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := serve("dingtalk")
		s.answer = func(n int) (int, string, string) {
			if body := s.requests[n-1].body; strings.Contains(body, "7 alerts") || strings.Contains(body, "improper") {
				return 200, "", `{"errcode":430102,"errmsg":"improper text"}`
			}
			return 200, "", taken["dingtalk"]
		}
		d := load(t, hook("dingtalk", ", group-wait: 1s"), alert.Options{Env: hookEnv, HTTP: s})
		work(t, d)
		for i := range 7 {
			a := sample(rules.Raised, fmt.Sprint(i))
			if i == 3 {
				a.Evidence = "improper"
			}
			d.Send(a)
		}
		later(time.Minute)
		if h := d.Health()[0]; h.Sent != 7 || h.Refused != 0 || h.Queued != 0 {
			t.Errorf("the health is %+v, want all sent", h)
		}
		if n := len(s.got()); n != 9 {
			t.Errorf("%d messages, want the digest, seven, and one of them again", n)
		}
	})
}
