package redact_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/catalog/redact"
)

// rewrites holds that in becomes want; an empty want says that in stays as it is.
type rewrite struct{ name, in, want string }

func checkRewrites(t *testing.T, tests []rewrite, expand ...string) {
	t.Helper()
	r := mustNew(t, redact.Options{})
	fill := strings.NewReplacer(append(expand, "<wonder>", r.User("alice_wonder"), "<alice>", r.User("alice"), "<bob>", r.User("bob"))...)
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			in, want := fill.Replace(tc.in), fill.Replace(tc.want)
			if want == "" {
				want = in
			}
			got := r.Text(in)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", in, diff)
			}
			if again := r.Text(got); again != got {
				t.Errorf("not stable:\n%s\n%s", got, again)
			}
		})
	}
}

func TestHexKeys(t *testing.T) {
	checkRewrites(t, []rewrite{
		{"key", "key <64> is wrong", "key [key] is wrong"},
		{"secret", "the secret <64>, again", "the secret [key], again"},
		{"chinese", "密钥<64>错误", "密钥[key]错误"},
		{"chinese short", "密钥 <32> 错误", "密钥 [key] 错误"},
		{"secret short", "with secret (<32>)", "with secret ([key])"},
		{"joined word", "sdkSecretKey was <64>.", "sdkSecretKey was [key]."},
		{"key colon", `key: "<64>"`, `key: "[key]"`},
		{"behind", "<64> is not the secret key", "[key] is not the secret key"},
		{"behind chinese", "<64>是密钥", "[key]是密钥"},
		{"capitals", "KEY <64up> bad", "KEY [key] bad"},
		{"nearest word", "sha256 mismatch for key <64>", "sha256 mismatch for key [key]"},

		{"digest", "sha256:<64>", ""},
		{"digest of a key file", "key file sha256 <64>", ""},
		{"sha256sum", "<64>  conf/private.key", ""},
		{"file name", "server.key <64>", ""},
		{"file name before", "key.pem <64>", ""},
		{"digest behind", "<64> is the sha256 of key.pem", ""},
		{"image", "pulled image@sha256:<64> ok", ""},
		{"no word", "blob <64> stored", ""},
		{"trace", "trace <32> done", ""},
		{"trace id", "key not found, trace_id=<32>", ""},
		{"short without secret", "key <32> expired", ""},
		{"cache key", "cache key <64> missed", ""},
		{"public key", "public_key <64>", ""},
		{"other length", "key <64>a5", ""},
		{"part of a name", "key x_<64>", ""},
		{"line above", "the key\n<64>", ""},
		{"far away", "key of the application that was created " + strings.Repeat("long ", 8) + "ago <64>", ""},
	}, "<64>", hex64, "<32>", hex64[:32], "<64up>", strings.ToUpper(hex64))
}

const hex64 = "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e"
