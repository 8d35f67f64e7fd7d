package statement

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// A datePattern is a line of a lexicon: words and places to fill, and what they mean counted from the article's day.
//
//	yesterday = day -1          {n} {unit} ago = unit -n        last {weekday} = weekday past
type datePattern struct {
	words []string
	op    string // day, week, month, year, unit, weekday, part, end
	arg   string
}

// addDate reads a line of a lexicon's dates.
func (l *lexicon) addDate(line string) {
	left, right, _ := strings.Cut(line, "=")
	words, f := strings.Fields(left), strings.Fields(right)
	switch {
	case len(words) == 0:
	case len(f) == 0: // only the article's context says when
		l.dates = append(l.dates, datePattern{words: words})
	case f[0] == "number":
		n, _ := strconv.Atoi(f[1])
		for _, w := range words {
			l.nums[w] = n
		}
	case f[0] == "unit":
		if len(f) == 2 && f[1] != "-n" && f[1] != "+n" {
			for _, w := range words {
				l.units[w] = f[1]
			}
			return
		}
		fallthrough
	default:
		if f[0] == "dayname" || f[0] == "monthname" {
			n, _ := strconv.Atoi(f[1])
			for _, w := range words {
				if f[0] == "dayname" {
					l.days[w] = n
				} else {
					l.month[w] = n
				}
			}
			return
		}
		l.dates = append(l.dates, datePattern{words, f[0], strings.Join(f[1:], " ")})
	}
}

// A timeWord is a word, or a sign, of a text that is searched for dates; quotation marks are left out.
type timeWord struct {
	start, end int
	low        string
	number     bool
}

func timeWords(s string) []timeWord {
	var out []timeWord
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			if strings.ContainsRune(".,;:()\n–—-/", r) {
				out = append(out, timeWord{start: i, end: i + n, low: string(r)})
			}
			i += n
			continue
		}
		digits := unicode.IsDigit(r)
		end := i
		for end < len(s) {
			r, n := utf8.DecodeRuneInString(s[end:])
			if digits && !unicode.IsDigit(r) || !digits && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
				break
			}
			end += n
		}
		out = append(out, timeWord{start: i, end: end, low: strings.ToLower(s[i:end]), number: digits})
		i = end
	}
	return out
}

// findDates finds the expressions of time of a passage, and resolves them.
func (a *article) findDates(p *passage) []Date {
	anchor := a.f.Anchor
	if anchor.IsZero() {
		anchor = a.d.Date
	}
	r := dating{p: p, l: p.lex, w: timeWords(p.s), anchor: anchor}
	var out []Date
	for i := 0; i < len(r.w); {
		d, n := r.at(i)
		if n == 0 {
			i++
			continue
		}
		d.Block, d.Start, d.End = p.block, r.w[i].start, r.w[i+n-1].end
		d.Text = p.s[d.Start:d.End]
		out = append(out, d)
		i += n
	}
	return out
}

// A dating reads the dates of one passage.
type dating struct {
	p      *passage
	l      *lexicon
	w      []timeWord
	anchor time.Time // zero: nothing relative has a value
}

func (r *dating) low(i int) string {
	if i < 0 || i >= len(r.w) {
		return ""
	}
	return r.w[i].low
}

// at reads the longest expression that begins with word i: what it means, and its length in words; 0 if there is none.
func (r *dating) at(i int) (Date, int) {
	best, length := Date{}, 0
	take := func(d Date, n int) {
		if n > length {
			best, length = d, n
		}
	}
	take(r.pattern(i))
	take(r.absolute(i))
	return best, length
}

// pattern reads what the lexicon lists.
func (r *dating) pattern(i int) (Date, int) {
	best, length := Date{}, 0
	for _, pat := range r.l.dates {
		n, unit, weekday, month, k := 0, "", -1, 0, i
		ok := true
		for _, w := range pat.words {
			low := r.low(k)
			switch w {
			case "{n}":
				if v, err := strconv.Atoi(low); err == nil && len(low) < 4 {
					n = v
				} else if v, found := r.l.nums[low]; found {
					n = v
				} else {
					ok = false
				}
			case "{unit}":
				unit, ok = r.l.units[low], r.l.units[low] != ""
			case "{weekday}":
				v, found := r.l.days[low]
				weekday, ok = v, found
			case "{month}":
				v, found := r.l.month[low]
				month, ok = v, found
			default:
				ok = low == w
			}
			if !ok {
				break
			}
			k++
		}
		if !ok || k-i <= length || r.p.lex.tag == "en" && month == 5 && k-i == 1 {
			continue
		}
		length = k - i
		best = r.value(pat, n, unit, weekday, month, i)
	}
	return best, length
}

