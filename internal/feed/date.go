package feed

import (
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/dragoman-newsroom/dragoman/internal/lang"
)

// parseDate reads a date of a feed, in the forms that programs write and as people of some eighty languages do. The tag is the language it is
// likely to be in; it settles names of months that mean two things and the order of 02/03/2024, and may be empty. A time without a zone is
// taken for UTC. A date that can be read in two ways, that no calendar has or that only fills a field is none: ok is false.
func parseDate(s, tag string) (t time.Time, ok bool) {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > 120 {
		return time.Time{}, false
	}
	d := dateReader{tag: tag}
	d.read(asciiDigits(s))
	t, ok = d.time()
	// Feeds fill the field of a date they do not know with the zero of some clock.
	if !ok || t.Before(time.Date(1970, 1, 2, 0, 0, 0, 0, time.UTC)) || t.Year() > 2200 {
		return time.Time{}, false
	}
	return t.UTC(), true
}

// asciiDigits writes the digits of every script as 0 to 9, and the signs of East Asian dates as separators.
func asciiDigits(s string) string {
	ascii := true
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			ascii = false
			break
		}
	}
	if ascii {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '年' || r == '月' || r == '년' || r == '월':
			b.WriteByte('/')
		case r == '日' || r == '일' || r == '\u00A0' || r == '\u202F' || r == '，' || r == '、':
			b.WriteByte(' ')
		case r == '時' || r == '时' || r == '시':
			b.WriteByte(':')
		case r == '−' || r == '–':
			b.WriteByte('-')
		case r == '：':
			b.WriteByte(':')
		case r >= 0x80 && unicode.IsDigit(r):
			// The digits of a script stand in a row of ten.
			zero := r
			for zero > r-9 && unicode.IsDigit(zero-1) {
				zero--
			}
			b.WriteRune('0' + r - zero)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// A dateReader gathers the parts of a date.
type dateReader struct {
	tag                  string
	year, month, day     int
	hour, minute, second int
	timed                bool // an hour was read
	pm, am               bool
	doubt                bool           // the name of the month may be that of a day ("mar" in Italian and Spanish)
	zone                 *time.Location // nil: none was read
	unix                 int64
	bad                  bool // something makes no sense
}

// read goes through the words of a date.
func (d *dateReader) read(s string) {
	if d.digits(s) || d.iso(s) {
		return
	}
	var numbers []string
	for _, w := range strings.FieldsFunc(s, func(r rune) bool {
		return r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == ',' || r == '(' || r == ')'
	}) {
		d.word(w, &numbers)
		if d.bad {
			return
		}
	}
	d.place(numbers)
}

// digits reads a date that is one number: seconds or milliseconds since 1970, a day in one row, a year.
func (d *dateReader) digits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	n := int64(0)
	if len(s) < 18 {
		for i := 0; i < len(s); i++ {
			n = 10*n + int64(s[i]-'0')
		}
	}
	switch len(s) {
	case 4:
		d.year, d.month, d.day = int(n), 1, 1
	case 8:
		d.year, d.month, d.day = int(n/10000), int(n/100%100), int(n%100)
	case 9, 10:
		d.unix = n
	case 13:
		d.unix = n / 1000
	case 14:
		d.year, d.month, d.day = int(n/10000000000), int(n/100000000%100), int(n/1000000%100)
		d.hour, d.minute, d.second, d.timed = int(n/10000%100), int(n/100%100), int(n%100), true
	default:
		d.bad = true
	}
	return true
}

