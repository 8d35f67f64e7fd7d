package extract

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/html"
)

// A Date is a moment as a page gives it.
type Date struct {
	Time  time.Time // with the page's own offset; midnight UTC if only the day is known; zero if nothing is
	Day   bool      // the page gives the day and no hour, or an hour in a zone it does not name
	zoned bool      // the page writes an offset
}

// IsZero reports whether no date is known.
func (d Date) IsZero() bool { return d.Time.IsZero() }

// String returns the date in the form of RFC 3339, a day alone without the hour, or "".
func (d Date) String() string {
	switch {
	case d.IsZero():
		return ""
	case d.Day:
		return d.Time.Format(time.DateOnly)
	}
	return d.Time.Format(time.RFC3339)
}

var (
	// isoDate is ISO 8601 as pages write it: any separator between day and hour, seconds and their parts optional, offsets with
	// or without a colon. Group 9 is what stands behind the time.
	isoDate   = regexp.MustCompile(`^(\d{4})-?(\d{2})-?(\d{2})(?:[T ,]+(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?(.*)$`)
	slashDate = regexp.MustCompile(`^(\d{4})/(\d{1,2})/(\d{1,2})(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?(.*)$`)
	dottedDay = regexp.MustCompile(`^(\d{1,2})\.(\d{1,2})\.(\d{4})(?:,?\s+(\d{1,2}):(\d{2}))?$`)
	unixTime  = regexp.MustCompile(`^\d{10}(?:\d{3})?$`)
)

// named are layouts with names of days and months, as HTTP, RFC 822 and JavaScript's Date write them.
var named = []string{
	time.RFC1123Z, time.RFC1123, "Mon, 2 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04:05 MST", "Mon Jan 2 15:04:05 MST 2006", "Mon Jan 2 2006 15:04:05 GMT-0700",
	"2 Jan 2006 15:04:05 -0700", "January 2, 2006 15:04:05", "January 2, 2006", "Jan 2, 2006", "2 January 2006", "2 Jan 2006", "Mon, January 2, 2006", "Monday, January 2, 2006", "Mon Jan 2 15:04:05 2006",
	"January 2, 2006 3:04 pm", "January 2, 2006, 3:04 pm", "Jan 2, 2006 3:04 PM", "01/02/2006 15:04:05 MST",
}

// parseDate reads a date written for machines. It returns the zero Date for what it does not understand, and for moments that no
// article has: before 1990, or more than a day behind now where now is known (not zero).
func parseDate(s string, now time.Time) Date {
	s = strings.Trim(s, " \t\r\n\"'[]")
	d := readDate(s)
	if d.IsZero() || d.Time.Year() < 1990 || d.Time.Year() > 2200 || !now.IsZero() && d.Time.After(now.Add(24*time.Hour)) {
		return Date{}
	}
	return d
}

func readDate(s string) Date {
	if unixTime.MatchString(s) {
		n, err := strconv.ParseInt(s[:10], 10, 64)
		if err != nil {
			return Date{}
		}
		return Date{Time: time.Unix(n, 0).UTC(), zoned: true}
	}
	if m := isoDate.FindStringSubmatch(s); m != nil {
		return isoParts(m)
	}
	if m := slashDate.FindStringSubmatch(s); m != nil {
		return dayParts(m[1], m[2], m[3])
	}
	if m := dottedDay.FindStringSubmatch(s); m != nil {
		return dayParts(m[3], m[2], m[1])
	}
	if i := strings.IndexByte(s, '('); i > 0 {
		s = strings.TrimSpace(s[:i]) // JavaScript adds the zone's name: (Central European Time)
	}
	for _, layout := range named {
		t, err := time.Parse(layout, s)
		if err != nil {
			continue
		}
		if strings.Contains(layout, "-0700") || strings.Contains(layout, "MST") && (strings.HasSuffix(s, "GMT") || strings.HasSuffix(s, "UTC")) {
			return Date{Time: fixed(t), zoned: true}
		}
		return dayOf(t)
	}
	return Date{}
}

