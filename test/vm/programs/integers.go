package main

import "fmt"

type level uint8

func main() {
	var i8 int8 = 127
	i8++
	var u8 uint8
	u8--
	var i16 int16 = -32768
	i16--
	var u16 uint16 = 65535
	u16 += 2
	var i32 int32 = 2147483647
	i32++
	var u32 uint32
	u32 -= 5
	var i64 int64 = 9223372036854775807
	i64++
	var u64 uint64
	u64--
	fmt.Println(i8, u8, i16, u16, i32, u32, i64, u64)
	fmt.Println(i64/-1, i64%-1, -i64, u64/3, u64%10, u64>>1, u64<<63)
	fmt.Println(-7/2, -7%2, 7/-2, 7%-2, u8+100, int8(-128)/int8(i8/i8*-1))
	x := 1234567890123
	y := 9876543210
	fmt.Println(x*y, x*x, x/y, x%y, -x/y, -x%y, x^y, x&y, x|y, x&^y, ^x)
	s := uint(70)
	fmt.Println(1<<s>>3 == 0, x>>s, -x>>s, x<<s, i32<<31, u8<<7>>3, int8(-128)>>1, ^uint8(1))
	k := 3
	fmt.Println(x<<k, x>>k, uint32(1)<<k, int16(0x4001)<<k)
	f := 3.99
	fmt.Println(int(f), int(-f), uint8(int(f)), float64(x), float32(0.1), float64(float32(0.1)), int64(1e18))
	var h uint32 = 2166136261
	for _, c := range []byte("hash me") {
		h ^= uint32(c)
		h *= 16777619
	}
	fmt.Println(h)
	var r uint64 = 88172645463325252
	for i := 0; i < 5; i++ {
		r ^= r << 13
		r ^= r >> 7
		r ^= r << 17
	}
	fmt.Println(r, r*6364136223846793005+1442695040888963407)
	var l level = 250
	l += 10
	fmt.Println(l, uint16(l)<<8, int8(l), rune('a')+1, string(rune('a'+1)))
	fmt.Println(1/3.0, float32(1)/3, 7.0/2, -0.0, 1e100, 5e-324)
	a, b := 7.5, 2.5
	fmt.Println(a+b, a-b, a*b, a/b, -a, a > b, a <= b, a != b)
	fmt.Println(min(3, 1, 2), max(2.5, 1), min("b", "a"))
	c := 'x'
	c -= 32
	fmt.Println(c, string(c), c == 'X', 07, 0b101, 0x_ff, 1_000)
	var u uint = 3
	fmt.Println(u-4 > 0, int(u)-4, u<<62, u>>1)
	const big = 1 << 62
	fmt.Println(big*2-1+big*0 > 0, big/3, uint64(1<<63))
}

// prints:
// -128 255 32767 1 -2147483648 4294967291 -9223372036854775808 18446744073709551615
// -9223372036854775808 0 -9223372036854775808 6148914691236517205 5 9223372036854775807 9223372036854775808
// -3 -1 -3 1 99 -128
// -34720243671903346 -4353767495901316871 124 9876532083 -124 -9876532083 1225094009377 9675211978 1234769221355 1224892678145 -1234567890124
// true 0 -1 0 0 16 -64 254
// 9876543120984 154320986265 8 8
// 3 -3 3 1.234567890123e+12 0.1 0.10000000149011612 1000000000000000000
// 2372640957
// 8204724074003728306 3368277940265068953
// 4 1024 4 98 b
// 0.3333333333333333 0.33333334 3.5 0 1e+100 5e-324
// 10 5 18.75 3 -7.5 true false true
// 1 2.5 a
// 88 X true 7 5 255 1000
// true -1 13835058055282163712 1
// true 1537228672809129301 9223372036854775808
