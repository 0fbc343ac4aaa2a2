package main

import (
	"math/rand/v2"
	"strconv"
	"time"
)

// A generator writes one line at a time into buf and notes the codes that it presents.
type generator struct {
	rng   *rand.Rand
	buf   []byte
	codes []int
	now   time.Time
	burst int // lines of a burst that are left
}

func newGenerator(seed uint64) *generator {
	return &generator{
		rng: rand.New(rand.NewPCG(seed, 0x1a7e5)),
		now: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC),
	}
}

// known are codes as apps meet them, the common ones more often.
var known = []struct {
	code int
	text string
}{
	{6206, "user sig expired"},
	{6014, "not logged in"},
	{9519, "wait send timeout"},
	{9508, "network disconnected"},
	{70001, "UserSig expired"},
	{70009, "UserSig verification failed, key does not match"},
	{10007, "no permission to operate the group"},
	{10010, "group not exist"},
	{10017, "muted in the group"},
	{20009, "not friends of each other"},
	{20012, "sender is muted"},
	{6208, "kicked offline by another device"},
	{6012, "request timeout"},
	{7013, "plan does not support it"},
	{8010, "invalid signaling"},
	{80001, "message is illegal"},
	{90048, "account does not exist"},
	{30006, "internal error of relations"},
	{60020, "plan expired"},
	{-10113, "request rate of the user is limited"},
	{-20009, "requests are too frequent"},
	{120042, "refused by the order service"},
}

// put appends texts and ints.
func (g *generator) put(parts ...any) {
	for _, p := range parts {
		switch p := p.(type) {
		case string:
			g.buf = append(g.buf, p...)
		case int:
			g.buf = strconv.AppendInt(g.buf, int64(p), 10)
		case []byte:
			g.buf = append(g.buf, p...)
		}
	}
}

// tick moves the clock on by up to 20 ms and returns it in a layout.
func (g *generator) tick(layout string) string {
	g.now = g.now.Add(time.Duration(g.rng.IntN(20_000)) * time.Microsecond)
	return g.now.Format(layout)
}

const (
	dotted = "2006-01-02 15:04:05.000"
	comma  = "2006-01-02 15:04:05,000"
	iso    = "2006-01-02T15:04:05.000Z07:00"
	slash  = "2006/01/02 15:04:05.000000"
	access = "02/Jan/2006:15:04:05 -0700"
)

// user picks one of 200,000, a few of them often.
func (g *generator) user() int {
	n := g.rng.IntN(200_000)
	return n * g.rng.IntN(1000) / 1000 % 200_000
}

// code picks one and notes it.
func (g *generator) code() (int, string) {
	i := min(g.rng.IntN(len(known)), g.rng.IntN(len(known)))
	g.codes = append(g.codes, known[i].code)
	return known[i].code, known[i].text
}

func (g *generator) sparse() {
	if g.rng.IntN(100) == 0 {
		g.dense()
		return
	}
	noise[g.rng.IntN(len(noise))](g)
	g.put("\n")
}

func (g *generator) dense() {
	hits[g.rng.IntN(len(hits))](g)
	g.put("\n")
}

// mixed is sparse with outages: bursts of one shape and one code.
func (g *generator) mixed() {
	if g.burst == 0 && g.rng.IntN(2000) == 0 {
		g.burst = 200 + g.rng.IntN(800)
	}
	if g.burst > 0 {
		g.burst--
		g.dense()
		return
	}
	g.sparse()
}

// huge is a line of a mebibyte: an array of answers, as batch exports write them.
func (g *generator) huge() {
	g.put(`{"time":"`, g.tick(iso), `","answers":[`)
	for i := 0; len(g.buf) < 1<<20; i++ {
		if i > 0 {
			g.put(",")
		}
		code, text := g.code()
		g.put(`{"ActionStatus":"FAIL","ErrorInfo":"`, text, `","ErrorCode":`, code, `,"From_Account":"u_`, g.user(), `"}`)
	}
	g.put("]}\n")
}