// iso reads ISO 8601 with its year first: 2003-12-31T10:14:55Z, 2003-12, 2003-365, --0312 of old feeds, and what comes close.
func (d *dateReader) iso(s string) bool {
	rest := s
	if short, ok := strings.CutPrefix(s, "-"); ok { // -0312, -03-12: year and month of the century
		digits := strings.ReplaceAll(short, "-", "")
		if len(digits) == 4 && onlyDigits(digits) {
			d.year, d.month, d.day = fullYear(number(digits[:2])), number(digits[2:]), 1
			return true
		}
		return false
	}
	if len(rest) < 6 || !onlyDigits(rest[:4]) || rest[4] != '-' {
		return false
	}
	d.year = number(rest[:4])
	rest = rest[5:]
	n := leadingDigits(rest)
	switch {
	case n == 3 && (len(rest) == 3 || rest[3] == 'T' || rest[3] == ' '): // the day of the year
		t := time.Date(d.year, 1, number(rest[:3]), 0, 0, 0, 0, time.UTC)
		d.month, d.day = int(t.Month()), t.Day()
		rest = rest[3:]
	case n == 0 || n > 3 || n == 3 && rest[0] != '0':
		return false
	default:
		d.month, d.day = number(rest[:n]), 1
		rest = rest[n:]
		if strings.HasPrefix(rest, "-") {
			n := leadingDigits(rest[1:])
			if n == 0 || n > 2 {
				d.bad = true
				return true
			}
			d.day = number(rest[1 : n+1])
			rest = rest[n+1:]
		}
	}
	if rest == "" {
		return true
	}
	if rest[0] != 'T' && rest[0] != 't' && rest[0] != ' ' {
		d.bad = true
		return true
	}
	var numbers []string
	for w := range strings.FieldsSeq(rest[1:]) {
		d.word(w, &numbers)
	}
	if len(numbers) > 0 {
		d.bad = true
	}
	return true
}

// word reads one word: an hour, a date in numbers, a number, a zone, a name.
func (d *dateReader) word(w string, numbers *[]string) {
	switch {
	case w == "-" || w == "." || w == "|":
	case strings.IndexByte(w, ':') > 0 && '0' <= w[0] && w[0] <= '9':
		d.clock(w)
	case (w[0] == '+' || w[0] == '-') && len(w) > 1:
		d.offset(w)
	case '0' <= w[0] && w[0] <= '9':
		d.numeric(w, numbers)
	default:
		d.name(w)
	}
}

// clock reads an hour and what is glued to it: a part of a second, an offset, AM or PM.
func (d *dateReader) clock(w string) {
	end := 0
	for end < len(w) && (w[end] >= '0' && w[end] <= '9' || w[end] == ':' || w[end] == '.') {
		end++
	}
	parts := strings.Split(strings.TrimSuffix(w[:end], ":"), ":")
	if len(parts) < 2 || len(parts) > 3 || d.timed {
		d.bad = true
		return
	}
	if len(parts) == 3 {
		seconds, _, _ := strings.Cut(parts[2], ".")
		parts[2] = seconds
	}
	for _, p := range parts {
		if len(p) == 0 || len(p) > 2 || !onlyDigits(p) {
			d.bad = true
			return
		}
	}
	d.hour, d.minute, d.timed = number(parts[0]), number(parts[1]), true
	if len(parts) == 3 {
		d.second = number(parts[2])
	}
	if rest := w[end:]; rest != "" {
		if rest[0] == '+' || rest[0] == '-' {
			d.offset(rest)
		} else {
			d.name(rest)
		}
	}
}

// offset reads +0100, +01:00, -7.
func (d *dateReader) offset(w string) {
	zone, ok := offset(w)
	if !ok {
		d.bad = true
		return
	}
	if d.zone == nil || d.zone == time.UTC {
		d.zone = zone
	}
}

func offset(w string) (*time.Location, bool) {
	digits := strings.Replace(w[1:], ":", "", 1)
	if !onlyDigits(digits) || len(digits) == 0 || len(digits) > 4 || len(digits) == 3 {
		return nil, false
	}
	if len(digits) < 3 {
		digits += "00"
	}
	n := len(digits)
	seconds := number(digits[:n-2])*3600 + number(digits[n-2:])*60
	if seconds > 14*3600 || number(digits[n-2:]) > 59 {
		return nil, false
	}
	if w[0] == '-' {
		seconds = -seconds
	}
	return time.FixedZone("", seconds), true
}

