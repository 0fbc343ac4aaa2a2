//go:build !amd64 && !arm64

package literal

const fastest = twin

func (kernel) run(*tables, []byte, int, int, []uint32) (wrote, next int) {
	panic("literal: no kernel for this processor")
}