// isoParts makes a date of the groups of isoDate.
func isoParts(m []string) Date {
	day := dayParts(m[1], m[2], m[3])
	if day.IsZero() || m[4] == "" {
		if m[9] != "" && m[4] == "" && !strings.HasPrefix(m[9], " ") && !strings.HasPrefix(m[9], "T") {
			return Date{}
		}
		return day
	}
	hour, minute, second := number(m[4]), number(m[5]), number(m[6])
	if hour > 23 || minute > 59 || second > 59 {
		return day
	}
	zone, ok := offset(m[8])
	if !ok {
		return day // an hour without a zone names no moment; the day is what is sure
	}
	y, mo, d := day.Time.Date()
	return Date{Time: time.Date(y, mo, d, hour, minute, second, 0, zone), zoned: true}
}

// dayParts makes a day of its parts, and the zero Date of a day that no calendar has.
func dayParts(year, month, day string) Date {
	y, m, d := number(year), number(month), number(day)
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if m < 1 || m > 12 || t.Day() != d {
		return Date{}
	}
	return Date{Time: t, Day: true}
}

func dayOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{Time: time.Date(y, m, d, 0, 0, 0, 0, time.UTC), Day: true}
}

// offset reads the offset of ISO 8601; ok is false where there is none.
func offset(s string) (zone *time.Location, ok bool) {
	switch strings.ToUpper(s) {
	case "":
		return nil, false
	case "Z", "UTC", "GMT":
		return time.UTC, true
	}
	digits := strings.ReplaceAll(s[1:], ":", "")
	seconds := number(digits[:2]) * 3600
	if len(digits) == 4 {
		seconds += number(digits[2:]) * 60
	}
	if seconds > 14*3600 {
		return nil, false
	}
	if s[0] == '-' {
		seconds = -seconds
	}
	if seconds == 0 {
		return time.UTC, true
	}
	return time.FixedZone("", seconds), true
}

// fixed keeps the offset of t and drops the zone's name, so that equal moments are equal values.
func fixed(t time.Time) time.Time {
	_, seconds := t.Zone()
	if seconds == 0 {
		return t.UTC()
	}
	return t.In(time.FixedZone("", seconds))
}

// A claim is a value and where it was read.
type claim struct {
	value string
	from  string
	date  Date
	sure  bool
}

// published weighs what the page says of its first publication: JSON-LD before meta before microdata before the first time
// element near the title. Of two that name one moment, the one with the outlet's own offset is taken.
func (h *head) published(now time.Time) (Date, Source) {
	var claims []claim
	add := func(s, from string, sure bool) {
		if d := parseDate(s, now); !d.IsZero() {
			claims = append(claims, claim{from: from, date: d, sure: sure})
		}
	}
	if h.article != nil {
		for _, s := range words(h.article["datePublished"]) {
			add(s, "json-ld", true)
		}
	}
	for _, name := range publishedNames {
		for _, s := range h.meta[name] {
			add(s, "meta "+name, true)
		}
	}
	for _, n := range h.props["datePublished"] {
		if !h.ofOther(n) {
			add(machineDate(n), "microdata", true)
		}
	}
	if len(claims) == 0 && len(h.objects) > 0 {
		page := h.own()
		for _, o := range h.objects {
			if o["datePublished"] != nil && !o.article() && (hasType(o, "WebPage") || hasType(o, "VideoObject")) && !h.elsewhere(o, page) {
				for _, s := range words(o["datePublished"]) {
					add(s, "json-ld", true)
				}
			}
		}
	}
	if len(claims) == 0 {
		for _, n := range h.times {
			if hasAttr(n, "pubdate") || classHas(n, "published", "publish", "pubdate", "entry", "post", "date", "dateline") && ancestor(n, atomAside...) == nil && !h.ofOther(n) && !ofChange(n) {
				add(attr(n, "datetime"), "time", true)
				break
			}
		}
	}
	if len(claims) == 0 {
		return Date{}, Source{}
	}
	best := claims[0]
	for _, c := range claims[1:] {
		switch {
		case best.date.Day && !c.date.Day && sameDay(best.date, c.date):
			best = c
		case !best.date.Day && !c.date.Day && best.date.Time.Equal(c.date.Time) && utc(best.date) && !utc(c.date):
			best = c
		}
	}
	return best.date, Source{From: best.from, Sure: best.sure}
}

