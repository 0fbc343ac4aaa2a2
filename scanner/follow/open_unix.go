//go:build unix

package follow

import (
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// openShared opens a file for reading. A fifo that got the name does not block it.
func openShared(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_RDONLY|unix.O_NONBLOCK, 0)
}

// fileID tells files apart that exist at the same time.
func fileID(_ *os.File, info os.FileInfo) (dev, ino uint64) {
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(st.Dev), uint64(st.Ino) //nolint:unconvert // their types differ between systems
	}
	return 0, 0
}
