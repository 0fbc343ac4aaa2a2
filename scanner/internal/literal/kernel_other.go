//go:build !amd64 && !arm64

package literal

const fastest = twin

func (kernel) halves() bool { return false }

func (kernel) run(t *tables, b []byte, n, from int, out []uint32) (wrote, next int) {
	return runTwin(t, b, n, from, out)
}
