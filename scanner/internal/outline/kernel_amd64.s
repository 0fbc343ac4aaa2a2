#include "textflag.h"

// The kernel looks at 64 bytes at a time, the last of them perhaps behind the line: what a mask leaves out is not
// read, and is zero. Digits and letters are masks of a bit each in common registers, where what stood before the 64
// bytes is a carry.
//
// Of a run of digits the first stays, as '0': bytes that are no digit behind a digit. A run begins and ends where a
// bit differs from the one before, and these edges take turns, so that both sorts are written as one. How many there
// are nobody can guess. So 32 are written whether there are any or not: a branch that is foretold wrongly costs more.
//
// A letter directly before a run is added to its lowest bit: the sum carries it through the run, and on into the next
// 64 bytes, to the place behind the run, where a letter is looked for.
//
// DI text, SI line, CX bytes of the line, BX position, DX edges, R8 bytes written, R9 edges written,
// R10 whether the last byte was a digit, R11 whether it was a letter, R12 carry of the sum as 0 or -1, R13 inside.

// ramp is the numbers of 64 positions.
DATA ·ramp+0(SB)/8, $0x0706050403020100
DATA ·ramp+8(SB)/8, $0x0f0e0d0c0b0a0908
DATA ·ramp+16(SB)/8, $0x1716151413121110
DATA ·ramp+24(SB)/8, $0x1f1e1d1c1b1a1918
DATA ·ramp+32(SB)/8, $0x2726252423222120
DATA ·ramp+40(SB)/8, $0x2f2e2d2c2b2a2928
DATA ·ramp+48(SB)/8, $0x3736353433323130
DATA ·ramp+56(SB)/8, $0x3f3e3d3c3b3a3938
GLOBL ·ramp(SB), RODATA|NOPTR, $64

// EVERY fills a register with a byte.
#define EVERY(byte, to) \
	MOVL $byte, AX; \
	VPBROADCASTB AX, to

// POSITIONS writes the next 16 of the edges, which are in the lowest bytes of Z3.
#define POSITIONS(offset) \
	VPMOVZXBD X3, Z4; \
	VPADDD    Z5, Z4, Z4; \
	VMOVDQU32 Z4, offset(AX)

// func appendVBMI2(text *byte, edges *int32, line *byte, n int) (wrote, turns int, inside uint64)
TEXT ·appendVBMI2(SB), NOSPLIT, $0-56
	MOVQ text+0(FP), DI
	MOVQ edges+8(FP), DX
	MOVQ line+16(FP), SI
	MOVQ n+24(FP), CX
	XORL BX, BX
	XORL R8, R8
	XORL R9, R9
	XORL R10, R10
	XORL R11, R11
	XORL R12, R12
	XORL R13, R13
	EVERY(0x30, Z16) // '0'
	EVERY(10, Z17)
	EVERY(0x20, Z18)
	EVERY(0x61, Z19) // 'a'
	EVERY(26, Z20)
	VMOVDQU64 ·ramp(SB), Z21

loop:
	MOVQ    CX, AX
	SUBQ    BX, AX
	MOVL    $64, R14
	CMPQ    AX, R14
	CMOVQGT R14, AX
	MOVQ    $-1, R15
	BZHIQ   AX, R15, R15 // the bytes of the line
	KMOVQ   R15, K1
	VMOVDQU8.Z (SI)(BX*1), K1, Z0
	VPSUBB  Z16, Z0, Z1
	VPORD   Z18, Z0, Z2
	VPSUBB  Z19, Z2, Z2
	VPCMPUB $1, Z17, Z1, K2
	VPCMPUB $1, Z20, Z2, K3
	KMOVQ   K2, AX // digits
	VMOVDQU8 Z16, K2, Z0

	LEAQ  (R10)(AX*2), R10 // digits before
	MOVQ  R10, R14
	ANDQ  AX, R14
	ANDNQ R15, R14, R15 // what stays
	KMOVQ R15, K4
	VPCOMPRESSB.Z Z0, K4, Z1
	XORQ  AX, R10 // edges
	KMOVQ R10, K5
	VPCOMPRESSB.Z Z21, K5, Z3
	VMOVDQU64 Z1, (DI)(R8*1)
	POPCNTQ R15, R15
	ADDQ  R15, R8

	KMOVQ K3, R14 // letters
	LEAQ  (R11)(R14*2), R11 // letters before
	ANDQ  AX, R11
	ADDQ  R12, R12 // takes the carry out again
	ADCQ  AX, R11
	SBBQ  R12, R12
	ANDNQ R11, AX, R11
	ANDQ  R14, R11
	ORQ   R11, R13
	MOVQ  R14, R11
	SHRQ  $63, R11

	POPCNTQ R10, R14
	MOVQ  AX, R10
	SHRQ  $63, R10
	LEAQ  (DX)(R9*4), AX
	ADDQ  R14, R9
	VPBROADCASTD BX, Z5
	POSITIONS(0)
	VALIGNQ $2, Z3, Z3, Z3
	POSITIONS(64)
	CMPQ  R14, $32
	JGT   many

next:
	ADDQ $64, BX
	CMPQ BX, CX
	JLT  loop

	// A run that ends with the line has its end there, which no mask has if the line ends with the 64 bytes.
	MOVL CX, (DX)(R9*4)
	ADDQ R10, R9
	VZEROUPPER
	MOVQ R8, wrote+32(FP)
	MOVQ R9, turns+40(FP)
	MOVQ R13, inside+48(FP)
	RET

many:
	VALIGNQ $2, Z3, Z3, Z3
	POSITIONS(128)
	VALIGNQ $2, Z3, Z3, Z3
	POSITIONS(192)
	JMP next
