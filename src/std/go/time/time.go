// This file holds the package time. Virtual time is in nanoseconds; it starts at a fixed instant.

package time

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

// A Time is an instant. Its only word is what the runtime sends on the channels of timers.
type Time struct {
	ns int64 // since January 1, 1970 UTC; 0: the zero Time, January 1 of year 1
}

// zeroUnix is the zero Time in seconds since 1970.
const zeroUnix = -62135596800

// Now gives the current virtual time.
func Now() Time { return Time{now()} }

// Unix gives the instant sec seconds and nsec nanoseconds after January 1, 1970 UTC.
func Unix(sec int64, nsec int64) Time { return Time{sec*1e9 + nsec} }

// UnixMilli gives the instant msec milliseconds after January 1, 1970 UTC.
func UnixMilli(msec int64) Time { return Time{msec * 1e6} }

// UnixMicro gives the instant usec microseconds after January 1, 1970 UTC.
func UnixMicro(usec int64) Time { return Time{usec * 1e3} }

// Since gives the time since t.
func Since(t Time) Duration { return Now().Sub(t) }

// Until gives the time until t.
func Until(t Time) Duration { return t.Sub(Now()) }

// IsZero reports whether t is the zero Time.
func (t Time) IsZero() bool { return t.ns == 0 }

// Sub gives t-u.
func (t Time) Sub(u Time) Duration {
	switch {
	case t.ns == u.ns:
		return 0
	case u.ns == 0:
		return 1<<63 - 1
	case t.ns == 0:
		return -1 << 63
	}
	return Duration(t.ns - u.ns)
}

// Add gives t+d.
func (t Time) Add(d Duration) Time { return Time{t.ns + int64(d)} }

// Truncate rounds t down to a multiple of d since the zero Time.
func (t Time) Truncate(d Duration) Time {
	if d <= 0 {
		return t
	}
	return Time{t.ns - t.ns%int64(d)}
}

// Before reports whether t is before u.
func (t Time) Before(u Time) bool {
	if t.ns == 0 || u.ns == 0 {
		return t.ns == 0 && u.ns != 0
	}
	return t.ns < u.ns
}

// After reports whether t is after u.
func (t Time) After(u Time) bool { return u.Before(t) }

// Equal reports whether t and u are the same instant.
func (t Time) Equal(u Time) bool { return t.ns == u.ns }

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
	if t.ns == 0 {
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

// UTC gives t; all times here are in UTC.
func (t Time) UTC() Time { return t }

// Local gives t; all times here are in UTC.
func (t Time) Local() Time { return t }

// Nanosecond gives the nanoseconds within the second.
func (t Time) Nanosecond() int { return int((t.ns%1e9 + 1e9) % 1e9) }

// Second gives the second within the minute.
func (t Time) Second() int { return int(t.secondOfDay() % 60) }

// Minute gives the minute within the hour.
func (t Time) Minute() int { return int(t.secondOfDay() / 60 % 60) }

// Hour gives the hour within the day.
func (t Time) Hour() int { return int(t.secondOfDay() / 3600) }

// Year gives the year.
func (t Time) Year() int {
	y, _, _ := t.Date()
	return y
}

// Month gives the month.
func (t Time) Month() Month {
	_, m, _ := t.Date()
	return m
}

// Day gives the day within the month.
func (t Time) Day() int {
	_, _, d := t.Date()
	return d
}

// Weekday gives the day of the week.
func (t Time) Weekday() Weekday { return Weekday(((t.days()+4)%7 + 7) % 7) }

// Clock gives hour, minute and second.
func (t Time) Clock() (hour, min, sec int) { return t.Hour(), t.Minute(), t.Second() }

func (t Time) secondOfDay() int64 { return (t.Unix()%86400 + 86400) % 86400 }

// days gives the days since January 1, 1970.
func (t Time) days() int64 { return (t.Unix() - t.secondOfDay()) / 86400 }

// Date gives year, month and day (Howard Hinnant's civil_from_days).
func (t Time) Date() (year int, month Month, day int) {
	z := t.days() + 719468
	era := z / 146097
	if z < 0 {
		era = (z - 146096) / 146097
	}
	doe := z - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	d := doy - (153*mp+2)/5 + 1
	m := mp + 3
	if m > 12 {
		m -= 12
	}
	y := yoe + era*400
	if m <= 2 {
		y++
	}
	return int(y), Month(m), int(d)
}

// A Month is a month of the year, January = 1.
type Month int

const (
	January Month = 1 + iota
	February
	March
	April
	May
	June
	July
	August
	September
	October
	November
	December
)

var monthNames = [...]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}