// numeric reads a number, or a date in numbers with its separators.
func (d *dateReader) numeric(w string, numbers *[]string) {
	w = strings.TrimRight(w, ".")
	for _, sep := range []string{"/", ".", "-"} {
		parts := strings.Split(strings.Trim(w, sep), sep)
		if len(parts) != 3 {
			continue
		}
		if sep == "-" && !onlyDigits(parts[1]) { // 02-Jan-2006
			d.name(parts[1])
			*numbers = append(*numbers, parts[0], parts[2])
			return
		}
		d.ordered(parts, sep)
		return
	}
	n := leadingDigits(w)
	if n == len(w) {
		*numbers = append(*numbers, w)
		return
	}
	switch suffix := strings.ToLower(w[n:]); suffix {
	case "st", "nd", "rd", "th", "er", "º", "ª", "e", "де": // 1st, 1er
		*numbers = append(*numbers, w[:n])
	case "am", "pm":
		d.hour, d.timed = number(w[:n]), true
		d.name(suffix)
	default:
		if i := strings.IndexAny(w, "Tt"); i == 8 && onlyDigits(w[:8]) { // 20240212T100000Z
			d.digits(w[:8])
			d.compact(w[9:])
			return
		}
		d.bad = true
	}
}

// compact reads 100000Z.
func (d *dateReader) compact(w string) {
	n := leadingDigits(w)
	if n != 4 && n != 6 {
		d.bad = true
		return
	}
	d.hour, d.minute, d.timed = number(w[:2]), number(w[2:4]), true
	if n == 6 {
		d.second = number(w[4:6])
	}
	if rest := w[n:]; rest != "" {
		if rest[0] == '+' || rest[0] == '-' {
			d.offset(rest)
		} else {
			d.name(rest)
		}
	}
}

// ordered reads a date in three numbers. A year first is followed by the month; dots mean day, month, year; with slashes the number
// above 12 is the day, and where none is the language decides, or nobody does.
func (d *dateReader) ordered(parts []string, sep string) {
	for _, p := range parts {
		if !onlyDigits(p) || len(p) > 4 {
			d.bad = true
			return
		}
	}
	a, b, c := number(parts[0]), number(parts[1]), number(parts[2])
	switch {
	case len(parts[0]) == 4:
		d.year, d.month, d.day = a, b, c
	case sep == ".":
		d.day, d.month, d.year = a, b, fullYearOf(parts[2])
	case a > 12 && b <= 12:
		d.day, d.month, d.year = a, b, fullYearOf(parts[2])
	case b > 12 && a <= 12:
		d.month, d.day, d.year = a, b, fullYearOf(parts[2])
	case a == b:
		d.day, d.month, d.year = a, b, fullYearOf(parts[2])
	default:
		if d.tag != "" {
			if p, err := lang.ParseDate(lang.Tag(d.tag), strings.Join(parts, sep)); err == nil {
				d.year, d.month, d.day = p.Time.Year(), int(p.Time.Month()), p.Time.Day()
				return
			}
		}
		d.bad = true
	}
}

// name reads a word that is no number: a zone, the name of a month or a day, a word between the parts of a date.
func (d *dateReader) name(w string) {
	bare := strings.Trim(w, ".")
	upper := strings.ToUpper(bare)
	switch upper {
	case "AM", "A.M", "오전", "午前", "上午":
		d.am = true
		d.korean(w)
		return
	case "PM", "P.M", "오후", "午後", "下午":
		d.pm = true
		d.korean(w)
		return
	}
	if month := monthNamed(bare, d.tag); month != 0 {
		if d.month == 0 || d.doubt {
			d.month, d.doubt = month, dayNamed(bare, d.tag)
		}
		return
	}
	if d.zoneNamed(upper, bare) || filler(bare) {
		return
	}
	if d.timed || !isLetters(bare) {
		d.bad = true // what stands behind the hour is a zone, and this one is not known
	}
	if strings.ContainsAny(bare, "0123456789") {
		d.bad = true
	}
}

// korean takes the zone of Korea for a time with a Korean word for the half of the day.
func (d *dateReader) korean(w string) {
	if (w == "오전" || w == "오후") && d.zone == nil {
		d.zone = time.FixedZone("", 9*3600)
	}
}

func isLetters(s string) bool {
	for _, r := range s {
		if !unicode.IsLetter(r) && r != '\'' && r != '’' && r != '-' && !unicode.Is(unicode.Mn, r) && !unicode.Is(unicode.Mc, r) {
			return false
		}
	}
	return true
}

// filler reports whether a word stands between the parts of a date and means nothing there.
func filler(w string) bool {
	switch strings.ToLower(w) {
	case "de", "of", "at", "um", "uhr", "à", "a", "las", "les", "del", "di", "alle", "ore", "kl", "klo", "o", "godz", "г", "года", "р", "року", "в", "о", "the", "on", "t", "et", "le", "den", "am", "d":
		return true
	}
	return false
}

