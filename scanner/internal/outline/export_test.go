package outline

// Kernels are how many this machine runs beside the portable twin.
func Kernels() int { return int(fastest) }

// AppendWith is Append with another kernel, from 0 for the portable twin.
func AppendWith(i int, text []byte, edges []int32, line []byte) (_ []byte, _ []int32, inside bool) {
	return kernel(i).run(text, edges, line)
}