// String gives the English name.
func (m Month) String() string {
	if January <= m && m <= December {
		return monthNames[m-1]
	}
	return "%!Month(" + decimal(int64(m), 0) + ")"
}

// A Weekday is a day of the week, Sunday = 0.
type Weekday int

const (
	Sunday Weekday = iota
	Monday
	Tuesday
	Wednesday
	Thursday
	Friday
	Saturday
)

var dayNames = [...]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"}

// String gives the English name.
func (d Weekday) String() string {
	if Sunday <= d && d <= Saturday {
		return dayNames[d]
	}
	return "%!Weekday(" + decimal(int64(d), 0) + ")"
}

// ---- layouts

const (
	Layout      = "01/02 03:04:05PM '06 -0700"
	ANSIC       = "Mon Jan _2 15:04:05 2006"
	UnixDate    = "Mon Jan _2 15:04:05 MST 2006"
	RFC822      = "02 Jan 06 15:04 MST"
	RFC822Z     = "02 Jan 06 15:04 -0700"
	RFC850      = "Monday, 02-Jan-06 15:04:05 MST"
	RFC1123     = "Mon, 02 Jan 2006 15:04:05 MST"
	RFC1123Z    = "Mon, 02 Jan 2006 15:04:05 -0700"
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

// String gives t as 2006-01-02 15:04:05.999999999 +0000 UTC.
func (t Time) String() string { return t.Format("2006-01-02 15:04:05.999999999 -0700 MST") }

// layoutParts are the parts a layout is made of, longer before shorter ones that begin alike.
var layoutParts = [...]string{
	"January", "Jan", "Monday", "Mon", "MST", "2006", "-07:00", "-0700", "-07", "Z07:00", "Z0700",
	"01", "02", "03", "04", "05", "06", "002", "15", "PM", "pm", "_2", "1", "2", "3", "4", "5",
}

// Format gives t in the layout, a form of the reference time Mon Jan 2 15:04:05 MST 2006.
func (t Time) Format(layout string) string {
	out := ""
	for len(layout) > 0 {
		if n := fractionLength(layout); n > 0 {
			out += fraction(t.Nanosecond(), n-1, layout[1] == '9', layout[0])
			layout = layout[n:]
			continue
		}
		part := layoutPart(layout)
		if part == "" {
			out += layout[:1]
			layout = layout[1:]
			continue
		}
		out += t.part(part)
		layout = layout[len(part):]
	}
	return out
}

// layoutPart gives the part that the layout begins with, or "".
func layoutPart(layout string) string {
	for _, p := range layoutParts {
		if len(layout) >= len(p) && layout[:len(p)] == p {
			if p == "Jan" && len(layout) > 3 && layout[3] >= 'a' && layout[3] <= 'z' {
				continue
			}
			return p
		}
	}
	return ""
}

// fractionLength gives the length of a fraction of a second, as .000 or ,999, at the start of the layout.
func fractionLength(layout string) int {
	if len(layout) < 2 || layout[0] != '.' && layout[0] != ',' || layout[1] != '0' && layout[1] != '9' {
		return 0
	}
	n := 1
	for n < len(layout) && layout[n] == layout[1] {
		n++
	}
	if n < len(layout) && layout[n] >= '0' && layout[n] <= '9' {
		return 0
	}
	return n
}

// fraction gives digits of nsec; with trim, trailing zeros are left out, and the sign with them.
func fraction(nsec, digits int, trim bool, sign byte) string {
	s := decimal(int64(nsec), 9)[:digits]
	if trim {
		for len(s) > 0 && s[len(s)-1] == '0' {
			s = s[:len(s)-1]
		}
		if s == "" {
			return ""
		}
	}
	return string(rune(sign)) + s
}

// part gives one part of the layout.
func (t Time) part(p string) string {
	year, month, day := t.Date()
	hour := t.Hour()
	switch p {
	case "January":
		return month.String()
	case "Jan":
		return month.String()[:3]
	case "01":
		return decimal(int64(month), 2)
	case "1":
		return decimal(int64(month), 0)
	case "Monday":
		return t.Weekday().String()
	case "Mon":
		return t.Weekday().String()[:3]
	case "02":
		return decimal(int64(day), 2)
	case "_2":
		if day < 10 {
			return " " + decimal(int64(day), 0)
		}
		return decimal(int64(day), 0)
	case "2":
		return decimal(int64(day), 0)
	case "002":
		start := Time{t.ns}
		n := 0
		for start.Year() == year {
			n++
			start.ns -= int64(24 * Hour)
		}
		return decimal(int64(n), 3)
	case "15":
		return decimal(int64(hour), 2)
	case "03":
		return decimal(int64((hour+11)%12+1), 2)
	case "3":
		return decimal(int64((hour+11)%12+1), 0)
	case "04":
		return decimal(int64(t.Minute()), 2)
	case "4":
		return decimal(int64(t.Minute()), 0)
	case "05":
		return decimal(int64(t.Second()), 2)
	case "5":
		return decimal(int64(t.Second()), 0)
	case "2006":
		return decimal(int64(year), 4)
	case "06":
		return decimal(int64(year%100), 2)
	case "PM":
		if hour >= 12 {
			return "PM"
		}
		return "AM"
	case "pm":
		if hour >= 12 {
			return "pm"
		}
		return "am"
	case "MST":
		return "UTC"
	case "-0700":
		return "+0000"
	case "-07:00":
		return "+00:00"
	case "-07":
		return "+00"
	}
	return "Z" // Z07:00, Z0700
}

// decimal gives v in at least width digits.
func decimal(v int64, width int) string {
	var buf [24]byte
	neg := v < 0
	if neg {
		v = -v
	}
	w := fmtInt(buf[:], uint64(v))
	for len(buf)-w < width {
		w--
		buf[w] = '0'
	}
	if neg {
		w--
		buf[w] = '-'
	}
	return string(buf[w:])
}

// ---- timers

// newTimer makes a timer that is not running: when it fires it sends the time on c without waiting, or starts f.
func newTimer(c chan Time, f func()) uintptr

// startTimer makes the timer fire after ns nanoseconds, and then every period nanoseconds if that is not 0.
func startTimer(t uintptr, ns, period int64)

// stopTimer stops the timer and reports whether it was going to fire. A value that was sent and not received is taken back.
func stopTimer(t uintptr) bool

// resetTimer stops the timer and starts it anew; it reports whether it was going to fire.
func resetTimer(t uintptr, ns, period int64) bool

// The Timer represents a single event.
type Timer struct {
	C <-chan Time
	r uintptr // the runtime's timer
}

// NewTimer gives a timer that sends the time on its channel after d.
func NewTimer(d Duration) *Timer {
	c := make(chan Time, 1)
	t := &Timer{c, newTimer(c, nil)}
	startTimer(t.r, int64(d), 0)
	return t
}

// AfterFunc calls f in its own goroutine after d.
func AfterFunc(d Duration, f func()) *Timer {
	t := &Timer{nil, newTimer(nil, f)}
	startTimer(t.r, int64(d), 0)
	return t
}

// Stop prevents the timer from firing; it reports whether it did.
func (t *Timer) Stop() bool {
	if t.r == 0 {
		panic("time: Stop called on uninitialized Timer")
	}
	return stopTimer(t.r)
}

// Reset makes the timer fire after d; it reports whether the timer had been active.
func (t *Timer) Reset(d Duration) bool {
	if t.r == 0 {
		panic("time: Reset called on uninitialized Timer")
	}
	return resetTimer(t.r, int64(d), 0)
}

// After gives a channel on which the time is sent after d.
func After(d Duration) <-chan Time { return NewTimer(d).C }

// A Ticker sends the time again and again.
type Ticker struct {
	C <-chan Time
	r uintptr // the runtime's timer
}

// NewTicker gives a ticker that sends the time every d; ticks that nobody waits for are dropped.
func NewTicker(d Duration) *Ticker {
	if d <= 0 {
		panic("non-positive interval for NewTicker")
	}
	c := make(chan Time, 1)
	t := &Ticker{c, newTimer(c, nil)}
	startTimer(t.r, int64(d), int64(d))
	return t
}

// Stop turns the ticker off; its channel is not closed.
func (t *Ticker) Stop() {
	if t.r != 0 {
		stopTimer(t.r)
	}
}

// Reset stops the ticker and starts it with period d.
func (t *Ticker) Reset(d Duration) {
	if d <= 0 {
		panic("non-positive interval for Ticker.Reset")
	}
	if t.r == 0 {
		panic("time: Reset called on uninitialized Ticker")
	}
	resetTimer(t.r, int64(d), int64(d))
}

// Tick gives the channel of a ticker that is never stopped; nil if d is not positive.
func Tick(d Duration) <-chan Time {
	if d <= 0 {
		return nil
	}
	return NewTicker(d).C
}
