//go:build !amd64

package literal

const fastest = twin

func teddyVBMI(*tables, *byte, int, int, *uint32, int) (wrote, next int) { panic("no such kernel") }
func teddyAVX2(*tables, *byte, int, int, *uint32, int) (wrote, next int) { panic("no such kernel") }
