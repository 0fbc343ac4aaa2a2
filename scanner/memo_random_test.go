package scanner

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/scanner/internal/automaton"
)

// statements are lines of which logs are made by filling their numbers and ids anew.
var statements = []string{
	"TIM: 2026-06-01 10:00:00.519 E 28587--1056966976|-login.cpp:313   HandleA2D2  |task_id:2|error_code:9523|error_message:timed out|userid:u_17",
	"2026-06-01T10:00:01.519+0800 ERROR [4bf92f3577b34da6] im.ImClient - login failed, code: 70001, msg: UserSig expired, user=u_12",
	"06-01 10:24:31.128  8123  8104 I MainActivity: onConnectFailed, code:9508, message:ERR_ACCESS_DENIED",
	`10.0.3.7 - - [01/Jun/2026:10:00:00 +0800] "POST /v4/openim/sendmsg?sdkappid=1400000123 HTTP/1.1" 200 {"ActionStatus":"FAIL","ErrorCode":70009}`,
	`{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"MsgKey":"31906_833502_1572869830","traceId":"550e8400-e29b-41d4-a716-446655440000"}`,
	`2026-06-01 10:00:00,519 INFO [exec-7] c.e.im.ImClient - answer {"ActionStatus":"OK","ErrorCode":0,"MsgTime":1780300000} (45 ms)`,
	`{"ts":"2026-06-01T10:00:00Z","id":"TnzlC5oWbEki11WPNOX9Au","msg":"im","resp":{"ActionStatus":"FAIL","ErrorCode":20009,"From_Account":"u1"}}`,
	"V2TIM code: abf92f3577b34da6 x code: 6014, desc: not login",
	"request a1b2c3d4错误码 6014 提示：未登录 IM 5 次",
	"V2TIM11 c2c9 sendC2CMessage 12 failed code=20009 msg=not friend user u_1001 and code=-20009 again",
	"4-InitIMCore 3-Online |Fail|msg=no network 17 V2TIM 6200",
	"sendMessage failed, c2c v4/group a7b error: code 10010 AppID 1400000123 group not exist",
	" TIM  17:38:38.986 Oops! code:2024 message: | getConversationList | 9f8e7d6c5b4a",
	"<-- 502 Bad Gateway https://console.tim.qq.com/v4/openim/sendmsg (123ms) 7f9c2ba4e88f827d",
	"req-4f5a6b-2026-06-01 10:00:00 IM error_code 6206 cost=15ms",
	"quitGroup error: { message: 'group 10 of u7 ', code: 2623, data: {} }",
	"ERR_SVR_GROUP_10010 V2TIM failed: 10010 (ERR_SDK_NOT_LOGGED_IN) 6014%2C 6014.0 6014-1 6014:2 1e3",
	"evt=x_login5 a9 kode:6014 usr=b3 KODE=70001/4bfa1b2c 70001 4bf92f3577b34da6x 30 aba1bab2c",
	"kick off by other device 12", "plain line 5 of 4bf92f3577b34da6", "{", "  \"ErrorCode\": 90001,", "}", "\tat im.F(F.java:12) code: 6014", "",
	"joinGroup error: n [Error]", "  code: 2801,", "kode:", "6014 beside", "TIM: ======  SDK APP ID:  1400000123", "TIM: ======  Process ID:  19568",
	"Caused by: code: 6014 IM", "错误码：6012 ；错误信息：请求超时 70001错误", "code: 6014 IM １２ 12é7 \xff8 \r9 IM error_code: 70009\rIM error_code: 70009",
}

