package tally_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/redact"
	"github.com/imtriage/imtriage/catalog/tally"
)

// A feed delivers a dense log as a scanner does: block after block, one finding for all, ten
// milliseconds apart, of 25 codes and 200,000 users drawn at random. One user in four is one of 64.
type feed struct {
	draws []draw
	at    int
	f     tally.Finding
	text  string
	now   time.Time
}

// A draw is what tells one finding of a feed from the others.
type draw struct {
	key          tally.Key
	entry        *catalog.Entry
	alternatives []catalog.Family
	fields       tally.Fields
	later        int
}

const feedBlock = 4000 // findings

func newFeed(blocks int, api bool) *feed {
	cat, r := catalog.Builtin(), rand.New(rand.NewPCG(1, 2))
	numbers := []int{
		6206, 6208, 6012, 6014, 7013, 8010, 9508, 9519, 10007, 10010, 10017, 20009, 20012, 30006, 60020, 70001, 70009, 80001, 90048, 120042,
		-10113, -20009, 1002, 70169, 70402,
	}
	out := &feed{
		draws: make([]draw, blocks*feedBlock), now: epoch,
		text: "TIM: 2026-06-01 00:00:00.007 E 28009--1056966507|-login.cpp:313  HandleA2D2OnlineResponse  |task_id:3576|error_code:7013|userid:u_158782",
	}
	for b := range blocks {
		block, later := out.draws[b*feedBlock:][:feedBlock], make(map[tally.Key]int)
		for i := len(block) - 1; i >= 0; i-- {
			d, number := &block[i], numbers[r.IntN(len(numbers))]
			d.entry, d.alternatives = cat.Resolve(number)
			d.key = tally.Key{Family: d.entry.Family, Code: number}
			user := r.IntN(200_000)
			if r.IntN(4) == 0 {
				user %= 64
			}
			if api {
				d.fields = append(d.fields, tally.Field{Key: tally.KeyAPI, Value: fmt.Sprint("v4/openim/call", r.IntN(3))})
			}
			d.fields = append(d.fields, tally.Field{Key: tally.KeyUser, Value: fmt.Sprint("u_", user)})
			d.later, later[d.key] = later[d.key], later[d.key]+1
		}
	}
	return out
}

// next returns a finding that is valid until the next one.
func (s *feed) next() *tally.Finding {
	d := &s.draws[s.at%len(s.draws)]
	s.now = s.now.Add(10 * time.Millisecond)
	s.f = tally.Finding{
		Place: tally.Place{Time: s.now, Source: "/var/log/app/im.log", Offset: int64(s.at) * 150, Line: int64(s.at + 1), Column: 60},
		Code:  d.key.Code, Family: d.key.Family, Alternatives: d.alternatives, Entry: d.entry,
		Fields: d.fields, Extractor: "native", Text: s.text, Later: d.later,
	}
	s.at++
	return &s.f
}

// BenchmarkFeed counts a dense log as the command does, once every code has more users than are
// counted exactly. What it costs to make a finding is there for comparison.
func BenchmarkFeed(b *testing.B) {
	r, err := redact.New(redact.Options{Key: []byte("secret")})
	if err != nil {
		b.Fatal(err)
	}
	for _, api := range []bool{false, true} {
		name := "user"
		if api {
			name = "api and user"
		}
		b.Run(name, func(b *testing.B) {
			s, t := newFeed(16, api), tally.New(tally.Options{Redactor: r})
			for range s.draws {
				t.Finding(s.next())
			}
			b.ReportAllocs()
			for b.Loop() {
				t.Finding(s.next())
			}
		})
	}
	b.Run("nothing", func(b *testing.B) {
		s := newFeed(16, false)
		b.ReportAllocs()
		for b.Loop() {
			s.next()
		}
	})
}
