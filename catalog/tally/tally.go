// Package tally counts what was found.
//
// A scanner delivers every [Finding] and [Mark] to a [Tally]; [Tally.Summary] turns the counts
// into plain, sorted data for reports and rules.
//
// A Tally is a commutative monoid: [New] is its zero, [Tally.Merge] its sum. Any split of the
// input, any order, any number of workers and any merge tree give the same bytes from
// [Tally.Encode]. That is why nothing here depends on arrival: samples are the first and last by
// a total order, caps keep the keys with the smallest hash, the histogram's width is a function
// of the set of times, and users are exact to 1,024 and a HyperLogLog beyond. Everything is
// bounded, whatever the input.
//
// The package also owns the partial: the file form of a Tally that merge reads.
package tally