// oddPack has what no pack of ours has: literals in digits, over a line break, in upper case, of three bytes, that look like a
// part of an id, and beyond ASCII; patterns that see far, that no automaton runs, that are unclear and that take many states.
var oddPack = Pack{
	Evidence: []Evidence{{Name: "odd", Weight: 6, Words: []string{"*x9y*", "9zz", "q-0*", "*120*", "*bf9*", "*_a7", "1é7"}}},
	Extractors: []Spec{
		{Name: "digits", Literals: []string{"70001", "502", "120"}, Pattern: `(?P<code>\d+)\b`, Weight: new(int)},
		{Name: "digits-alone", Literals: []string{"6014"}, Pattern: `6014\b`, Before: `[^\d]`, Event: "x_alone"},
		{Name: "break", Literals: []string{"kode:\n"}, Pattern: `kode:\n(?P<code>\d+)`, Lines: 2},
		{Name: "break-before", Literals: []string{"\n  code"}, Pattern: `\s+code: (?P<code>\d+)`, Lines: 3},
		{Name: "upper", Literals: []string{"KODE="}, Pattern: `(?i)kode=(?P<code>\d+)(?P<x_rest>.*)`},
		{Name: "three", Literals: []string{"de:"}, Pattern: `de: ?(?P<code>-?\d+)`, Unless: `\bko`, Weight: new(int)},
		{Name: "hex", Event: "x_hex", Literals: []string{"4bf", "a1b"}, Pattern: `(?:4bf|a1b)[0-9a-f]{2,}\B`},
		{Name: "named", Literals: []string{"evt="}, Pattern: `evt=(?P<event>\w+) (?P<user>\w+)`},
		{Name: "han", Literals: []string{"提示"}, Pattern: `提示.*?(?P<code>\d+)`, Before: `错误码 \d+[^\d]*`},
		{Name: "far", Event: "x_far", Literals: []string{"failed"}, Pattern: `failed`, Before: `^[\w .:+\[\]-]*`},
		{Name: "states", Event: "x_states", Literals: []string{"aba"}, Pattern: `[ab\d]*a[ab\d]{12}c?`},
		{Name: "unclear", Literals: []string{"error"}, Pattern: `error[\w ]*: ?\w*\s*(?P<code>\d*)(?P<user>\d*\w*)`, Weight: new(int)},
		{Name: "wide", Literals: []string{"code"}, Weight: new(int), Pattern: `code[: ]+(?P<code>\d+)` +
			`(?P<x_a>a)?(?P<x_b>b)?(?P<x_c>c)?(?P<x_d>d)?(?P<x_e>e)?(?P<x_f>f)?(?P<x_g>g)?(?P<x_h>h)?(?P<x_i>i)?(?P<x_j>j)?(?P<x_k>k)?(?P<x_l>l)?(?P<x_m>m)?(?P<x_n>n)?(?P<x_o>o)?(?P<x_p>p)?`},
	},
	Fields: []Field{
		{Literals: []string{"usr="}, Pattern: `usr=(?P<user>.*)`},
		{Literals: []string{"of "}, Before: `[a-z]+ [\w ']*`, Pattern: `of (?P<version>\w+?)\b`},
		{Literals: []string{"92f"}, Pattern: `92f(?P<host>\w*\d)`},
	},
}

// scales are those of the built-in pack and of the odd one.
var scales = sync.OnceValue(func() (all [2]*scale) {
	odd, err := NewExtractor(catalog.Builtin(), oddPack)
	if err != nil {
		panic(err)
	}
	return [2]*scale{newScale(testExtractor()), newScale(odd)}
})

// values are what numbers in logs are: codes known and unknown, of other worlds, and numbers that are none.
var values = []string{"0", "00", "1", "12", "120", "502", "1001", "2024", "2623", "6014", "6206", "9508", "9523", "10010", "20009", "70001", "70009", "99999", "4294947287", "12345678901", "1400000123"}

// refill fills those numbers and ids of a line anew whose bit is set. Mostly they stay ids.
func refill(r *rand.Rand, x *Extractor, line string, which uint64) string {
	var s shape
	s.cut([]byte(line), &x.idWords)
	var b strings.Builder
	from := 0
	for i := range s.holes {
		h := &s.holes[i]
		b.WriteString(line[from:h.lo])
		old := line[h.lo:h.hi]
		from = int(h.hi)
		switch n := r.IntN(8); {
		case n == 0, which>>(i%64)&1 == 0:
			b.WriteString(old)
		case s.kind(i) == decimal && n < 6:
			b.WriteString(values[r.IntN(len(values))])
		case s.kind(i) != decimal && n == 6:
			b.WriteString([]string{"a1b2c3d4e5", "4bf92f3577b34da6", "V2TIM1a2b3", "1c2c3d4e", "x9y8z7w6", "0D0A", "2026", "GMT", "code1a2b3"}[r.IntN(9)])
		default:
			n := len(old)
			if r.IntN(2) == 0 {
				n = 1 + r.IntN(20)
			}
			if r.IntN(200) == 0 {
				n = 100 + r.IntN(300)
			}
			alphabet := s.alphabet(i)
			if r.IntN(2) == 0 {
				alphabet = alphabet[:min(16, len(alphabet))]
			}
			for range n {
				b.WriteByte(alphabet[r.IntN(len(alphabet))])
			}
		}
	}
	return b.String() + line[from:]
}

// logOf makes a log of some lines, each of them often.
func logOf(r *rand.Rand, x *Extractor, lines []string, n int) string {
	var b strings.Builder
	which := r.Uint64() & r.Uint64() // most of a line is the same in all of the log
	for range n {
		line := lines[r.IntN(len(lines))]
		if r.IntN(8) > 0 {
			line = refill(r, x, line, which)
		} else if r.IntN(2) == 0 {
			line = refill(r, x, line, 1<<64-1)
		}
		if r.IntN(12) == 0 {
			line = line[:r.IntN(len(line)+1)]
		}
		b.WriteString(line)
		b.WriteString([]string{"\n", "\n", "\n", "\n", "\n", "\r\n", "\n\n", " "}[r.IntN(8)])
	}
	return strings.TrimRight(b.String(), []string{"", "\n", "\r\n"}[r.IntN(3)])
}

