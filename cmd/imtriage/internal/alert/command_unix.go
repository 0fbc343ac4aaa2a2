//go:build unix

package alert

import (
	"os/exec"
	"syscall"
)

// together makes a command stop with everything that it started, and keeps the terminal's interrupt
// from it: the program that it was started by then still tells what it has to tell.
func together(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
