package input_test

import (
	"cmp"
	"errors"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"github.com/imtriage/imtriage/scanner/input"
)

var (
	gbk = simplifiedchinese.GBK
	le  = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	be  = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
)

func encode(e encoding.Encoding, text string) string {
	s, err := e.NewEncoder().String(text)
	check(err)
	return s
}

// random returns n bytes without any order.
func random(n int) string {
	b := make([]byte, n)
	r := rand.NewChaCha8([32]byte{7})
	for i := range b {
		b[i] = byte(r.Uint64())
	}
	return string(b)
}

// decode returns the text of an input and its health.
func decode(t testing.TB, data, encoding string, wrap func(io.Reader) io.Reader) (text string, h input.Health, err error) {
	t.Helper()
	parts := []input.Part{{Open: func() (io.ReadCloser, error) { return io.NopCloser(wrap(strings.NewReader(data))), nil }}}
	_, err = input.Walk(t.Context(), parts, input.Options{Encoding: encoding}, func(x *input.Text) error {
		b, err := io.ReadAll(x)
		text, h = string(b), x.Health()
		return err
	})
	return text, h, err
}

func same(r io.Reader) io.Reader { return r }

const chinese = "2026-06-01 10:00:00 [ERROR] 即时通信 IM 用户 u_1 发送消息失败，错误码：70001，描述：签名已过期\n"

func TestEncodings(t *testing.T) {
	long := strings.Repeat(chinese, 2000)
	odd := "x" + long // so that what is looked at ends inside a character, in each of the encodings
	torn := strings.Repeat(chinese[:60]+"\xe9\x94 torn \xe8\n", 3) + strings.Repeat(chinese, 20)
	for _, tc := range []struct {
		name, data, forced string
		text, found        string
		guessed            bool
	}{
		{"UTF-8", long, "", long, input.UTF8, false},
		{"UTF-8, cut inside a character", odd, "", odd, input.UTF8, false},
		{"UTF-8 with a mark", "\xef\xbb\xbf" + chinese, "", chinese, input.UTF8, false},
		{"UTF-8 with torn writes", torn, "", torn, input.UTF8, false},
		{"GBK", encode(gbk, long), "", long, input.GB18030, true},
		{"GBK, cut inside a character", encode(gbk, odd), "", odd, input.GB18030, true},
		{"GBK, one line", encode(gbk, "错误码 70001\n"), "", "错误码 70001\n", input.GB18030, true},
		{"GBK after 9 KiB of ASCII", strings.Repeat(line, 300) + encode(gbk, chinese), "", strings.Repeat(line, 300) + chinese, input.GB18030, true},
		{"GB18030 of four bytes", encode(simplifiedchinese.GB18030, chinese+"😀"), "", chinese + "😀", input.GB18030, true},
		{"UTF-16LE with a mark", "\xff\xfe" + encode(le, long), "", long, input.UTF16LE, false},
		{"UTF-16BE with a mark", "\xfe\xff" + encode(be, odd), "", odd, input.UTF16BE, false},
		{"UTF-16LE", encode(le, long), "", long, input.UTF16LE, true},
		{"UTF-16BE", encode(be, odd), "", odd, input.UTF16BE, true},
		{"UTF-16, odd byte and half a pair", "\xff\xfea\x00\x00\xd8b\x00c", "", "a\uFFFDb\uFFFD", input.UTF16LE, false},
		{"Latin-1", "caf\xe9 est ferm\xe9, \xe0 bient\xf4t\n" + strings.Repeat(line, 3), "", "caf\xe9 est ferm\xe9, \xe0 bient\xf4t\n" + strings.Repeat(line, 3), input.UTF8, false},
		{"forced UTF-8", encode(gbk, chinese), input.UTF8, encode(gbk, chinese), input.UTF8, false},
		{"forced GBK", encode(gbk, "码"), input.GBK, "码", input.GBK, false},
		{"forced GB18030", encode(gbk, "码"), input.GB18030, "码", input.GB18030, false},
		{"forced UTF-16LE", encode(le, "码"), input.UTF16LE, "码", input.UTF16LE, false},
		{"forced UTF-16BE", encode(be, "码"), input.UTF16BE, "码", input.UTF16BE, false},
		{"forced UTF-16 by its mark", "\xfe\xff" + encode(be, "码"), input.UTF16, "码", input.UTF16BE, false},
		{"forced UTF-16 by its zeros", encode(be, line), input.UTF16, line, input.UTF16BE, true},
		{"forced UTF-16 by nothing", encode(le, "码"), input.UTF16, "码", input.UTF16LE, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			for name, wrap := range map[string]func(io.Reader) io.Reader{"whole": same, "byte by byte": iotest.OneByteReader, "with its end": iotest.DataErrReader} {
				text, h, err := decode(t, tc.data, tc.forced, wrap)
				if err != nil || text != tc.text || cmp.Or(h.Encoding, input.UTF8) != tc.found || h.EncodingGuessed != tc.guessed || !h.Complete {
					t.Errorf("%s: %d bytes of text, want %d; health %+v, error %v", name, len(text), len(tc.text), h, err)
				}
			}
		})
	}
	t.Run("binary", func(t *testing.T) {
		for _, forced := range []string{"", input.GB18030, input.UTF16LE} {
			_, _, err := decode(t, "\x7fELF\x02\x01\x01\x00"+random(100_000), forced, same)
			var unreadable *input.UnreadableError
			if !errors.As(err, &unreadable) && forced == "" {
				t.Errorf("forced %q: error %v, want an UnreadableError", forced, err)
			}
		}
	})
	t.Run("unknown", func(t *testing.T) {
		if _, _, err := decode(t, line, "ebcdic", same); err == nil || !strings.Contains(err.Error(), `unknown encoding "ebcdic", want one of utf-8,`) {
			t.Errorf("error %v", err)
		}
	})
	t.Run("small buffers", func(t *testing.T) {
		parts := []input.Part{{Open: func() (io.ReadCloser, error) { return piped(encode(gbk, chinese)) }}}
		_, err := input.Walk(t.Context(), parts, input.Options{}, func(x *input.Text) error {
			b, err := io.ReadAll(iotest.OneByteReader(x))
			if string(b) != chinese {
				t.Errorf("got %q", b)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}

func BenchmarkGB18030(b *testing.B) {
	data := encode(gbk, strings.Repeat(chinese, 10_000))
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		benchmarkWalk(b, data)
	}
}

func BenchmarkGzip(b *testing.B) {
	data := gz(strings.Repeat(chinese+random(40)+"\n", 20_000))
	b.SetBytes(int64(20_000 * (len(chinese) + 41)))
	for b.Loop() {
		benchmarkWalk(b, data)
	}
}

func benchmarkWalk(b *testing.B, data string) {
	b.Helper()
	parts := []input.Part{{Open: func() (io.ReadCloser, error) { return inPlace(data) }}}
	buf := make([]byte, 512<<10)
	_, err := input.Walk(b.Context(), parts, input.Options{}, func(x *input.Text) error {
		_, err := io.CopyBuffer(struct{ io.Writer }{io.Discard}, x, buf)
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
}
