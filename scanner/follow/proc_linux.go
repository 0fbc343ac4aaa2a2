package follow

import (
	"os"

	"golang.org/x/sys/unix"
)

// hasProc reports whether an open file can be named, so that nxadm/tail reads the very file that is pinned.
func hasProc() bool {
	info, err := os.Stat("/proc/self/fd")
	return err == nil && info.IsDir()
}

// statMayFail reports whether a file is on a file system that can lose an open file. nxadm/tail ends the
// whole process when a stat fails.
func statMayFail(f *os.File) bool {
	var st unix.Statfs_t
	if unix.Fstatfs(int(f.Fd()), &st) != nil {
		return true
	}
	switch uint32(st.Type) { //nolint:gosec // a magic number
	case unix.EXT4_SUPER_MAGIC, unix.XFS_SUPER_MAGIC, unix.BTRFS_SUPER_MAGIC, unix.TMPFS_MAGIC, unix.OVERLAYFS_SUPER_MAGIC, unix.F2FS_SUPER_MAGIC:
		return false
	}
	return true
}

// dataFrom returns where a file has data again, behind a hole at off.
func dataFrom(f *os.File, off int64) int64 {
	at, err := unix.Seek(int(f.Fd()), off, unix.SEEK_DATA)
	if err != nil {
		return off
	}
	return at
}