// abbreviations are zones by name, in minutes. Those that mean several zones (IST, and CST in Asia) are settled by the language or not at all.
var abbreviations = map[string]int{
	"Z": 0, "UT": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 60, "BST": 60, "CET": 60, "MET": 60, "MEZ": 60, "CEST": 120, "MEST": 120, "MESZ": 120, "EET": 120, "EEST": 180, "MSK": 180, "MSD": 240,
	"SAST": 120, "CAT": 120, "EAT": 180, "WAT": 60, "TRT": 180, "PKT": 300, "WIB": 420, "ICT": 420, "HKT": 480, "SGT": 480, "MYT": 480, "PHT": 480, "AWST": 480, "JST": 540, "KST": 540, "AEST": 600, "AEDT": 660, "ACST": 570, "NZST": 720, "NZDT": 780,
	"NST": -210, "NDT": -150, "AST": -240, "ADT": -180, "EST": -300, "EDT": -240, "CDT": -300, "MST": -420, "MDT": -360, "PST": -480, "PDT": -420, "AKST": -540, "AKDT": -480, "HST": -600, "BRT": -180, "ART": -180, "CLT": -240,
}

// american are the two-letter zones of the United States, which mean summer time in summer.
var american = map[string]string{"ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles"}

// zoneNamed reads a zone: an abbreviation, GMT+3, a name of the zone database.
func (d *dateReader) zoneNamed(upper, as string) bool {
	if minutes, ok := abbreviations[upper]; ok {
		if d.zone == nil {
			d.zone = time.UTC
			if minutes != 0 {
				d.zone = time.FixedZone("", minutes*60)
			}
		}
		return true
	}
	for _, p := range []string{"GMT", "UTC", "UT"} {
		if rest, ok := strings.CutPrefix(upper, p); ok && len(rest) > 1 && (rest[0] == '+' || rest[0] == '-') {
			d.offset(rest)
			return !d.bad
		}
	}
	switch primary, _, _ := strings.Cut(d.tag, "-"); {
	case upper == "IST" && (primary == "hi" || primary == "ta" || primary == "te" || primary == "ml" || primary == "mr" || primary == "bn" || primary == "gu" || primary == "kn" || d.tag == "en-IN"):
		d.zone = time.FixedZone("", 330*60)
		return true
	case upper == "CST" && primary == "zh":
		d.zone = time.FixedZone("", 480*60)
		return true
	case upper == "CST":
		d.zone = time.FixedZone("", -360*60)
		return true
	}
	name := as
	if long, ok := american[upper]; ok && d.timed {
		name = long
	}
	if strings.IndexByte(name, '/') < 0 {
		return false
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return false
	}
	d.zone = zone
	return true
}

// place gives the numbers that stand alone their places: beside the name of a month they are day and year.
func (d *dateReader) place(numbers []string) {
	for _, n := range numbers {
		switch v := number(n); {
		case len(n) == 4 && d.year == 0:
			d.year = v
		case len(n) <= 2 && d.day == 0 && v <= 31:
			d.day = v
		case len(n) == 2 && d.year == 0:
			d.year = fullYear(v)
		default:
			d.bad = true
		}
	}
}

// time puts the parts together.
func (d *dateReader) time() (time.Time, bool) {
	if d.bad {
		return time.Time{}, false
	}
	if d.unix != 0 {
		return time.Unix(d.unix, 0), true
	}
	if d.pm && d.hour < 12 {
		d.hour += 12
	} else if d.am && d.hour == 12 {
		d.hour = 0
	}
	primary, _, _ := strings.Cut(d.tag, "-")
	if primary == "th" && d.year > 2400 {
		d.year -= 543 // the Buddhist era
	}
	if d.year == 0 || d.month < 1 || d.month > 12 || d.day < 1 || d.hour > 24 || d.minute > 59 || d.second > 60 || d.hour == 24 && d.minute+d.second > 0 {
		return time.Time{}, false
	}
	if time.Date(d.year, time.Month(d.month), d.day, 0, 0, 0, 0, time.UTC).Day() != d.day {
		return time.Time{}, false
	}
	zone := d.zone
	if zone == nil {
		zone = time.UTC
	}
	return time.Date(d.year, time.Month(d.month), d.day, d.hour, d.minute, d.second, 0, zone), true
}