// ofChange reports whether a time element says, or what stands right before it, that it is of the last change.
func ofChange(n *html.Node) bool {
	if classHas(n, "updated", "modified") && !classHas(n, "published") {
		return true
	}
	_, label, _ := dateIn(textOf(n), "", nil)
	before := labelBefore(n)
	return hasOne(label, changes) || !strings.ContainsAny(before, "0123456789") && hasOne(before, changes)
}

// publishedNames are the meta elements for first publication, the more particular first.
var publishedNames = []string{
	"article:published_time", "og:published_time", "article:published", "datepublished", "date.published", "publish-date", "publishdate", "pubdate", "publish_date",
	"publication_date", "publication-date", "dcterms.created", "dc.date.issued", "dcterms.issued", "dcterms.date", "dc.date", "dc.date.created", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "cxenseparse:publishtime",
	"originalpublicationdate", "displaydate", "article_date_original", "article.published", "published_time_telegram", "citation_publication_date", "rnews:datepublished", "date", "iso-8601-publish-date", "lp.article:published_time", "og:article:published_time", "pub_date", "bt:pubdate", "vr:published_time", "article.created", "created", "creation_date",
}

var modifiedNames = []string{
	"article:modified_time", "og:updated_time", "og:modified_time", "datemodified", "last-modified", "lastmod", "dcterms.modified", "dc.date.modified", "article.updated", "revision_date", "cxenseparse:recs:articlemodified",
}

// modified returns the last change, if the page says one.
func (h *head) modified(now time.Time) (Date, Source) {
	if h.article != nil {
		for _, s := range words(h.article["dateModified"]) {
			if d := parseDate(s, now); !d.IsZero() {
				return d, Source{From: "json-ld", Sure: true}
			}
		}
	}
	for _, name := range modifiedNames {
		for _, s := range h.meta[name] {
			if d := parseDate(s, now); !d.IsZero() {
				return d, Source{From: "meta " + name, Sure: true}
			}
		}
	}
	for _, n := range h.props["dateModified"] {
		if d := parseDate(machineDate(n), now); !d.IsZero() && !h.ofOther(n) {
			return d, Source{From: "microdata", Sure: true}
		}
	}
	return Date{}, Source{}
}

// machineDate returns what an element says to machines: its datetime or content attribute, else its text.
func machineDate(n *html.Node) string {
	for _, name := range []string{"datetime", "content"} {
		if v := attr(n, name); v != "" {
			return v
		}
	}
	return textOf(n)
}

func hasType(o object, want string) bool {
	for _, t := range o.types() {
		if strings.HasSuffix(t, want) {
			return true
		}
	}
	return false
}

func sameDay(a, b Date) bool {
	return a.Time.Format(time.DateOnly) == b.Time.Format(time.DateOnly)
}

func utc(d Date) bool {
	_, seconds := d.Time.Zone()
	return seconds == 0
}

// inAddress finds a day in an address: /2026/03/24/, /2026-03-24-, /20260324.
var inAddress = regexp.MustCompile(`[/_-](20\d{2})[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?:\D|$)`)

// dateInAddress is the day an address names: a guess, for the notes.
func dateInAddress(url string) Date {
	if m := inAddress.FindStringSubmatch(url); m != nil {
		return dayParts(m[1], m[2], m[3])
	}
	return Date{}
}
