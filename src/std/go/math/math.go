// This file holds the package math: constants, and the functions that programs about concurrency use.

package math

const (
	E      = 2.71828182845904523536028747135266249775724709369995957496696763
	Pi     = 3.14159265358979323846264338327950288419716939937510582097494459
	Phi    = 1.61803398874989484820458683436563811772030917980576286213544862
	Sqrt2  = 1.41421356237309504880168872420969807856967187537694807317667974
	SqrtE  = 1.64872127070012814684865078781416357165377610071014801157507931
	SqrtPi = 1.77245385090551602729816748334114518279754945612238712821380779
	Ln2    = 0.693147180559945309417232121458176568075500134360255254120680009
	Log2E  = 1 / Ln2
	Ln10   = 2.30258509299404568401799145468436420760110148862877297603332790
	Log10E = 1 / Ln10
)

const (
	MaxFloat32             = 3.40282346638528859811704183484516925440e+38
	SmallestNonzeroFloat32 = 1.401298464324817070923729583289916131280e-45
	MaxFloat64             = 1.79769313486231570814527423731704356798070e+308
	SmallestNonzeroFloat64 = 4.9406564584124654417656879286822137236505980e-324
)

const (
	MaxInt    = 1<<63 - 1
	MinInt    = -1 << 63
	MaxInt8   = 1<<7 - 1
	MinInt8   = -1 << 7
	MaxInt16  = 1<<15 - 1
	MinInt16  = -1 << 15
	MaxInt32  = 1<<31 - 1
	MinInt32  = -1 << 31
	MaxInt64  = 1<<63 - 1
	MinInt64  = -1 << 63
	MaxUint   = 1<<64 - 1
	MaxUint8  = 1<<8 - 1
	MaxUint16 = 1<<16 - 1
	MaxUint32 = 1<<32 - 1
	MaxUint64 = 1<<64 - 1
)

func Sqrt(x float64) float64
func Floor(x float64) float64
func Pow(x, y float64) float64
func Exp(x float64) float64
func Log(x float64) float64
func Log2(x float64) float64
func Log10(x float64) float64
func Sin(x float64) float64
func Cos(x float64) float64
func Tan(x float64) float64
func Atan(x float64) float64
func Atan2(y, x float64) float64

// Ceil gives the least integer not below x.
func Ceil(x float64) float64 { return -Floor(-x) }

// Trunc gives x without its fraction.
func Trunc(x float64) float64 {
	if x < 0 {
		return Ceil(x)
	}
	return Floor(x)
}

// Round gives the nearest integer, halves away from zero.
func Round(x float64) float64 {
	t := Trunc(x)
	if Abs(x-t) >= 0.5 {
		if x < 0 {
			return t - 1
		}
		return t + 1
	}
	return t
}

// Abs gives x without its sign.
func Abs(x float64) float64 {
	if x < 0 {
		return -x
	}
	if x == 0 {
		return 0
	}
	return x
}

// Mod gives the rest of x/y with the sign of x.
func Mod(x, y float64) float64 {
	if y == 0 || IsInf(x, 0) || IsNaN(x) || IsNaN(y) {
		return NaN()
	}
	if IsInf(y, 0) {
		return x
	}
	r := x - y*Trunc(x/y)
	if r == 0 && x < 0 {
		return -r
	}
	return r
}

// Hypot gives the square root of p*p + q*q.
func Hypot(p, q float64) float64 { return Sqrt(p*p + q*q) }

// Cbrt gives the cube root of x.
func Cbrt(x float64) float64 {
	if x < 0 {
		return -Pow(-x, 1.0/3)
	}
	return Pow(x, 1.0/3)
}

// Max gives the larger of x and y.
func Max(x, y float64) float64 {
	if IsInf(x, 1) || IsInf(y, 1) {
		return Inf(1)
	}
	if IsNaN(x) || IsNaN(y) {
		return NaN()
	}
	if x > y {
		return x
	}
	return y
}

// Min gives the smaller of x and y.
func Min(x, y float64) float64 {
	if IsInf(x, -1) || IsInf(y, -1) {
		return Inf(-1)
	}
	if IsNaN(x) || IsNaN(y) {
		return NaN()
	}
	if x < y {
		return x
	}
	return y
}

// Inf gives positive infinity if sign >= 0, else negative infinity.
func Inf(sign int) float64 {
	var zero float64
	if sign >= 0 {
		return 1 / zero
	}
	return -1 / zero
}

// NaN gives a value that is not a number.
func NaN() float64 {
	var zero float64
	return zero / zero
}

// IsNaN reports whether f is not a number.
func IsNaN(f float64) (is bool) { return f != f }

// IsInf reports whether f is an infinity of that sign; 0 means either.
func IsInf(f float64, sign int) bool {
	return sign >= 0 && f > MaxFloat64 || sign <= 0 && f < -MaxFloat64
}