func fullYear(n int) int {
	if n < 70 {
		return 2000 + n
	}
	return 1900 + n
}

func fullYearOf(s string) int {
	if len(s) <= 2 {
		return fullYear(number(s))
	}
	return number(s)
}

func number(s string) int {
	n := 0
	for i := 0; i < len(s) && i < 9; i++ {
		n = 10*n + int(s[i]-'0')
	}
	return n
}

func onlyDigits(s string) bool { return leadingDigits(s) == len(s) }

func leadingDigits(s string) int {
	n := 0
	for n < len(s) && '0' <= s[n] && s[n] <= '9' {
		n++
	}
	return n
}

// monthTags are the languages whose names of months are known.
var monthTags = strings.Fields(`en af am ar az be bg bn bs ca cs cy da de el eo es et eu fa fi fil fr ga gl gu he hi hr hu hy id is it ja ka kk km kn ko ky lo lt lv mk ml mn mr ms mt my nb ne nl nn no pa pl ps pt ro ru si sk sl sq sr sv sw ta te tg th tr uk ur uz vi zh zu`)

// monthNames holds the names of months by language and for all languages together; in the latter a name that means two months is 0.
var monthNames = sync.OnceValue(func() (names struct {
	byTag map[string]map[string]int
	all   map[string]int
	days  map[string]map[string]bool // by language; under "" of all
},
) {
	names.byTag, names.all, names.days = map[string]map[string]int{}, map[string]int{}, map[string]map[string]bool{"": {}}
	for _, tag := range monthTags {
		own := map[string]int{}
		f := lang.Facts(lang.Tag(tag))
		for _, list := range [][]string{f.Months, f.Alone, f.Short} {
			for i, name := range list {
				name = foldedName(name)
				own[name] = i + 1
				// Programs cut names to three or four letters.
				for _, n := range []int{3, 4} {
					if r := []rune(name); len(r) > n {
						if short := string(r[:n]); own[short] == 0 {
							own[short] = i + 1
						}
					}
				}
			}
		}
		// A cut that two months share ("jui" of juin and juillet) is none.
		for _, list := range [][]string{f.Months} {
			seen := map[string]int{}
			for i, name := range list {
				if r := []rune(foldedName(name)); len(r) > 3 {
					if short := string(r[:3]); seen[short] != 0 && !exactly(f, short) {
						delete(own, short)
					} else {
						seen[short] = i + 1
					}
				}
			}
		}
		names.days[tag] = map[string]bool{}
		for _, list := range [][]string{f.Days, f.DaysAbb} {
			for _, name := range list {
				name = foldedName(name)
				names.days[tag][name], names.days[""][name] = true, true
			}
		}
		names.byTag[tag] = own
		for name, month := range own {
			if other, ok := names.all[name]; ok && other != month {
				names.all[name] = 0
			} else {
				names.all[name] = month
			}
		}
	}
	// Days of one language that are months of another ("mar" is Tuesday in Spanish and Italian) are doubtful without a language,
	// but for the English names, which all feeds may use.
	for name, month := range names.byTag["en"] {
		names.all[name] = month
	}
	return names
})

// exactly reports whether a short name is one that the language writes itself.
func exactly(f lang.Language, short string) bool {
	for _, s := range f.Short {
		if foldedName(s) == short {
			return true
		}
	}
	return false
}

// dayNamed reports whether a word names a day of the week in the language of the tag, or in any where none is known.
func dayNamed(w, tag string) bool {
	primary, _, _ := strings.Cut(tag, "-")
	return monthNames().days[primary][foldedName(w)]
}

func foldedName(s string) string { return strings.ToLower(strings.Trim(s, ". ")) }

// monthNamed returns the month that a word names, in the language of the tag, in English, or in any language if it means one month
// only; 0 if it names none.
func monthNamed(w, tag string) int {
	names := monthNames()
	w = foldedName(w)
	primary, _, _ := strings.Cut(tag, "-")
	if m := names.byTag[primary][w]; m != 0 {
		return m
	}
	if primary != "" && names.days[primary][w] && names.byTag["en"][w] == 0 || names.days[""][w] && names.byTag["en"][w] == 0 {
		return 0
	}
	return names.all[w]
}
