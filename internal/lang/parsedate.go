package lang

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// A ParsedDate is a date as a page writes it.
type ParsedDate struct {
	Time    time.Time // with the offset that was written; midnight UTC of the day where no hour was
	DayOnly bool      // no hour was written
	Zoned   bool      // an offset was written or the zone is one of a fixed offset; else Time is to be read as local to the page
}

// machine are the forms that programs write.
var machine = []struct {
	layout         string
	dayOnly, zoned bool
}{
	{time.RFC3339Nano, false, true},
	{"2006-01-02T15:04Z07:00", false, true},
	{"2006-01-02T15:04:05Z0700", false, true},
	{"2006-01-02 15:04:05Z07:00", false, true},
	{"2006-01-02 15:04:05 -0700", false, true},
	{"2006-01-02T15:04:05", false, false},
	{"2006-01-02T15:04", false, false},
	{"2006-01-02 15:04:05", false, false},
	{"2006-01-02 15:04", false, false},
	{time.DateOnly, true, false},
	{"20060102", true, false},
	{time.RFC1123Z, false, true},
	{"Mon, 2 Jan 2006 15:04:05 -0700", false, true},
	{"Mon Jan 2 15:04:05 -0700 2006", false, true},
}

// zones are abbreviations that mean one offset wherever they are used in the news, in minutes. IST, CST in Asia and their like are left out.
var zones = map[string]int{
	"UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "BST": 60, "CET": 60, "CEST": 120, "EET": 120, "EEST": 180, "MSK": 180,
	"EST": -300, "EDT": -240, "CDT": -300, "MST": -420, "MDT": -360, "PST": -480, "PDT": -420, "BRT": -180,
}

// ParseDate reads a date that stands in a text of the language tag, alone: ISO 8601 and what programs write, days with the month in
// letters in that language or in English, numbers in the order of the language, each with or without a day of the week, an hour, a zone.
// It returns an error for what has no year, no day, or can be read in two ways.
//
//	fr  "mardi 24 mars 2026 à 20h40"     → 2026-03-24 20:40
//	en  "Jan. 5, 2026, 7:40 PM EST"      → 2026-01-05 19:40 -05:00
//	en  "13/02/2026"                     → 2026-02-13: no month has the number 13
func ParseDate(tag Tag, s string) (ParsedDate, error) {
	s = strings.TrimSpace(s)
	if len(s) > 120 || !utf8.ValidString(s) {
		return ParsedDate{}, fmt.Errorf("%.60q is no date", s)
	}
	for _, m := range machine {
		if t, err := time.Parse(m.layout, s); err == nil {
			return ParsedDate{offsetOnly(t), m.dayOnly, m.zoned}, nil
		}
	}
	r := dateReader{l: Facts(tag), english: Facts("en"), minute: -1}
	if err := r.read(s); err != nil {
		return ParsedDate{}, fmt.Errorf("date %q: %w", s, err)
	}
	return r.date()
}

// offsetOnly takes the name of the zone away, so that equal dates are equal wherever the program runs.
func offsetOnly(t time.Time) time.Time {
	if _, off := t.Zone(); off != 0 {
		return t.In(time.FixedZone("", off))
	}
	return t.UTC()
}

// A dateReader gathers the fields of a date.
type dateReader struct {
	l, english   Language
	numbers      []dateNumber // day, month and year as far as they are numbers, in their order
	month        time.Month   // if it was a word
	hour, minute int          // minute is -1 while no time was read
	second       int
	pm, am       bool
	zoned        bool
	offset       int // minutes
}

type dateNumber struct {
	v, width int
}

// read takes s apart into numbers and words.
func (r *dateReader) read(s string) error {
	fields := strings.FieldsFunc(s, func(c rune) bool { return unicode.IsSpace(c) || strings.ContainsRune(",;()|·•", c) })
	for i := 1; i+1 < len(fields); i++ { // 17 h 30
		if fields[i] == "h" && digit(fields[i-1][0]) && digit(fields[i+1][0]) {
			fields[i-1] += "h" + fields[i+1]
			fields = slices.Delete(fields, i, i+2)
		}
	}
	for _, f := range fields {
		if err := r.field(f); err != nil {
			return err
		}
	}
	return nil
}

func (r *dateReader) field(f string) error {
	if hour, minute, ok := strings.Cut(f, "."); ok && len(minute) == 2 && digit(f[0]) && digit(minute[0]) && r.complete() {
		f = hour + ":" + minute // 20.40 Uhr
	}
	switch {
	case r.clock(f), r.zone(f), r.meridiem(f):
		return nil
	case f[0] >= '0' && f[0] <= '9':
		return r.digits(f)
	}
	w := strings.Trim(f, ".:-–—/")
	if w == "" {
		return nil
	}
	if m, ok := r.monthOf(w); ok {
		if r.month != 0 {
			return fmt.Errorf("two months")
		}
		r.month = m
		return nil
	}
	if r.filler(w) {
		return nil
	}
	// 25-Jan-2022, 25/Jan/2022
	if parts := strings.FieldsFunc(w, func(c rune) bool { return c == '-' || c == '/' || c == '.' }); len(parts) > 1 {
		for _, p := range parts {
			if err := r.field(p); err != nil {
				return err
			}
		}
		return nil
	}
	return fmt.Errorf("%.30q is no part of a date", w)
}

