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
}

// nothing is carried by most inputs.
var nothing input.Carrier

// at returns what is carried for a place of the block, and where that begins.
func (c *carried) at(pos int) (*input.Carrier, int) {
	i, found := slices.BinarySearchFunc(c.list, c.base+int64(pos), func(a input.Carrier, off int64) int { return cmp.Compare(a.Off, off) })
	if !found {
		i--
	}
	if i < 0 {
		return &nothing, 0
	}
	return &c.list[i], int(max(0, c.list[i].Off-c.base))
}

// host returns the host that the line at pos comes from, or "".
func (c *carried) host(pos int, in *Input) string {
	if len(c.list) == 0 {
		return in.Host
	}
	at, _ := c.at(pos)
	return cmp.Or(at.Host, in.Host)
}