// checkMemo scans two inputs that are made of some lines.
func checkMemo(t interface {
	Fatal(...any)
	Fatalf(string, ...any)
}, of int, lines []string, seed uint64,
) *memo {
	r := rand.New(rand.NewPCG(seed, 1))
	s := scales()[of%2]
	s.sumOK = seed%3 > 0
	defer func() { s.sumOK = false }()
	x := s.plain.x
	forget := func(m *memo) {
		// What lies where the next line is looked for may be gone, or another's.
		for i := range m.lessons {
			if r.IntN(50) == 0 {
				m.lessons[i] = nil
			}
			if r.IntN(50) == 0 {
				m.variants[i] = nil
			}
		}
	}
	if seed%4 > 0 {
		forget = nil
	}
	return s.weigh(t, 200+r.IntN(8000), forget, logOf(r, x, lines, 5+r.IntN(60)), logOf(r, x, lines, 5+r.IntN(120)))
}

// TestMemo holds the law that memory changes nothing of what is found.
func TestMemo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		of := rapid.IntRange(0, 1).Draw(t, "of")
		lines := rapid.SliceOfN(rapid.SampledFrom(statements), 1, 4).Draw(t, "lines")
		checkMemo(t, of, lines, rapid.Uint64().Draw(t, "seed"))
	})
}

// FuzzMemo is TestMemo with lines of any kind.
func FuzzMemo(f *testing.F) {
	for i := range statements {
		lines := statements[i:min(i+3, len(statements))]
		f.Add([]byte(strings.Join(lines, "\n")), uint64(i), byte(i))
	}
	f.Fuzz(func(t *testing.T, text []byte, seed uint64, of byte) {
		if len(text) > 2000 {
			return
		}
		var lines []string
		for line := range bytes.SplitSeq(text, newline) {
			lines = append(lines, string(line))
		}
		checkMemo(t, int(of), lines, seed)
	})
}

// TestMemoIsUsed holds that the logs of TestMemo put everything to use that a memory can do.
func TestMemoIsUsed(t *testing.T) {
	used := map[string]int{}
	for i := range statements {
		for of := range scales() {
			for seed := range uint64(2) {
				m := checkMemo(t, of, []string{statements[i], statements[(i+7)%len(statements)]}, seed)
				used["recalls"] += m.recalls()
				for i := range m.templates.sets {
					for j := range m.templates.sets[i].used {
						used["templates"]++
						used["sums"] += int(m.templates.sets[i].all[j].ok)
					}
				}
				for _, l := range m.lessons {
					for _, p := range l.pinsOf() {
						for need, name := range needNames {
							if p.need&need != 0 {
								used[name]++
							}
						}
					}
				}
				for _, v := range m.variants {
					switch {
					case v == nil:
					case v.search:
						used["searched"]++
					case len(v.events) > 0:
						used["events"]++
					default:
						used["nothing"]++
					}
					if v != nil && !slices.Contains(m.lessons[:], v.of) {
						used["grown"]++ // the lesson was replaced
					}
				}
			}
		}
	}
	for _, what := range []string{"recalls", "length", "first", "last", "bytes", "searched", "events", "nothing", "grown", "templates", "sums"} {
		if used[what] == 0 {
			t.Errorf("%s: none, of %v", what, used)
		}
	}
}

var needNames = map[automaton.Need]string{automaton.Length: "length", automaton.First: "first", automaton.Last: "last", automaton.Bytes: "bytes"}

func (l *lesson) pinsOf() []pin {
	if l == nil {
		return nil
	}
	return l.pins
}

// TestMemoAtACut holds that a line which a block cuts between a number and the symbol behind it is looked at once, where
// the lines before it are known.
func TestMemoAtACut(t *testing.T) {
	s := scales()[0]
	known := "2026-06-01 10:00:00 V2TIM failed: 6014 (ERR_SDK_NOT_LOGGED_IN)\n"
	text := strings.Repeat(known, 100) + "V2TIM failed: 10010 (ERR_SVR_GROUP_NOT_EXIST) and again failed: 10010 (ERR_SVR_GROUP_NOT_EXIST), and goes on " + strings.Repeat("x", 400) + "\n"
	for size := 66; size < 120; size++ {
		s.weigh(t, size, nil, text)
	}
}