// complete reports whether day, month and year have been read.
func (r *dateReader) complete() bool {
	return len(r.numbers) == 3 || (r.month != 0 && len(r.numbers) == 2)
}

// digits reads "24", "24.", "1er", "2nd", "24/03/2026", "24.03.2026", "2026-03-24", "2026年3月24日".
func (r *dateReader) digits(f string) error {
	f = strings.NewReplacer("年", "/", "月", "/", "日", "", "년", "", "월", "", "일", "").Replace(f)
	for f != "" {
		n := 0
		for n < len(f) && digit(f[n]) {
			n++
		}
		if n == 0 {
			return r.field(f)
		}
		v, err := strconv.Atoi(f[:n])
		if err != nil || n > 4 || len(r.numbers) == 3 {
			return fmt.Errorf("%.20q is one number too many", f)
		}
		r.numbers = append(r.numbers, dateNumber{v, n})
		f = f[n:]
		letters := strings.IndexFunc(f, func(c rune) bool { return !unicode.IsLetter(c) && c != 'º' && c != 'ª' && c != '°' })
		if letters < 0 {
			letters = len(f)
		}
		if letters > 0 { // 1er, 2nd, 1º, 5-го
			if w := f[:letters]; utf8.RuneCountInString(w) > 3 {
				return fmt.Errorf("%.20q is no part of a date", w)
			}
			f = f[letters:]
		}
		f = strings.TrimLeft(f, "/.-–")
	}
	return nil
}

// clock reads "20:40", "20:40:05", "20h40", "20h", "7:40pm", "7pm", with the zone where it sticks to the time.
func (r *dateReader) clock(f string) bool {
	f = strings.Trim(f, ".,")
	low := strings.ToLower(f)
	for _, suffix := range []string{"pm", "am", "p.m", "a.m"} {
		if rest, ok := strings.CutSuffix(low, suffix); ok && rest != "" && digit(rest[len(rest)-1]) {
			if !strings.ContainsAny(rest, ":.") {
				rest += ":00"
			}
			if !r.clock(strings.Replace(rest, ".", ":", 1)) {
				return false
			}
			r.pm, r.am = suffix[0] == 'p', suffix[0] == 'a'
			return true
		}
	}
	var zone string
	if i := strings.IndexAny(low, "+z"); i > 0 {
		low, zone = low[:i], low[i:]
	}
	parts := strings.Split(strings.Replace(low, "h", ":", 1), ":")
	if len(parts) < 2 || len(parts) > 3 || r.minute >= 0 {
		return false
	}
	var v [3]int
	for i, p := range parts {
		if p == "" && i == 1 { // "20h"
			continue
		}
		n, err := strconv.Atoi(p)
		if err != nil || len(p) > 2 || n < 0 {
			return false
		}
		v[i] = n
	}
	if v[0] > 24 || v[1] > 59 || v[2] > 60 || (zone != "" && !r.zone(strings.ToUpper(zone))) {
		return false
	}
	r.hour, r.minute, r.second = v[0], v[1], v[2]
	return true
}

// zone reads "UTC", "EST", "+01:00", "-0500", "GMT+1".
func (r *dateReader) zone(f string) bool {
	name := strings.Trim(f, ".()")
	if minutes, ok := zones[name]; ok {
		r.offset, r.zoned = minutes, true
		return true
	}
	name = strings.TrimPrefix(strings.TrimPrefix(name, "GMT"), "UTC")
	if len(name) < 2 || (name[0] != '+' && name[0] != '-') || r.minute < 0 {
		return false
	}
	h, m, colon := strings.Cut(name[1:], ":")
	if !colon && len(h) == 4 {
		h, m = h[:2], h[2:]
	}
	hours, err := strconv.Atoi(h)
	if err != nil || hours > 14 {
		return false
	}
	minutes := 0
	if m != "" {
		if minutes, err = strconv.Atoi(m); err != nil || minutes > 59 {
			return false
		}
	}
	r.offset, r.zoned = hours*60+minutes, true
	if name[0] == '-' {
		r.offset = -r.offset
	}
	return true
}

func (r *dateReader) meridiem(f string) bool {
	switch strings.ToLower(strings.ReplaceAll(f, ".", "")) {
	case "pm":
		r.pm = true
	case "am":
		r.am = true
	default:
		return false
	}
	return r.minute >= 0
}

