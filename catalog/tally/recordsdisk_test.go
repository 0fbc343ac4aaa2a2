package tally_test

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"testing"
	"time"

	"github.com/imtriage/imtriage/catalog"
	"github.com/imtriage/imtriage/catalog/tally"
)

// A memoryFile is a place for a run that needs no disk.
type memoryFile struct {
	data   []byte
	at     int
	closed bool
	disk   *memoryDisk
}

func (f *memoryFile) Write(b []byte) (int, error) {
	if f.disk.full {
		return 0, errors.New("disk is full")
	}
	f.data = append(f.data, b...)
	return len(b), nil
}

func (f *memoryFile) Read(b []byte) (int, error) {
	if f.disk.gone {
		return 0, errors.New("disk is gone")
	}
	if f.at == len(f.data) {
		return 0, io.EOF
	}
	n := copy(b, f.data[f.at:])
	f.at += n
	return n, nil
}

func (f *memoryFile) Seek(offset int64, _ int) (int64, error) {
	f.at = int(offset)
	return offset, nil
}

func (f *memoryFile) Close() error {
	if f.closed {
		return errors.New("closed twice")
	}
	f.closed = true
	return nil
}

// A memoryDisk counts the files that are open at the same time.
type memoryDisk struct {
	files      []*memoryFile
	most       int
	full, gone bool
}

func (d *memoryDisk) open() (out []*memoryFile) {
	for _, f := range d.files {
		if !f.closed {
			out = append(out, f)
		}
	}
	return out
}

func (d *memoryDisk) spill() (tally.Spill, error) {
	f := &memoryFile{disk: d}
	d.files = append(d.files, f)
	d.most = max(d.most, len(d.open()))
	return f, nil
}

// sequence returns a record of an ordinary size.
func sequence(i int) tally.Record {
	r := tally.Record{Level: "E", User: uint64(i%977 + 1), Selections: []uint16{1, 4}}
	r.Key = tally.Key{Family: catalog.SDK, Code: 6200 + i%9}
	r.Time, r.Source, r.Offset, r.Line, r.Column = epoch.Add(time.Duration(i*7919%1_000_003)*time.Millisecond), "/var/log/app/im.log", int64(i*150), int64(i), 60
	r.Text = "TIM: 2026-06-01 00:00:00.007 E 28009--1056966507|-login.cpp:313  HandleA2D2OnlineResponse  |task_id:3576|error_code:7013|userid:user-1a2b3c4d"
	r.Values = []tally.Value{{Key: "api", Text: "v4/openim/login", Hash: 7}, {Key: "user", Text: "user-1a2b3c4d", Hash: r.User}}
	return r
}

// TestRecordsInPasses writes so many runs that they are merged on the way.
func TestRecordsInPasses(t *testing.T) {
	disk := &memoryDisk{}
	s := tally.NewRecords(tally.RecordsOptions{Memory: 4 << 10, Spill: disk.spill})
	const n = 30_000
	for i := range n {
		r := sequence(i)
		if err := s.Add(&r); err != nil {
			t.Fatal(err)
		}
	}
	if len(disk.files) < 1000 || disk.most > 64 {
		t.Errorf("%d files, %d at the same time, want at least 1000 and at most 64", len(disk.files), disk.most)
	}
	var last tally.Record
	got := list(t, s)
	for _, r := range got {
		if last.Compare(r.Place) > 0 {
			t.Fatalf("%v behind %v", r.Place, last.Place)
		}
		last = r
	}
	if len(got) != n {
		t.Errorf("%d records, want %d", len(got), n)
	}
	if err := s.Close(); err != nil || len(disk.open()) > 0 {
		t.Errorf("%d files stay open, %v", len(disk.open()), err)
	}
}

func TestEachStops(t *testing.T) {
	s := tally.NewRecords(tally.RecordsOptions{})
	for i := range 3 {
		r := sequence(i)
		if err := s.Add(&r); err != nil {
			t.Fatal(err)
		}
	}
	calls := 0
	wantError(t, s.Each(func(*tally.Record) error { calls++; return errors.New("enough") }), "enough")
	if calls != 1 {
		t.Errorf("%d calls after an error", calls-1)
	}
}

// spilledRecords returns records of which three runs are on a disk.
func spilledRecords(t testing.TB) (*tally.Records, *memoryDisk) {
	t.Helper()
	disk := &memoryDisk{}
	s := tally.NewRecords(tally.RecordsOptions{Memory: 4 << 10, Spill: disk.spill})
	for i := 0; len(disk.files) < 3; i++ {
		r := sequence(i)
		if err := s.Add(&r); err != nil {
			t.Fatal(err)
		}
	}
	return s, disk
}

func TestDamagedSpill(t *testing.T) {
	s, disk := spilledRecords(t)
	whole := bytes.Clone(disk.files[1].data)
	for i := range whole {
		for name, data := range map[string][]byte{
			"changed": slices.Concat(whole[:i], []byte{whole[i] ^ 0x55}, whole[i+1:]), "cut": whole[:i], "longer": slices.Insert(bytes.Clone(whole), i, 0),
		} {
			disk.files[1].data = data
			err := s.Each(func(*tally.Record) error { return nil })
			if err == nil && name != "longer" {
				t.Fatalf("byte %d %s: no error", i, name)
			}
		}
	}
	disk.files[1].data = nil
	wantError(t, s.Each(func(*tally.Record) error { return nil }), "records on disk: they are not what was written")
}

func TestSpillFails(t *testing.T) {
	s, disk := spilledRecords(t)
	disk.gone = true
	wantError(t, s.Each(func(*tally.Record) error { return nil }), "records on disk: disk is gone")
	disk.gone, disk.full = false, true
	var err error
	for i := 0; err == nil && i < 1000; i++ {
		r := sequence(i)
		err = s.Add(&r)
	}
	wantError(t, err, "records on disk: disk is full")
	wantError(t, s.Each(func(*tally.Record) error { return nil }), "disk is full")
	if err := s.Close(); err != nil || len(disk.open()) > 0 {
		t.Errorf("%d files stay open, %v", len(disk.open()), err)
	}
	nowhere := tally.NewRecords(tally.RecordsOptions{Memory: 1, Spill: func() (tally.Spill, error) { return nil, errors.New("no room") }})
	r := sequence(0)
	wantError(t, nowhere.Add(&r), "records on disk: no room")
}
