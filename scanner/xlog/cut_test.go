package xlog

import (
	"bytes"
	"compress/flate"
	"testing"
)

// TestCutLine keeps the beginning of a line whose end is lost, but not as a whole number.
func TestCutLine(t *testing.T) {
	u := unpacker{ring: new(keyring)}
	for _, tc := range []struct{ name, text, want string }{
		{"cut", "one\ntwo code:700", "one\ntwo code:700_cut\n"},
		{"whole", "one\ntwo\n", "one\ntwo\n"},
		{"garbled", "one\ntwo\x00\x01\x02\x03\x04\x05", "one\n"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var packed bytes.Buffer
			w, err := flate.NewWriter(&packed, 9)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := w.Write([]byte(tc.text)); err != nil {
				t.Fatal(err)
			}
			if err := w.Flush(); err != nil {
				t.Fatal(err)
			}
			if got := u.salvage(nil, deflated, packed.Bytes(), 1<<30); string(got) != tc.want {
				t.Errorf("%q, want %q", got, tc.want)
			}
		})
	}
}
