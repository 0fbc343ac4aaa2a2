package input_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"io"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/imtriage/imtriage/scanner/input"
)

func stored(f file) *zip.FileHeader { return &zip.FileHeader{Name: f.name, Method: zip.Store} }

// sized is the header of a stored member that tells its size before the content.
func sized(name, text string) zip.FileHeader {
	return zip.FileHeader{Name: name, CRC32: crc32.ChecksumIEEE([]byte(text)), UncompressedSize64: uint64(len(text))}
}

// noDirectory cuts the directory of an archive off.
func noDirectory(s string) string {
	members, _, _ := strings.Cut(s, "PK\x01\x02")
	return members
}

func TestZip(t *testing.T) {
	gbk := "\xc8\xd5\xd6\xbe/\xb4\xed\xce\xf3.log" // 日志/错误.log
	unicodePath := func(raw, name string) []byte {
		f := binary.LittleEndian.AppendUint16(nil, 0x7075)
		f = binary.LittleEndian.AppendUint16(f, uint16(5+len(name)))
		f = binary.LittleEndian.AppendUint32(append(f, 1), crc32.ChecksumIEEE([]byte(raw)))
		return append(f, name...)
	}
	two := zipOf(file{"a.log", "a\n"}, file{"b.log", strings.Repeat("b\n", 100)})
	link := &zip.FileHeader{Name: "link.log"}
	link.SetMode(fs.ModeSymlink | 0o777)
	crc := crc32.ChecksumIEEE([]byte(line))
	method := func(m uint16) []zip.FileHeader {
		return []zip.FileHeader{{Name: "m.log", Method: m, CRC32: crc, UncompressedSize64: uint64(len(line))}}
	}
	for _, tc := range []walkCase{
		{"name in GBK", zipBy(func(f file) *zip.FileHeader { return &zip.FileHeader{Name: f.name, NonUTF8: true} }, file{gbk, "a\n"}), []string{"日志/错误.log text: a\n"}, "zip 1"},
		{"name in GBK, flagged as UTF-8", strings.ReplaceAll(rawZip([]zip.FileHeader{{Name: gbk, Flags: 0x800, UncompressedSize64: 2, CRC32: crc32.ChecksumIEEE([]byte("a\n"))}}, "a\n"), "\x00\x00\x08\x00", "\x00\x08\x08\x00"), []string{"日志/错误.log text: a\n"}, "zip 1"},
		{"name by Info-ZIP", zipBy(func(f file) *zip.FileHeader {
			return &zip.FileHeader{Name: f.name, NonUTF8: true, Extra: unicodePath(f.name, "日志.log")}
		}, file{gbk, "a\n"}), []string{"日志.log text: a\n"}, "zip 1"},
		{"name by Info-ZIP, renamed since", zipBy(func(f file) *zip.FileHeader {
			return &zip.FileHeader{Name: f.name, Extra: unicodePath("other", "日志.log")}
		}, file{"n.log", "a\n"}), []string{"n.log text: a\n"}, "zip 1"},
		{"link and folder", zipBy(func(f file) *zip.FileHeader {
			if f.name == link.Name {
				return link
			}
			return &zip.FileHeader{Name: f.name}
		}, file{"link.log", "target"}, file{"d/", ""}, file{"a.log", "a\n"}), []string{"a.log text: a\n"}, "zip 1"},
		{"encrypted", rawZip([]zip.FileHeader{{Name: "b/c.log", Flags: 1}, {Name: "a.log", UncompressedSize64: 2, CRC32: crc32.ChecksumIEEE([]byte("a\n"))}}, "secret", "a\n"), []string{"a.log text: a\n"}, "zip 1 passed 0 refused 1! b/c.log is encrypted, unpack it with the password first"},
		{"zstd", rawZip(method(93), zst(line)), []string{"m.log text: " + line}, "zip 1"},
		{"bzip2", rawZip(method(12), bzipped), []string{"m.log text: " + line}, "zip 1"},
		{"xz", rawZip(method(95), xzed), []string{"m.log text: " + line}, "zip 1"},
		{"deflate64", rawZip(method(9), "?"), nil, "zip 0 passed 0 refused 1! m.log is packed by deflate64, which cannot be read here, unpack it first"},
		{"unknown method", rawZip(method(77), "?"), nil, "zip 0 passed 0 refused 1! m.log is packed by an unknown method, unpack it first"},
		{"bad checksum", strings.Replace(zipBy(stored, file{"a.log", "good\n"}), "good", "evil", 1), []string{"a.log text: evil\n! zip checksum is wrong after 5 decoded bytes"}, "zip 1"},
		{"behind a program", "MZ\x90\x00\x03\x00\x00\x00\x04" + strings.Repeat("\x01", 70_000) + two, []string{"a.log text: a\n", "b.log text: " + strings.Repeat("b\n", 100)}, "zip 2"},
		{"with a comment", two[:len(two)-2] + "\x04\x00PK\x05\x06", []string{"a.log text: a\n", "b.log text: " + strings.Repeat("b\n", 100)}, "zip 2"},
		{"without a directory", noDirectory(two), []string{"a.log text: a\n", "b.log text: " + strings.Repeat("b\n", 100)}, "zip 2! the directory of the zip archive is missing or damaged, 2 members were found by their own headers"},
		{"with half a directory", two[:strings.LastIndex(two, "PK\x01\x02")+20], []string{"a.log text: a\n", "b.log text: " + strings.Repeat("b\n", 100)}, "zip 2! the directory of the zip archive is missing or damaged, 2 members were found by their own headers"},
		{"with a bad directory", strings.Replace(two, "PK\x01\x02", "PK\x01\x03", 1), []string{"a.log text: a\n", "b.log text: " + strings.Repeat("b\n", 100)}, "zip 2! the directory of the zip archive is missing or damaged, 2 members were found by their own headers"},
		{"with a bad header", func() string { i := strings.LastIndex(two, "PK\x03\x04"); return two[:i] + "XX" + two[i+2:] }(), []string{"a.log text: a\n", "b.log text: ! the member's header at byte 68 is damaged"}, "zip 2"},
		{"split", strings.Replace(two, "PK\x05\x06\x00", "PK\x05\x06\x02", 1), []string{"a.log text: a\n", "b.log text: " + strings.Repeat("b\n", 100)}, "zip 2! one part of a split zip archive, join them first: zip -s 0 FILE --out WHOLE.zip"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			texts, end := walk(t, inPlace, input.Options{Jobs: 2}, tc.data)
			if d := cmp.Diff(tc.texts, texts); d != "" || end != tc.end {
				t.Errorf("end %q, want %q, texts (-want +got):\n%s", end, tc.end, d)
			}
		})
	}
}

