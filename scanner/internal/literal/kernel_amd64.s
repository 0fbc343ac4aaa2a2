#include "textflag.h"

// Both kernels look at 64 positions at a time. For each of the first four bytes of the literals a table
// gives the buckets that the byte is in; the buckets that all four have in common make a candidate. As a
// byte of a vector has room for eight buckets, there are two tables for each of the four.
//
// How many candidates there are nobody can guess. So they are written several at a time, and room is asked for
// whether there are any or not: a branch that is foretold wrongly costs more.
//
// DX tables, SI text, CX end, BX position, DI out, R8 room, R9 written.

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

// func teddyVBMI(t *tables, b *byte, n, from int, out *uint32, room int) (wrote, next int)
TEXT ·teddyVBMI(SB), NOSPLIT, $0-64
	MOVQ t+0(FP), DX
	MOVQ b+8(FP), SI
	MOVQ n+16(FP), CX
	MOVQ from+24(FP), BX
	MOVQ out+32(FP), DI
	MOVQ room+40(FP), R8
	XORQ R9, R9

	// Tables of 64 bytes in a register each: VPERMB looks the classes of bytes up, for which a matrix picks six bits.
	VMOVDQU64 0(DX), Z0
	VMOVDQU64 64(DX), Z1
	VMOVDQU64 128(DX), Z2
	VMOVDQU64 192(DX), Z3
	VMOVDQU64 256(DX), Z4
	VMOVDQU64 320(DX), Z5
	VMOVDQU64 384(DX), Z6
	VMOVDQU64 448(DX), Z7
	MOVQ      $0x0102040810400000, AX
	VPBROADCASTQ AX, Z8
	VMOVDQU64 ·ramp(SB), Z24
	VPBROADCASTD BX, Z26 // the position
	MOVL      $64, AX
	VPBROADCASTD AX, Z28
	JMP       vbmiLoop

vbmiNext:
	VPADDD Z28, Z26, Z26

	PCALIGN $64

vbmiLoop:
	CMPQ BX, CX
	JGE  vbmiDone
	VMOVDQU64 0(SI)(BX*1), Z16
	VMOVDQU64 1(SI)(BX*1), Z17
	VMOVDQU64 2(SI)(BX*1), Z18
	VMOVDQU64 3(SI)(BX*1), Z19
	VGF2P8AFFINEQB $0, Z8, Z16, Z16
	VGF2P8AFFINEQB $0, Z8, Z17, Z17
	VGF2P8AFFINEQB $0, Z8, Z18, Z18
	VGF2P8AFFINEQB $0, Z8, Z19, Z19
	VPERMB     Z1, Z16, Z20
	VPERMB     Z0, Z16, Z16
	VPERMB     Z3, Z17, Z21
	VPERMB     Z2, Z17, Z17
	VPERMB     Z5, Z18, Z22
	VPERMB     Z4, Z18, Z18
	VPERMB     Z7, Z19, Z23
	VPERMB     Z6, Z19, Z19
	VPTERNLOGQ $0x80, Z18, Z17, Z16 // all of them, anded
	VPTERNLOGQ $0x80, Z22, Z21, Z20
	VPANDQ     Z19, Z16, Z16
	VPTERNLOGQ $0xF8, Z23, Z20, Z16 // Z16 | Z20 & Z23
	VPTESTMB   Z16, Z16, K1
	CMPQ       R9, R8
	JG         vbmiDone
	KMOVQ      K1, AX
	POPCNTQ    AX, R10
	VPCOMPRESSB  Z24, K1, Z25
	LEAQ       (DI)(R9*4), R11
	ADDQ       R10, R9
	ADDQ       $64, BX

vbmiEmit:
	VPMOVZXBD X25, Z27
	VPADDD    Z26, Z27, Z27
	VMOVDQU32 Z27, (R11)
	SUBQ      $16, R10
	JLE       vbmiNext
	VALIGNQ   $2, Z25, Z25, Z25
	ADDQ      $64, R11
	JMP       vbmiEmit

vbmiDone:
	VZEROUPPER
	MOVQ R9, wrote+48(FP)
	MOVQ BX, next+56(FP)
	RET

