//go:build !amd64

package outline

const fastest = twin

func (kernel) run(text []byte, edges []int32, line []byte) (_ []byte, _ []int32, inside bool) {
	return appendTwin(text, edges, line)
}