// value is what a pattern means, counted from the anchor.
func (r *dating) value(pat datePattern, n int, unit string, weekday, month, i int) Date {
	if r.anchor.IsZero() {
		return Date{}
	}
	op, arg := pat.op, pat.arg
	if op == "unit" {
		op = unit
		sign, _, _ := strings.Cut(arg, "n")
		arg = sign + strconv.Itoa(n)
	}
	day := r.anchor
	switch op {
	case "weekday":
		return dayDate(r.weekday(time.Weekday(weekday), arg, i))
	case "month-of":
		y, m := r.anchor.Year(), time.Month(month)
		switch {
		case arg == "past" && m >= r.anchor.Month():
			y--
		case arg == "future" && m <= r.anchor.Month():
			y++
		}
		return Date{Value: fmt.Sprintf("%04d-%02d", y, m), Precision: "month"}
	case "yearend":
		v, _ := strconv.Atoi(arg)
		return dayDate(time.Date(day.Year()+v, 12, 31, 0, 0, 0, 0, time.UTC))
	case "monthend":
		v, _ := strconv.Atoi(arg)
		return dayDate(time.Date(day.Year(), day.Month()+time.Month(v)+1, 0, 0, 0, 0, 0, time.UTC))
	}
	v, err := strconv.Atoi(arg)
	if err != nil {
		return Date{}
	}
	switch op {
	case "day":
		return dayDate(day.AddDate(0, 0, v))
	case "week":
		y, w := day.AddDate(0, 0, 7*v).ISOWeek()
		return Date{Value: fmt.Sprintf("%04d-W%02d", y, w), Precision: "week"}
	case "month":
		m := time.Date(day.Year(), day.Month()+time.Month(v), 1, 0, 0, 0, 0, time.UTC)
		return Date{Value: m.Format("2006-01"), Precision: "month"}
	case "year":
		return Date{Value: fmt.Sprintf("%04d", day.Year()+v), Precision: "year"}
	}
	return Date{}
}

func dayDate(t time.Time) Date { return Date{Value: t.Format(time.DateOnly), Precision: "day"} }

// weekday is the day that a name of a day means: beside a verb of the past the latest not after the article's, the first after it where
// the future is spoken of.
func (r *dating) weekday(w time.Weekday, arg string, i int) time.Time {
	back := (int(r.anchor.Weekday()) - int(w) + 7) % 7
	switch {
	case arg == "past":
		if back == 0 {
			back = 7
		}
	case arg == "next" || arg == "" && r.future(i):
		return r.anchor.AddDate(0, 0, 7-back)
	}
	return r.anchor.AddDate(0, 0, -back)
}

// future reports whether the words around word i speak of what is to come.
func (r *dating) future(i int) bool {
	here := r.quotation(i)
	for k := i - 1; k >= 0 && i-k < 12 && r.quotation(k) == here; k-- {
		low := r.w[k].low
		if r.l.verbs[low] != nil {
			return false // what follows a word of saying is its day
		}
		if low == "." || low == ";" || low == "\n" || low == ":" {
			break
		}
		if r.l.has("future", low) {
			return true
		}
	}
	for k := i + 1; k < len(r.w) && k-i < 8 && r.quotation(k) == here; k++ {
		low := r.w[k].low
		if low == "." || low == ";" || low == "\n" || low == "," || r.l.has("that", low) || r.l.verbs[low] != nil {
			break
		}
		if r.l.has("future", low) {
			return true
		}
	}
	return false
}

// quotation is the number of the outer quotation that word i lies in; -1 if in none.
func (r *dating) quotation(i int) int { return r.p.outer(r.w[i].start) }

// absolute reads days, months and years by their names and numbers.
func (r *dating) absolute(i int) (Date, int) {
	k := i
	weekday := -1
	if d, ok := r.l.days[r.low(k)]; ok && !r.w[k].number {
		weekday = d
		k = r.past(k+1, ",", ".")
	}
	day, month, year, end := r.dayMonth(k)
	if month > 0 {
		if y, n := r.year(end); y > 0 {
			year, end = y, n
		}
		return r.calendar(day, month, year, i), end - i
	}
	if weekday >= 0 {
		d := Date{}
		if !r.anchor.IsZero() {
			d = dayDate(r.weekday(time.Weekday(weekday), "", i))
		}
		return d, 1
	}
	if d, n := r.iso(i); n > 0 {
		return d, n
	}
	if w := r.w[i]; w.number && len(w.low) == 4 && r.standsAlone(i) {
		if y, _ := strconv.Atoi(w.low); y >= 1800 && y < 2100 {
			return Date{Value: w.low, Precision: "year"}, 1
		}
	}
	return Date{}, 0
}

// past is k, or the word after it if it is one of signs.
func (r *dating) past(k int, signs ...string) int {
	for k < len(r.w) && slices.Contains(signs, r.w[k].low) {
		k++
	}
	return k
}

