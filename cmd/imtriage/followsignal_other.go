//go:build !unix

package main

// wishes notes nothing: there are no signals to ask by.
func (w *watch) wishes() (stop func()) { return func() {} }
