package catalog

import (
	"strings"
	"testing"
)

// Damage of the compiled form is an error and never a panic, wherever it is.
func TestDecodeCatalogDamaged(t *testing.T) {
	c, err := Parse(File{"f", []byte(`
family: sdk
section: s
name: {en: S, zh: S}
entries:
  - {code: 1, last: 5, class: error, topic: auth, retry: no, also: [web], symbols: [A], causes: [2],
     title: {en: a, zh: b}, limits: [{of: {en: x, zh: y}, max: 1.5, unit: s}]}
`)})
	if err != nil {
		t.Fatal(err)
	}
	data, _ := c.MarshalBinary()
	if _, err := decodeCatalog(string(data)); err != nil {
		t.Fatal(err)
	}
	for i := range data {
		if _, err := decodeCatalog(string(data[:i])); err == nil {
			t.Errorf("cut at %d of %d: no error", i, len(data))
		}
		for _, bit := range []byte{0x01, 0x80, 0xff} {
			damaged := []byte(string(data))
			damaged[i] ^= bit
			_, _ = decodeCatalog(string(damaged)) // some of it decodes, to something else
		}
	}
	if _, err := decodeCatalog(magic + strings.Repeat("\xff", 20)); err == nil {
		t.Error("an endless number was accepted")
	}
}

func BenchmarkBuiltin(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := decodeCatalog(compiled); err != nil {
			b.Fatal(err)
		}
	}
}
