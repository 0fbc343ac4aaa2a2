package outline_test

import (
	"testing"

	"golang.org/x/sys/unix"
)

// Behind the line there is memory that must not be read.
func TestReadsNoFurther(t *testing.T) {
	page := unix.Getpagesize()
	b, err := unix.Mmap(-1, 0, 2*page, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_ANON|unix.MAP_PRIVATE)
	if err != nil {
		t.Fatal(err)
	}
	defer unix.Munmap(b) //nolint:errcheck // it goes with the process
	copy(b[page-200:], testLine(200))
	if err := unix.Mprotect(b[page:], unix.PROT_NONE); err != nil {
		t.Fatal(err)
	}
	for n := range 201 {
		check(t, b[page-n:page:page])
	}
}