// monthOf finds a month by its name, its abbreviation, or at least four letters of it.
func (r *dateReader) monthOf(w string) (time.Month, bool) {
	w = fold(w)
	for _, l := range []Language{r.l, r.english} {
		for _, table := range [][]string{l.Months, l.Alone, l.Short} {
			for i, name := range table {
				name = fold(name)
				if w == name || strings.TrimPrefix(strings.TrimPrefix(name, "de "), "d’") == w { // Catalan writes "de gener"
					return time.Month(i + 1), true
				}
			}
		}
		for i, name := range l.Months {
			if utf8.RuneCountInString(w) >= 4 && strings.HasPrefix(fold(name), w) || l.Tag == "en" && w == "sept" && i == 8 {
				return time.Month(i + 1), true
			}
		}
	}
	return 0, false
}

func fold(s string) string {
	return strings.ReplaceAll(strings.ToLower(strings.TrimRight(s, ".")), "'", "’")
}

// fillers are words that stand in dates and say nothing of the day. Ordinal endings after a hyphen are among them.
var fillers = map[string]bool{
	"de": true, "del": true, "du": true, "le": true, "la": true, "el": true, "den": true, "der": true, "am": true, "um": true, "uhr": true,
	"à": true, "a": true, "às": true, "as": true, "at": true, "on": true, "of": true, "the": true, "em": true, "em:": true, "il": true, "alle": true,
	"ore": true, "klo": true, "kl": true, "г": true, "года": true, "в": true, "р": true, "року": true, "о": true, "r": true, "roku": true,
	"o": true, "godz": true, "h": true, "hs": true, "hrs": true, "ub": true, "от": true,
	"d’": true, "st": true, "nd": true, "rd": true, "th": true, "го": true, "е": true, "й": true, "updated": true, "published": true,
	"publié": true, "mis": true, "jour": true, "publicado": true, "atualizado": true, "actualizado": true, "veröffentlicht": true, "pubblicato": true,
}

// filler reports whether w is a day of the week or a word that stands in dates.
func (r *dateReader) filler(w string) bool {
	w = fold(w)
	if fillers[w] {
		return true
	}
	for _, l := range []Language{r.l, r.english} {
		for _, table := range [][]string{l.Days, l.DaysAbb} {
			for _, name := range table {
				if name = fold(name); w == name || (utf8.RuneCountInString(w) >= 3 && strings.HasPrefix(name, w)) {
					return true
				}
			}
		}
	}
	return false
}

// date puts the fields together.
func (r *dateReader) date() (ParsedDate, error) {
	day, month, year, err := r.order()
	if err != nil {
		return ParsedDate{}, err
	}
	t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	if t.Day() != day || t.Month() != month {
		return ParsedDate{}, fmt.Errorf("%s %d has no day %d", month, year, day)
	}
	if r.minute < 0 {
		return ParsedDate{Time: t, DayOnly: true}, nil
	}
	hour := r.hour
	switch {
	case r.pm && hour < 12:
		hour += 12
	case r.am && hour == 12:
		hour = 0
	}
	zone := time.UTC
	if r.offset != 0 {
		zone = time.FixedZone("", r.offset*60)
	}
	return ParsedDate{Time: time.Date(year, month, day, hour, r.minute, r.second, 0, zone), Zoned: r.zoned}, nil
}

// order says which number is the day, the month and the year.
func (r *dateReader) order() (day int, month time.Month, year int, err error) {
	n := r.numbers
	if r.month != 0 {
		if len(n) != 2 {
			return 0, 0, 0, fmt.Errorf("a day and a year are wanted beside the month")
		}
		d, y := n[0], n[1]
		if d.width == 4 {
			d, y = y, d
		}
		return d.v, r.month, fullYear(y), nil
	}
	if len(n) != 3 {
		return 0, 0, 0, fmt.Errorf("a day, a month and a year are wanted")
	}
	a, b, c := n[0], n[1], n[2]
	if a.width == 4 {
		return c.v, time.Month(b.v), a.v, nil
	}
	first, second := a.v, b.v // day and month in some order
	monthFirst := strings.HasPrefix(r.l.formats["short"], "M")
	if first > 12 && second <= 12 {
		monthFirst = false
	}
	if second > 12 && first <= 12 {
		monthFirst = true
	}
	if monthFirst {
		first, second = second, first
	}
	return first, time.Month(second), fullYear(c), nil
}

// fullYear reads a year of two digits as the one nearest to our time: 70 to 99 are of the last century.
func fullYear(y dateNumber) int {
	switch {
	case y.width > 2:
		return y.v
	case y.v >= 70:
		return 1900 + y.v
	}
	return 2000 + y.v
}