// TestZip64 has an archive whose directory has the wide form, which package archive/zip writes for many members.
func TestZip64(t *testing.T) {
	const n = 1<<16 + 1
	data := rawZip(slices.Repeat([]zip.FileHeader{sized("a", "")}, n), make([]string, n)...)
	if !strings.Contains(data, "PK\x06\x06") {
		t.Fatal("the archive is no zip64")
	}
	for _, before := range []string{"", "MZ\x00\x01\x02\x03\x04\x05\x06"} {
		if texts, end := walk(t, inPlace, input.Options{}, before+data); len(texts) != n || end != "zip 65537" {
			t.Errorf("%d texts, end %q", len(texts), end)
		}
	}
}

func TestZipTime(t *testing.T) {
	zone := time.FixedZone("", 8*3600)
	for _, tc := range []struct {
		name   string
		header zip.FileHeader
		want   time.Time
	}{
		{"extended", zip.FileHeader{Name: "a", Modified: packed}, packed},
		{"DOS", zip.FileHeader{Name: "a", ModifiedDate: 46<<9 | 6<<5 | 1, ModifiedTime: 18<<11 | 20<<5 | 15}, packed}, //nolint:staticcheck // what old archivers write
		{"none", zip.FileHeader{Name: "a"}, time.Time{}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			data := zipBy(func(file) *zip.FileHeader { return &tc.header }, file{"a", "a\n"})
			var got []time.Time
			parts := []input.Part{{Open: func() (io.ReadCloser, error) { return inPlace(data) }}}
			_, err := input.Walk(t.Context(), parts, input.Options{Zone: zone}, func(x *input.Text) error {
				got = append(got, x.ModTime)
				return nil
			})
			if err != nil || len(got) != 1 || !got[0].Equal(tc.want) {
				t.Errorf("times %v, error %v, want %v", got, err, tc.want)
			}
		})
	}
}

// TestOverlap has two entries of a directory lead to one member, as in a bomb that is not nested.
func TestOverlap(t *testing.T) {
	data := zipOf(file{"a", strings.Repeat("a\n", 50)}, file{"b", strings.Repeat("a\n", 50)})
	b := []byte(data)
	first, last := bytes.Index(b, []byte("PK\x01\x02")), bytes.LastIndex(b, []byte("PK\x01\x02"))
	// Sizes that the file could only have once.
	for _, entry := range []int{first, last} {
		binary.LittleEndian.PutUint32(b[entry+20:], uint32(len(b)*2/3))
	}
	binary.LittleEndian.PutUint32(b[last+42:], 0)
	texts, end := walk(t, inPlace, input.Options{}, string(b))
	if len(texts) != 1 || end != "zip 1 passed 0 refused 1! b lies where other members do, as in a bomb" {
		t.Errorf("%d texts, end %q", len(texts), end)
	}
}

// TestUsedAgain has a damaged stream, which refers back by a table without a code, follow others: what it comes to must
// not depend on what they left in the decompressor.
func TestUsedAgain(t *testing.T) {
	const damaged = "\x0d\xc0\x01\x09\x00\x00\x00\x80\xa0\xad\xfd\x3f\x91\x54\x55\x55\x55\x55\x55\x55\x55\x55\x55\xa1\x1a\x00\x00\x00\x00\x00\x00\x00\x00"
	gzipped := "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff" + damaged
	zipped := rawZip([]zip.FileHeader{{Name: "a", Method: zip.Deflate, UncompressedSize64: 100}}, damaged)
	var want []string
	for _, other := range []string{line, strings.Repeat(line, 1000), chinese + random(2000), random(2000), strings.Repeat("a", 300)} {
		walk(t, inPlace, input.Options{}, gz(other))
		walk(t, inPlace, input.Options{}, zipOf(file{"a", other}))
		got, _ := walk(t, inPlace, input.Options{}, gzipped)
		member, _ := walk(t, inPlace, input.Options{}, zipped)
		if got = append(got, member...); want == nil {
			want = got
		}
		if d := cmp.Diff(want, got); d != "" || len(got) != 2 || !strings.Contains(got[1], "a text: aaaa") {
			t.Fatalf("after %.40q (-first +this):\n%s", other, d)
		}
	}
}
