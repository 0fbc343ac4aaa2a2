package catalog_test

import (
	"fmt"

	"github.com/imtriage/imtriage/catalog"
)

// One number, several products: a hint decides, the others are told.
func ExampleCatalog_Resolve() {
	e, others := catalog.Builtin().Resolve(1002, catalog.Web)
	fmt.Println(e.Family, e.Code, others)
	// Output: web 1002 [server]
}

// A team puts its own codes on top.
func ExampleCatalog_Overlay() {
	c, err := catalog.Builtin().Overlay(catalog.File{Name: "ours.yaml", Data: []byte(`
entries:
  - code: 88001
    title: {en: Out of stock, zh: 库存不足}
    class: warning
  - code: 88002
    titel: {en: Sold out}
`)})
	fmt.Println(c == nil)
	fmt.Println(err)
	// Output:
	// true
	// ours.yaml:7:5: entries[1].titel: unknown field, did you mean "title"?
}
