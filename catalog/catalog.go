// Package catalog knows what every Tencent Cloud IM error code means: 371 codes of the vendor's
// table and the further native, Web, push, call, room and TRTC codes that appear in logs, in
// English and Chinese.
//
// Start with [Builtin], which costs about a millisecond, and ask it:
//
//	c := catalog.Builtin()
//	for _, e := range c.Find(70001) {
//		fmt.Println(e.Family, e.Title().In(catalog.EN), e.Retry)
//	}
//
// A number alone does not say which product printed it, so [Catalog.Find] returns every sense,
// and [Catalog.Resolve] picks one by a hint. The sign belongs to the number: -20009 is a
// frequency limit, 20009 is "not friends".
//
// [Catalog.Overlay] puts a team's own codes and corrections on top. [Catalog.Search] finds
// entries by words in either language, [Catalog.Near] what a mistyped number may have been.
//
// The source is data/*.yaml; go generate compiles it into catalog.bin, and a test holds the two
// equal. The package reads no file, clock or environment of its own.
package catalog

//go:generate go run ./internal/gen