// dayMonth reads "January 20", "20 January", "20 de enero", "le 1er mars", or a month alone.
func (r *dating) dayMonth(k int) (day, month, year, end int) {
	if m, ok := r.monthAt(k); ok {
		end = k + 1
		if r.low(end) == "." && r.w[end].start == r.w[k].end && len(r.low(k)) <= 4 {
			end++
		}
		if v := r.dayNumber(end); v > 0 && r.l.tag == "en" {
			end++
			if o := r.low(end); r.l.has("ordinals", o) && r.w[end].start == r.w[end-1].end {
				end++
			}
			return v, m, 0, end
		}
		return 0, m, 0, end
	}
	if v := r.dayNumber(k); v > 0 {
		n := k + 1
		if o := r.low(n); o != "" && (r.l.has("ordinals", o) || o == ".") && r.w[n].start == r.w[n-1].end {
			n++
		}
		if r.l.has("date-of", r.low(n)) {
			n++
		}
		if m, ok := r.monthAt(n); ok {
			end = n + 1
			if r.low(end) == "." && r.w[end].start == r.w[n].end && len(r.low(n)) <= 4 && r.low(end+1) != "\n" {
				if y, _ := r.year(end + 1); y > 0 {
					end++
				}
			}
			return v, m, 0, end
		}
	}
	return 0, 0, 0, k
}

// monthAt is the month that word k names. "May" and its like need their capital, and one of few letters needs more than to look like one.
func (r *dating) monthAt(k int) (int, bool) {
	m, ok := r.l.month[r.low(k)]
	if !ok || r.w[k].number {
		return 0, false
	}
	if r.l.tag == "en" || r.l.tag == "de" {
		c, _ := utf8.DecodeRuneInString(r.p.s[r.w[k].start:])
		if !unicode.IsUpper(c) {
			return 0, false
		}
	}
	if r.l.has("ambiguous-months", r.low(k)) {
		date := r.dayNumber(k+1) > 0 || r.dayNumber(k-1) > 0 || r.l.has("date-of", r.low(k-1)) || r.l.has("in", r.low(k-1))
		if y, _ := r.year(k + 1); y > 0 {
			date = true
		}
		return m, date
	}
	return m, true
}

// dayNumber is the number of a day that word k is; 0 if it is none.
func (r *dating) dayNumber(k int) int {
	if k < 0 || k >= len(r.w) || !r.w[k].number || len(r.w[k].low) > 2 {
		return 0
	}
	v, _ := strconv.Atoi(r.w[k].low)
	if v > 31 {
		return 0
	}
	return v
}

// year reads a year, with a comma or a preposition before it.
func (r *dating) year(k int) (year, end int) {
	if r.low(k) == "," || r.l.has("date-of", r.low(k)) {
		k++
	}
	if k >= len(r.w) || !r.w[k].number || len(r.w[k].low) != 4 {
		return 0, k
	}
	y, _ := strconv.Atoi(r.w[k].low)
	if y < 1500 || y > 2200 {
		return 0, k
	}
	return y, k + 1
}

// calendar is the value of a day or a month. One without its year lies nearest to the article's day, or before it where nothing
// speaks of the future.
func (r *dating) calendar(day, month, year, i int) Date {
	if year == 0 {
		if r.anchor.IsZero() {
			return Date{}
		}
		year = r.anchor.Year()
		ahead := month - int(r.anchor.Month())
		switch {
		case ahead > 6, ahead > 1 && day == 0 && !r.future(i):
			year--
		case ahead < -6 && r.future(i):
			year++
		}
	}
	if day == 0 {
		return Date{Value: fmt.Sprintf("%04d-%02d", year, month), Precision: "month"}
	}
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if t.Day() != day {
		return Date{}
	}
	return dayDate(t)
}

// iso reads 2026-03-24 and 24.03.2026.
func (r *dating) iso(i int) (Date, int) {
	if i+4 >= len(r.w) || !r.w[i].number || !r.w[i+2].number || !r.w[i+4].number || r.w[i+4].end-r.w[i].start > 10 {
		return Date{}, 0
	}
	a, b, c := r.w[i].low, r.w[i+2].low, r.w[i+4].low
	sign := r.w[i+1].low
	if sign != r.w[i+3].low {
		return Date{}, 0
	}
	switch {
	case sign == "-" && len(a) == 4:
	case sign == "." && len(c) == 4 && r.l.tag != "en":
		a, c = c, a
	default:
		return Date{}, 0
	}
	t, err := time.Parse("2006-1-2", a+"-"+b+"-"+c)
	if err != nil {
		return Date{}, 0
	}
	return dayDate(t), 5
}

// standsAlone reports whether the four digits at word i are a year and no part of a number, a sum or an address.
func (r *dating) standsAlone(i int) bool {
	w := r.w[i]
	if before, _ := utf8.DecodeLastRuneInString(r.p.s[:w.start]); w.start > 0 && strings.ContainsRune("$€£.,:/#№+-", before) {
		if before != '-' || i < 2 || !r.w[i-2].number { // 1914-1918
			return false
		}
	}
	rest := r.p.s[w.end:]
	after, n := utf8.DecodeRuneInString(rest)
	next, _ := utf8.DecodeRuneInString(rest[min(n, len(rest)):])
	if strings.ContainsRune("%€", after) || strings.ContainsRune(".,:", after) && unicode.IsDigit(next) {
		return false
	}
	// 2000 people: a plural noun right behind a round number is counted by it
	return !(strings.HasSuffix(w.low, "00") && after == ' ' && unicode.IsLower(next) && !r.l.has("prepositions", r.low(i+1)) && !r.l.has("in", r.low(i-1)))
}
