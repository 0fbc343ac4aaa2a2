// Package outline takes the numbers out of a line of a log. Lines that one statement of a program writes differ in
// little else, so that what is left, the outline, is a key under which what is known of one line is kept for the next.
//
// [Append] makes the outline of a line and tells where the numbers were. [Hash] spreads outlines over a table. What
// stands between letters and digits, such as an id in hexadecimal, is not taken out: Append says whether there may be
// any, and a caller who wants to treat them looks for them along the edges.
//
// Both are made for lines of some hundred bytes, where a branch for each number costs more than the rest. A kernel
// with the instructions of AVX-512 takes 64 bytes a step without any; on other machines a twin in Go finds the same.
package outline

import "slices"

// A kernel is a program for one kind of processor. It is no function value, so that what Append is given stays off
// the heap.
type kernel uint8

// twin is the portable kernel; the others are in the files of their processors.
const twin kernel = 0

// room is how many bytes of text and how many edges the kernels may write behind what there can be of a line: a whole
// vector is written of which any part may count.
const room = 64

// Append appends to text the line in which every run of ASCII digits is one '0', and to edges where each run begins
// and ends, in order. So edges are pairs of lo and hi, and line[lo:hi] is a run. It reports whether some run has an
// ASCII letter directly before and directly behind it.
//
// It allocates only where text lacks room for twice the line and 128 bytes, or edges for as many as the line has bytes
// and 64 more. What lies between length and capacity of both is written over. The line is 2 GiB long at most and shares
// no memory with text; it is not read beyond its end. Safe for concurrent use.
func Append(text []byte, edges []int32, line []byte) (_ []byte, _ []int32, inside bool) {
	return fastest.run(text, edges, line)
}

// grow makes room for what may be written of a line of n bytes, and in text for a copy of it as well, which the twin
// reads from.
func grow(text []byte, edges []int32, n int) ([]byte, []int32) {
	if need := n + room; cap(text)-len(text) < 2*need || cap(edges)-len(edges) < need {
		return slices.Grow(text, 2*need), slices.Grow(edges, need)
	}
	return text, edges
}
