package literal

// Kernels are how many this machine runs beside the portable twin.
func Kernels() int { return int(fastest) }

// With returns the set with another kernel, from 0 for the portable twin.
func (s *Set) With(i int) *Set {
	c := *s
	c.kernel = kernel(i)
	return &c
}

// Fitted is With, and the literals are in the buckets that are right for that kernel.
func (s *Set) Fitted(i int, texts []string) *Set {
	c := s.With(i)
	c.index, c.tables = index{}, tables{}
	heads := c.index.fill(texts)
	c.tables.fill(heads, partition(heads, c.kernel.halves()))
	return c
}

// Candidates counts the places in b where the kernel sees a literal.
func (s *Set) Candidates(b []byte) (n int) {
	var out [2 * slack]uint32
	for at := 0; at < len(b)-overrun; {
		var wrote int
		wrote, at = s.kernel.run(&s.tables, b, len(b)-overrun, at, out[:])
		n += wrote
	}
	return n
}
