package scanner

import "github.com/imtriage/imtriage/scanner/internal/spares"

type spareList[T any] = spares.List[T]

// maxSpares bounds them: with few workers no more blocks are on their way.
const maxSpares = 16
