package literal

// Kernels are how many this machine runs beside the portable twin.
func Kernels() int { return int(fastest) }

// With returns the set with another kernel, from 0 for the portable twin.
func (s *Set) With(i int) *Set {
	c := *s
	c.kernel = kernel(i)
	return &c
}
