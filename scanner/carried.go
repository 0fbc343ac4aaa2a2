package scanner

import (
	"cmp"
	"slices"

	"github.com/imtriage/imtriage/scanner/input"
)

// What is carried beside the text of a block, see [input.Carrier].
type carried struct {
	list []input.Carrier
	base int64 // of the block in the input
	last int   // what was asked for last: places mostly ascend
}

// nothing is carried by most inputs.
var nothing input.Carrier

// at returns what is carried for a place of the block, and where that begins. There has to be something.
func (c *carried) at(pos int) (*input.Carrier, int) {
	off := c.base + int64(pos)
	for range 4 {
		if c.last+1 >= len(c.list) || c.list[c.last+1].Off > off {
			break
		}
		c.last++
	}
	if c.list[c.last].Off > off || c.last+1 < len(c.list) && c.list[c.last+1].Off <= off {
		i, found := slices.BinarySearchFunc(c.list, off, func(a input.Carrier, off int64) int { return cmp.Compare(a.Off, off) })
		if !found && i == 0 {
			return &nothing, 0
		} else if !found {
			i--
		}
		c.last = i
	}
	return &c.list[c.last], int(max(0, c.list[c.last].Off-c.base))
}

// host returns the host that the line at pos comes from, or "".
func (c *carried) host(pos int, in *Input) string {
	if len(c.list) == 0 {
		return in.Host
	}
	at, _ := c.at(pos)
	return cmp.Or(at.Host, in.Host)
}
