//go:build unix

package main

import (
	"os"
	"os/signal"
	"syscall"
)

// wishes notes the signals by which an operator asks for something, until the returned function is called.
func (w *watch) wishes() (stop func()) {
	asked := make(chan os.Signal, 8)
	signal.Notify(asked, syscall.SIGHUP, syscall.SIGUSR1)
	done := make(chan struct{})
	go func() {
		for {
			select {
			case s := <-asked:
				if s == syscall.SIGHUP {
					w.reloadAsked.Store(true)
				} else {
					w.reportAsked.Store(true)
				}
			case <-done:
				return
			}
		}
	}()
	return func() {
		signal.Stop(asked)
		close(done)
	}
}