// func teddyAVX2(t *tables, b *byte, n, from int, out *uint32, room int) (wrote, next int)
TEXT ·teddyAVX2(SB), NOSPLIT, $0-64
	MOVQ t+0(FP), DX
	MOVQ b+8(FP), SI
	MOVQ n+16(FP), CX
	MOVQ from+24(FP), BX
	MOVQ out+32(FP), DI
	MOVQ room+40(FP), R8
	XORQ R9, R9
	ADDQ $512, DX

	// Tables of 16 bytes for the low and the high half of each byte: VPSHUFB looks them up. Those of the first two
	// bytes stay in registers.
	VBROADCASTI128 0(DX), Y0
	VBROADCASTI128 16(DX), Y1
	VBROADCASTI128 32(DX), Y2
	VBROADCASTI128 48(DX), Y3
	VBROADCASTI128 64(DX), Y4
	VBROADCASTI128 80(DX), Y5
	VBROADCASTI128 96(DX), Y6
	VBROADCASTI128 112(DX), Y7
	MOVQ    $0x0f0f0f0f0f0f0f0f, AX
	MOVQ    AX, X15
	VPBROADCASTQ X15, Y15
	VPXOR   Y14, Y14, Y14

// HALVES splits the bytes at offset.
#define HALVES(offset) \
	VMOVDQU offset(SI)(BX*1), Y8; \
	VPSRLW  $4, Y8, Y9; \
	VPAND   Y15, Y8, Y8; \
	VPAND   Y15, Y9, Y9

// LOOKUP leaves the buckets of one part in to.
#define LOOKUP(low, high, to) \
	VPSHUFB Y8, low, Y10; \
	VPSHUFB Y9, high, to; \
	VPAND   Y10, to, to

// NARROW leaves in to those that it has in common with tables in memory.
#define NARROW(table, to) \
	VBROADCASTI128 table(DX), Y10; \
	VPSHUFB Y8, Y10, Y10; \
	VPAND   Y10, to, to; \
	VBROADCASTI128 (table+16)(DX), Y11; \
	VPSHUFB Y9, Y11, Y11; \
	VPAND   Y11, to, to

// CANDIDATES leaves in to a bit for each of 32 positions that is none.
#define CANDIDATES(offset, to) \
	HALVES(offset); \
	LOOKUP(Y0, Y1, Y12); \
	LOOKUP(Y2, Y3, Y13); \
	HALVES(offset+1); \
	LOOKUP(Y4, Y5, Y11); \
	VPAND Y11, Y12, Y12; \
	LOOKUP(Y6, Y7, Y11); \
	VPAND Y11, Y13, Y13; \
	HALVES(offset+2); \
	NARROW(128, Y12); \
	NARROW(160, Y13); \
	HALVES(offset+3); \
	NARROW(192, Y12); \
	NARROW(224, Y13); \
	VPOR  Y12, Y13, Y12; \
	VPCMPEQB Y14, Y12, Y12; \
	VPMOVMSKB Y12, to

// POSITION writes the position of the lowest bit.
#define POSITION(offset) \
	TZCNTQ AX, R10; \
	BLSRQ  AX, AX; \
	ADDL   BX, R10; \
	MOVL   R10, offset(R11)

avx2Loop:
	CMPQ BX, CX
	JGE  avx2Done
	CANDIDATES(0, AX)
	CANDIDATES(32, R10)
	SHLQ $32, R10
	ORQ  R10, AX
	NOTQ AX
	CMPQ R9, R8
	JG   avx2Done
	POPCNTQ AX, R12
	LEAQ (DI)(R9*4), R11
	ADDQ R12, R9

avx2Emit:
	POSITION(0)
	POSITION(4)
	POSITION(8)
	POSITION(12)
	ADDQ $16, R11
	SUBQ $4, R12
	JG   avx2Emit
	ADDQ $64, BX
	JMP  avx2Loop

avx2Done:
	VZEROUPPER
	MOVQ R9, wrote+48(FP)
	MOVQ BX, next+56(FP)
	RET
