package catalog

import (
	_ "embed" // for the compiled catalog
	"sync"
)

//go:embed catalog.bin
var compiled string

var builtin = sync.OnceValue(func() *Catalog {
	c, err := decodeCatalog(compiled)
	if err != nil {
		panic("catalog.bin: " + err.Error() + ": run go generate ./catalog")
	}
	c.official = true
	return c
})

// Builtin returns the catalog that comes with the program. The first call decodes it, which takes
// about a millisecond; all calls return the same Catalog. It is safe for concurrent use.
func Builtin() *Catalog { return builtin() }
