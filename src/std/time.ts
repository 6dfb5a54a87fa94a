/** This file holds the package time. Virtual time is in nanoseconds; it starts at a fixed instant. */
export const time = `package time

// A Duration is the time between two instants in nanoseconds.
type Duration int64

const (
	Nanosecond  Duration = 1
	Microsecond          = 1000 * Nanosecond
	Millisecond          = 1000 * Microsecond
	Second               = 1000 * Millisecond
	Minute               = 60 * Second
	Hour                 = 60 * Minute
)

// Nanoseconds gives d as a number of nanoseconds.
func (d Duration) Nanoseconds() int64 { return int64(d) }

// Microseconds gives d as a whole number of microseconds.
func (d Duration) Microseconds() int64 { return int64(d) / 1e3 }

// Milliseconds gives d as a whole number of milliseconds.
func (d Duration) Milliseconds() int64 { return int64(d) / 1e6 }

// Seconds gives d in seconds.
func (d Duration) Seconds() float64 {
	sec := d / Second
	nsec := d % Second
	return float64(sec) + float64(nsec)/1e9
}

// Minutes gives d in minutes.
func (d Duration) Minutes() float64 {
	min := d / Minute
	nsec := d % Minute
	return float64(min) + float64(nsec)/(60*1e9)
}

// Hours gives d in hours.
func (d Duration) Hours() float64 {
	h := d / Hour
	nsec := d % Hour
	return float64(h) + float64(nsec)/(60*60*1e9)
}

// Abs gives d without its sign.
func (d Duration) Abs() Duration {
	switch {
	case d >= 0:
		return d
	case d == -1<<63:
		return 1<<63 - 1
	default:
		return -d
	}
}

// Truncate rounds d toward zero to a multiple of m.
func (d Duration) Truncate(m Duration) Duration {
	if m <= 0 {
		return d
	}
	return d - d%m
}

// Round rounds d to the nearest multiple of m.
func (d Duration) Round(m Duration) Duration {
	if m <= 0 {
		return d
	}
	r := d % m
	if d < 0 {
		r = -r
		if r+r < m {
			return d + r
		}
		return d - m + r
	}
	if r+r < m {
		return d - r
	}
	return d + m - r
}

// String gives d as 72h3m0.5s.
func (d Duration) String() string {
	// Largest: -2540400h10m10.000000000s
	var buf [32]byte
	w := len(buf)
	u := uint64(d)
	neg := d < 0
	if neg {
		u = -u
	}
	if u < uint64(Second) {
		var prec int
		w--
		buf[w] = 's'
		w--
		switch {
		case u == 0:
			return "0s"
		case u < uint64(Microsecond):
			prec = 0
			buf[w] = 'n'
		case u < uint64(Millisecond):
			prec = 3
			// U+00B5 is two bytes.
			w--
			copy(buf[w:], "µ")
		default:
			prec = 6
			buf[w] = 'm'
		}
		w, u = fmtFrac(buf[:w], u, prec)
		w = fmtInt(buf[:w], u)
	} else {
		w--
		buf[w] = 's'
		w, u = fmtFrac(buf[:w], u, 9)
		w = fmtInt(buf[:w], u%60)
		u /= 60
		if u > 0 {
			w--
			buf[w] = 'm'
			w = fmtInt(buf[:w], u%60)
			u /= 60
			if u > 0 {
				w--
				buf[w] = 'h'
				w = fmtInt(buf[:w], u)
			}
		}
	}
	if neg {
		w--
		buf[w] = '-'
	}
	return string(buf[w:])
}

// fmtFrac writes the fraction of v/10**prec into the tail of buf, without trailing zeros.
func fmtFrac(buf []byte, v uint64, prec int) (nw int, nv uint64) {
	w := len(buf)
	print := false
	for i := 0; i < prec; i++ {
		digit := v % 10
		print = print || digit != 0
		if print {
			w--
			buf[w] = byte(digit) + '0'
		}
		v /= 10
	}
	if print {
		w--
		buf[w] = '.'
	}
	return w, v
}

// fmtInt writes v into the tail of buf.
func fmtInt(buf []byte, v uint64) int {
	w := len(buf)
	if v == 0 {
		w--
		buf[w] = '0'
	} else {
		for v > 0 {
			w--
			buf[w] = byte(v%10) + '0'
			v /= 10
		}
	}
	return w
}

// Sleep pauses the goroutine for at least d.
func Sleep(d Duration)

// now gives the virtual time: nanoseconds since January 1, 1970 UTC.
func now() int64

// ---- instants

// A Time is an instant.
type Time struct {
	ns  int64 // since January 1, 1970 UTC
	set bool  // false: the zero Time, January 1 of year 1
}

// zeroUnix is the zero Time in seconds since 1970.
const zeroUnix = -62135596800

// Now gives the current virtual time.
func Now() Time { return Time{now(), true} }

// Unix gives the instant sec seconds and nsec nanoseconds after January 1, 1970 UTC.
func Unix(sec int64, nsec int64) Time { return Time{sec*1e9 + nsec, true} }

// UnixMilli gives the instant msec milliseconds after January 1, 1970 UTC.
func UnixMilli(msec int64) Time { return Time{msec * 1e6, true} }

// Since gives the time since t.
func Since(t Time) Duration { return Now().Sub(t) }

// Until gives the time until t.
func Until(t Time) Duration { return t.Sub(Now()) }

// IsZero reports whether t is the zero Time.
func (t Time) IsZero() bool { return !t.set }

// Sub gives t-u.
func (t Time) Sub(u Time) Duration {
	if t.set != u.set {
		if t.set {
			return 1<<63 - 1
		}
		return -1 << 63
	}
	return Duration(t.ns - u.ns)
}

// Add gives t+d.
func (t Time) Add(d Duration) Time { return Time{t.ns + int64(d), t.set} }

// Before reports whether t is before u.
func (t Time) Before(u Time) bool {
	if t.set != u.set {
		return !t.set
	}
	return t.ns < u.ns
}

// After reports whether t is after u.
func (t Time) After(u Time) bool { return u.Before(t) }

// Equal reports whether t and u are the same instant.
func (t Time) Equal(u Time) bool { return t == u }

// Compare gives -1, 0 or +1 as t is before, the same as, or after u.
func (t Time) Compare(u Time) int {
	switch {
	case t.Before(u):
		return -1
	case u.Before(t):
		return +1
	}
	return 0
}

// Unix gives t in seconds since January 1, 1970 UTC.
func (t Time) Unix() int64 {
	if !t.set {
		return zeroUnix
	}
	s := t.ns / 1e9
	if t.ns%1e9 < 0 {
		s--
	}
	return s
}

// UnixMilli gives t in milliseconds since January 1, 1970 UTC.
func (t Time) UnixMilli() int64 { return t.ns / 1e6 }

// UnixMicro gives t in microseconds since January 1, 1970 UTC.
func (t Time) UnixMicro() int64 { return t.ns / 1e3 }

// UnixNano gives t in nanoseconds since January 1, 1970 UTC.
func (t Time) UnixNano() int64 { return t.ns }

// Nanosecond gives the nanoseconds within the second.
func (t Time) Nanosecond() int { return int(((t.ns % 1e9) + 1e9) % 1e9) }

// Second gives the second within the minute.
func (t Time) Second() int { return int(t.secondOfDay() % 60) }

// Minute gives the minute within the hour.
func (t Time) Minute() int { return int(t.secondOfDay() / 60 % 60) }

// Hour gives the hour within the day.
func (t Time) Hour() int { return int(t.secondOfDay() / 3600) }

func (t Time) secondOfDay() int64 { return ((t.Unix() % 86400) + 86400) % 86400 }

// String gives t as 2006-01-02 15:04:05.999999999 +0000 UTC.
func (t Time) String() string { return timeString(t.Unix(), t.Nanosecond()) }

// Format gives t in the layout, a form of the reference time Mon Jan 2 15:04:05 MST 2006.
func (t Time) Format(layout string) string { return timeFormat(t.Unix(), t.Nanosecond(), layout) }

func timeString(sec int64, nsec int) string
func timeFormat(sec int64, nsec int, layout string) string

const (
	Layout      = "01/02 03:04:05PM '06 -0700"
	ANSIC       = "Mon Jan _2 15:04:05 2006"
	UnixDate    = "Mon Jan _2 15:04:05 MST 2006"
	RFC822      = "02 Jan 06 15:04 MST"
	RFC1123     = "Mon, 02 Jan 2006 15:04:05 MST"
	RFC3339     = "2006-01-02T15:04:05Z07:00"
	RFC3339Nano = "2006-01-02T15:04:05.999999999Z07:00"
	Kitchen     = "3:04PM"
	Stamp       = "Jan _2 15:04:05"
	StampMilli  = "Jan _2 15:04:05.000"
	StampMicro  = "Jan _2 15:04:05.000000"
	StampNano   = "Jan _2 15:04:05.000000000"
	DateTime    = "2006-01-02 15:04:05"
	DateOnly    = "2006-01-02"
	TimeOnly    = "15:04:05"
)

// ---- timers

// runtimeTimer is what the runtime knows of a timer. When it fires it sends the time on c without waiting, or starts f.
type runtimeTimer struct {
	id     int64     // 0: never started
	when   int64     // virtual time at which it fires
	period int64     // 0: once
	c      chan Time // nil for AfterFunc
	f      func()    // nil for channels
}

// startTimer starts the timer, to fire at t.when.
func startTimer(t *runtimeTimer)

// stopTimer stops the timer and reports whether it was going to fire. A value sent and not received is taken back (Go 1.23).
func stopTimer(t *runtimeTimer) bool

// resetTimer makes the timer fire at when; it reports whether it was going to fire.
func resetTimer(t *runtimeTimer, when int64, period int64) bool

// The Timer represents a single event.
type Timer struct {
	C <-chan Time
	r runtimeTimer
}

// when gives the instant d from now; an overflow is the end of time.
func when(d Duration) int64 {
	if d <= 0 {
		return now()
	}
	t := now() + int64(d)
	if t < 0 {
		t = 1<<63 - 1
	}
	return t
}

// NewTimer gives a timer that sends the time on its channel after d.
func NewTimer(d Duration) *Timer {
	c := make(chan Time, 1)
	t := &Timer{C: c}
	t.r.c = c
	t.r.when = when(d)
	startTimer(&t.r)
	return t
}

// AfterFunc calls f in its own goroutine after d.
func AfterFunc(d Duration, f func()) *Timer {
	t := &Timer{}
	t.r.f = f
	t.r.when = when(d)
	startTimer(&t.r)
	return t
}

// Stop prevents the timer from firing; it reports whether it did.
func (t *Timer) Stop() bool {
	if t.r.id == 0 {
		panic("time: Stop called on uninitialized Timer")
	}
	return stopTimer(&t.r)
}

// Reset makes the timer fire after d; it reports whether the timer had been active.
func (t *Timer) Reset(d Duration) bool {
	if t.r.id == 0 {
		panic("time: Reset called on uninitialized Timer")
	}
	return resetTimer(&t.r, when(d), 0)
}

// After gives a channel on which the time is sent after d.
func After(d Duration) <-chan Time { return NewTimer(d).C }

// A Ticker sends the time again and again.
type Ticker struct {
	C <-chan Time
	r runtimeTimer
}

// NewTicker gives a ticker that sends the time every d; ticks that nobody waits for are dropped.
func NewTicker(d Duration) *Ticker {
	if d <= 0 {
		panic("non-positive interval for NewTicker")
	}
	c := make(chan Time, 1)
	t := &Ticker{C: c}
	t.r.c = c
	t.r.when = when(d)
	t.r.period = int64(d)
	startTimer(&t.r)
	return t
}

// Stop turns the ticker off; its channel is not closed.
func (t *Ticker) Stop() {
	if t.r.id == 0 {
		return
	}
	stopTimer(&t.r)
}

// Reset stops the ticker and starts it with period d.
func (t *Ticker) Reset(d Duration) {
	if d <= 0 {
		panic("non-positive interval for Ticker.Reset")
	}
	if t.r.id == 0 {
		panic("time: Reset called on uninitialized Ticker")
	}
	resetTimer(&t.r, when(d), int64(d))
}

// Tick gives the channel of a ticker that is never stopped; nil if d is not positive.
func Tick(d Duration) <-chan Time {
	if d <= 0 {
		return nil
	}
	return NewTicker(d).C
}
`;
