//go:build outside

package xlog_test

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// TestDamageReal damages files of real SDKs in many ways. No intact block may be lost.
func TestDamageReal(t *testing.T) {
	for _, name := range []string{"real_imsdk8_C.xlog", "imsdk_20260601.xlog", "zstd_async_nocrypt.xlog", "crypt_zlib_async.xlog", "sync_nocrypt_zlib.xlog", "legacy_0x03_sync.xlog"} {
		t.Run(name, func(t *testing.T) {
			data := readFixture(t, name)
			undamaged := readBytes(data, realKey(t))
			var blocks []*fixture
			for _, b := range undamaged.Blocks {
				blocks = append(blocks, &fixture{
					magic: b.Magic, seq: b.Seq,
					encoded: data[b.Offset : b.Offset+b.Size-1],
					lines:   [][]byte{[]byte(undamaged.Text[b.TextOffset : b.TextOffset+b.TextLen])},
				})
			}
			r := rand.New(rand.NewPCG(28, 28))
			for range 60 {
				d := whole(blocks)
				for range 1 + r.IntN(5) {
					d.damage(r)
				}
				got := readBytes(d.data, realKey(t))
				if missing := d.missing(got.Text); len(missing) > 0 {
					t.Errorf("lost:\n%s\n%s\n%s", strings.Join(missing, "\n"), d.how, got.Report.Problem())
				}
			}
		})
	}
}
