package lang

import (
	"strconv"
	"strings"
	"time"
)

// A Style is how much of a date is written out.
type Style string

const (
	Full   Style = "full"   // mardi 24 mars 2026
	Long   Style = "long"   // 24 mars 2026
	Medium Style = "medium" // 25 janv. 2022
	Brief  Style = "short"  // 24/03/2026
)

// Date writes the day that t shows, as the language writes it: "1er février 2022", "1º de fevereiro de 2022", "February 1, 2022".
// A language without names of months has the date as ISO 8601 writes it.
func (l Language) Date(t time.Time, style Style) string {
	pattern := l.formats[string(style)]
	if pattern == "" || len(l.Months) != 12 || len(l.Days) != 7 {
		return t.Format(time.DateOnly)
	}
	return l.format(t, pattern)
}

// Time writes the hour and minute that t shows: "17 h 30", "17h30", "5:30 p.m."; "17:30" where the language has no other way.
func (l Language) Time(t time.Time) string {
	if p := l.formats["time"]; p != "" {
		return l.format(t, p)
	}
	return t.Format("15:04")
}

// DayAndMonth writes a date without its year: "25 janvier", "1er février", "January 25".
func (l Language) DayAndMonth(t time.Time) string {
	pattern := l.formats[string(Long)]
	if pattern == "" || len(l.Months) != 12 {
		return t.Format("01-02")
	}
	from, to, quoted := -1, 0, false
	for i := range len(pattern) {
		switch c := pattern[i]; {
		case c == '\'':
			quoted = !quoted
		case !quoted && (c == 'd' || c == 'M'):
			if to = i + 1; from < 0 {
				from = i
			}
		}
	}
	for to < len(pattern) && !letter(pattern[to]) && !strings.ContainsRune(" ,'(", rune(pattern[to])) && !strings.HasPrefix(pattern[to:], "،") {
		to++ // the full stop or the 日 that belongs to the day
	}
	return l.format(t, pattern[from:to])
}

// format fills a CLDR date pattern: letters are fields, what stands between ' is text.
func (l Language) format(t time.Time, pattern string) string {
	var b strings.Builder
	for i := 0; i < len(pattern); {
		c := pattern[i]
		n := 1
		switch {
		case c == '\'':
			end := strings.IndexByte(pattern[i+1:], '\'')
			if end < 0 {
				end = len(pattern) - i - 1
			}
			if end == 0 {
				b.WriteByte('\'')
			}
			b.WriteString(pattern[i+1 : i+1+end])
			n = min(end+2, len(pattern)-i)
		case letter(c):
			for i+n < len(pattern) && pattern[i+n] == c {
				n++
			}
			b.WriteString(l.field(t, c, n))
		default:
			b.WriteByte(c)
		}
		i += n
	}
	return b.String()
}

func (l Language) field(t time.Time, c byte, n int) string {
	switch c {
	case 'd':
		if first := l.formats["first"]; n == 1 && t.Day() == 1 && first != "" {
			return first
		}
		return padded(t.Day(), n)
	case 'M', 'L':
		switch {
		case n >= 4 && c == 'L':
			return l.Alone[t.Month()-1]
		case n >= 4:
			return l.Months[t.Month()-1]
		case n == 3 && len(l.Short) == 12:
			return l.Short[t.Month()-1]
		}
		return padded(int(t.Month()), n)
	case 'y':
		if n == 2 {
			return padded(t.Year()%100, 2)
		}
		return strconv.Itoa(t.Year())
	case 'E', 'c':
		if n < 4 && len(l.DaysAbb) == 7 {
			return l.DaysAbb[t.Weekday()]
		}
		return l.Days[t.Weekday()]
	case 'H':
		return padded(t.Hour(), n)
	case 'h':
		return padded((t.Hour()+11)%12+1, n)
	case 'm':
		return padded(t.Minute(), n)
	case 'a':
		if t.Hour() < 12 {
			return "a.m."
		}
		return "p.m."
	}
	return strings.Repeat(string(c), n) // not a field of any pattern in the table
}

func padded(v, width int) string {
	s := strconv.Itoa(v)
	if width == 2 && len(s) < 2 {
		return "0" + s
	}
	return s
}
