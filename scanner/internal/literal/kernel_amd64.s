#include "textflag.h"

// Both kernels look at 64 positions at a time. For each of the first four bytes of the literals a table
// gives the buckets that the byte is in; the buckets that all four have in common are the candidates.
//
// DX tables, SI text, CX end, BX position, DI out, R8 room, R9 written.

// func teddyVBMI(t *tables, b *byte, n, from int, out *uint32, room int) (wrote, next int)
TEXT ·teddyVBMI(SB), NOSPLIT, $64-64
	MOVQ t+0(FP), DX
	MOVQ b+8(FP), SI
	MOVQ n+16(FP), CX
	MOVQ from+24(FP), BX
	MOVQ out+32(FP), DI
	MOVQ room+40(FP), R8
	XORQ R9, R9

	// Tables of 128 bytes in two registers each: VPERMI2B looks the low seven bits of 64 bytes up.
	VMOVDQU64 0(DX), Z0
	VMOVDQU64 64(DX), Z1
	VMOVDQU64 128(DX), Z2
	VMOVDQU64 192(DX), Z3
	VMOVDQU64 256(DX), Z4
	VMOVDQU64 320(DX), Z5
	VMOVDQU64 384(DX), Z6
	VMOVDQU64 448(DX), Z7

vbmiLoop:
	CMPQ BX, CX
	JGE  vbmiDone
	VMOVDQU64 0(SI)(BX*1), Z10
	VPERMI2B  Z1, Z0, Z10
	VMOVDQU64 1(SI)(BX*1), Z11
	VPERMI2B  Z3, Z2, Z11
	VMOVDQU64 2(SI)(BX*1), Z12
	VPERMI2B  Z5, Z4, Z12
	VMOVDQU64 3(SI)(BX*1), Z13
	VPERMI2B  Z7, Z6, Z13
	VPANDQ    Z13, Z12, Z12
	VPTERNLOGQ $0x80, Z12, Z11, Z10 // all of them, anded
	VPTESTMB  Z10, Z10, K1
	KMOVQ     K1, AX
	TESTQ     AX, AX
	JNZ       vbmiHit
	ADDQ      $64, BX
	JMP       vbmiLoop

vbmiHit:
	CMPQ R9, R8
	JG   vbmiDone
	VMOVDQU64 Z10, buckets-64(SP)
	LEAQ buckets-64(SP), R11

vbmiEmit:
	TZCNTQ  AX, R10
	BLSRQ   AX, AX
	MOVBLZX (R11)(R10*1), R12
	ADDQ    BX, R10
	SHLL    $8, R10
	ORL     R12, R10
	MOVL    R10, (DI)(R9*4)
	INCQ    R9
	TESTQ   AX, AX
	JNZ     vbmiEmit
	ADDQ    $64, BX
	JMP     vbmiLoop

vbmiDone:
	VZEROUPPER
	MOVQ R9, wrote+48(FP)
	MOVQ BX, next+56(FP)
	RET

// func teddyAVX2(t *tables, b *byte, n, from int, out *uint32, room int) (wrote, next int)
TEXT ·teddyAVX2(SB), NOSPLIT, $64-64
	MOVQ t+0(FP), DX
	MOVQ b+8(FP), SI
	MOVQ n+16(FP), CX
	MOVQ from+24(FP), BX
	MOVQ out+32(FP), DI
	MOVQ room+40(FP), R8
	XORQ R9, R9

	// Tables of 16 bytes, twice, for the low and the high half of each byte: VPSHUFB looks them up.
	VMOVDQU 512(DX), Y0
	VMOVDQU 544(DX), Y1
	VMOVDQU 576(DX), Y2
	VMOVDQU 608(DX), Y3
	VMOVDQU 640(DX), Y4
	VMOVDQU 672(DX), Y5
	VMOVDQU 704(DX), Y6
	VMOVDQU 736(DX), Y7
	MOVQ    $0x0f0f0f0f0f0f0f0f, AX
	MOVQ    AX, X15
	VPBROADCASTQ X15, Y15
	VPXOR   Y11, Y11, Y11

#define LOOKUP(offset, low, high, to) \
	VMOVDQU offset(SI)(BX*1), Y8; \
	VPSRLW  $4, Y8, Y9; \
	VPAND   Y15, Y8, Y8; \
	VPAND   Y15, Y9, Y9; \
	VPSHUFB Y8, low, Y8; \
	VPSHUFB Y9, high, Y9; \
	VPAND   Y8, Y9, to

avx2Loop:
	CMPQ BX, CX
	JGE  avx2Done
	LOOKUP(0, Y0, Y1, Y13)
	LOOKUP(1, Y2, Y3, Y10)
	VPAND Y10, Y13, Y13
	LOOKUP(2, Y4, Y5, Y10)
	VPAND Y10, Y13, Y13
	LOOKUP(3, Y6, Y7, Y10)
	VPAND Y10, Y13, Y13
	LOOKUP(32, Y0, Y1, Y14)
	LOOKUP(33, Y2, Y3, Y10)
	VPAND Y10, Y14, Y14
	LOOKUP(34, Y4, Y5, Y10)
	VPAND Y10, Y14, Y14
	LOOKUP(35, Y6, Y7, Y10)
	VPAND Y10, Y14, Y14
	VPOR  Y13, Y14, Y12
	VPTEST Y12, Y12
	JNZ   avx2Hit
	ADDQ  $64, BX
	JMP   avx2Loop

avx2Hit:
	CMPQ R9, R8
	JG   avx2Done
	VMOVDQU Y13, buckets-64(SP)
	VMOVDQU Y14, buckets-32(SP)
	VPCMPEQB Y11, Y13, Y13
	VPCMPEQB Y11, Y14, Y14
	VPMOVMSKB Y13, AX
	VPMOVMSKB Y14, R10
	SHLQ $32, R10
	ORQ  R10, AX
	NOTQ AX // the bytes that are not zero
	LEAQ buckets-64(SP), R11

avx2Emit:
	TZCNTQ  AX, R10
	BLSRQ   AX, AX
	MOVBLZX (R11)(R10*1), R12
	ADDQ    BX, R10
	SHLL    $8, R10
	ORL     R12, R10
	MOVL    R10, (DI)(R9*4)
	INCQ    R9
	TESTQ   AX, AX
	JNZ     avx2Emit
	ADDQ    $64, BX
	JMP     avx2Loop

avx2Done:
	VZEROUPPER
	MOVQ R9, wrote+48(FP)
	MOVQ BX, next+56(FP)
	RET
