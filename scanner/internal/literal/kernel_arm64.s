#include "textflag.h"

// The kernel looks at 16 positions at a time. For each of the first four bytes of the literals tables of 16
// bytes give the buckets that the low and the high half of the byte are in; what all have in common makes a
// candidate. As a byte of a vector has room for eight buckets, there are two such pairs of tables for each of the four.
//
// R0 tables, R1 text, R2 end, R3 position, R4 out, R5 room, R6 written.

// HALVES splits the bytes at offset.
#define HALVES(offset) \
	ADD   $offset, R9, R10; \
	VLD1  (R10), [V20.B16]; \
	VUSHR $4, V20.B16, V21.B16; \
	VAND  V18.B16, V20.B16, V20.B16

// LOOKUP leaves the buckets of one part in to.
#define LOOKUP(low, high, to) \
	VTBL V20.B16, [low.B16], V22.B16; \
	VTBL V21.B16, [high.B16], V23.B16; \
	VAND V22.B16, V23.B16, to.B16

// NARROW leaves in to those that it has in common with the tables.
#define NARROW(low, high, to) \
	LOOKUP(low, high, V24); \
	VAND V24.B16, to.B16, to.B16

// EMIT writes the candidates of eight positions, the bytes of lane that are not zero.
#define EMIT(lane, first, again, done) \
again: \
	CBZ  lane, done; \
	RBIT lane, R12; \
	CLZ  R12, R12; \
	AND  $56, R12, R12; \
	LSR  $3, R12, R14; \
	ADD  $first, R14, R14; \
	ADD  R3, R14, R14; \
	MOVW R14, (R4)(R6<<2); \
	ADD  $1, R6, R6; \
	MOVD $255, R15; \
	LSL  R12, R15, R15; \
	BIC  R15, lane, lane; \
	B    again; \
done:

// func teddyNEON(t *tables, b *byte, n, from int, out *uint32, room int) (wrote, next int)
TEXT ·teddyNEON(SB), NOSPLIT, $0-64
	MOVD t+0(FP), R0
	MOVD b+8(FP), R1
	MOVD n+16(FP), R2
	MOVD from+24(FP), R3
	MOVD out+32(FP), R4
	MOVD room+40(FP), R5
	MOVD $0, R6

	ADD  $512, R0, R7
	VLD1.P 64(R7), [V0.B16, V1.B16, V2.B16, V3.B16]
	VLD1.P 64(R7), [V4.B16, V5.B16, V6.B16, V7.B16]
	VLD1.P 64(R7), [V8.B16, V9.B16, V10.B16, V11.B16]
	VLD1.P 64(R7), [V12.B16, V13.B16, V14.B16, V15.B16]
	MOVD $15, R8
	VDUP R8, V18.B16

loop:
	CMP R2, R3
	BGE done
	ADD R1, R3, R9
	HALVES(0)
	LOOKUP(V0, V1, V16)
	LOOKUP(V2, V3, V17)
	HALVES(1)
	NARROW(V4, V5, V16)
	NARROW(V6, V7, V17)
	HALVES(2)
	NARROW(V8, V9, V16)
	NARROW(V10, V11, V17)
	HALVES(3)
	NARROW(V12, V13, V16)
	NARROW(V14, V15, V17)
	VORR V16.B16, V17.B16, V16.B16
	VMOV V16.D[0], R10
	VMOV V16.D[1], R11
	ORR  R10, R11, R12
	CBNZ R12, hit
	ADD  $16, R3, R3
	B    loop

hit:
	CMP R5, R6
	BGT done
	EMIT(R10, 0, low, lowDone)
	EMIT(R11, 8, high, highDone)
	ADD $16, R3, R3
	B   loop

done:
	MOVD R6, wrote+48(FP)
	MOVD R3, next+56(FP)
	RET
