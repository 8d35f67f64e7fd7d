package newsroom

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/fetch"
	"github.com/dragoman-newsroom/dragoman/internal/news"
)

// How often a feed is looked at, unless it, its server or the operator say otherwise.
const (
	soonest     = 30 * time.Minute
	usual       = time.Hour
	latest      = 24 * time.Hour
	forbidden   = 4 * time.Hour      // at least, after 401 and 403
	doubleCheck = 7 * 24 * time.Hour // how long validators are trusted before the feed is fetched whole once
	jitter      = 0.2                // upward only: a look that comes early counts against us
	adoptAfter  = 3                  // sights of one permanent redirect, over
	adoptOver   = 24 * time.Hour
	lateness    = 5 * time.Minute // by which a look may come late
)

// wishes are what a feed itself says about when to look again.
type wishes struct {
	every     time.Duration // ttl, sy:updatePeriod; 0 if it says nothing
	skipHours []int         // UTC, 0 to 23
	skipDays  []time.Weekday
	pushed    bool // its hub has proved that it sends what is new
}

// Why a feed is looked at next when it is, as news.Feed.NextWhy has it. A number of seconds, or of failures, may follow.
const (
	whyUsual    = "usual"    // its usual hour
	whySeldom   = "seldom"   // it changes seldom
	whyChosen   = "chosen"   // as the newsroom chose
	whyPushed   = "pushed"   // its hub sends what is new
	whyHinted   = "hinted"   // its hub said that there is something
	whyFresh    = "fresh"    // the server says for how long the answer is fresh
	whyAsks     = "asks"     // the feed asks for it
	whySkips    = "skips"    // the feed asks not to be read before
	whyFails    = "fails"    // it backs off after so many failures in a row
	whyGone     = "gone"     // the outlet says that the feed is gone for good
	whyEnded    = "ended"    // somebody ended it
	whyServer   = "server"   // the server asked to be left alone for so long
	whyOutage   = "outage"   // this machine's network seems to be down
	whyMoved    = "moved"    // its address was changed
	whyInterval = "interval" // its interval was changed
	whyRule     = "rule"     // its list rule was changed
	whyAsked    = "asked"    // somebody asked
	whyFirst    = "first"    // its first look
)

// Why returns the word of a news.Feed.NextWhy and its number: seconds, or failures; 0 if it has none.
func Why(nextWhy string) (word string, n int64) {
	word, number, _ := strings.Cut(nextWhy, " ")
	n, _ = strconv.ParseInt(number, 10, 64)
	return word, n
}

func whyFor(word string, d time.Duration) string {
	return word + " " + strconv.FormatInt(int64(d/time.Second), 10)
}

// request is how to ask for a feed: with both validators, but whole once a week, for servers that say 304 for ever, and once before
// a new address is adopted, to see what is there.
func request(f news.Feed, now time.Time) fetch.Request {
	r := fetch.Request{URL: f.URL, Kind: fetch.Feed, ETag: f.ETag, LastModified: f.LastModified}
	switch f.Kind {
	case "sitemap":
		r.Kind = fetch.Sitemap
	case formatList:
		r.Kind = fetch.Page
	}
	if f.Unconditional != 0 && now.Sub(timeOf(f.Unconditional)) >= doubleCheck {
		r.ETag, r.LastModified = "", ""
	}
	if f.MovedSeen >= adoptAfter-1 && stood(f, now) {
		r.ETag, r.LastModified = "", ""
	}
	return r
}

// stood reports whether a redirect has stood for long. A first sight whose time is not known was long ago.
func stood(f news.Feed, now time.Time) bool {
	return f.MovedFirst == 0 || now.Sub(timeOf(f.MovedFirst)) >= adoptOver
}

// answered notes what an answer says about a feed: validators, success, and when to look again.
// whole says that the body was read to its end; an answer that was not leaves no validators, or its items would be lost.
func answered(f news.Feed, asked fetch.Request, r fetch.Response, w wishes, whole, changed bool, now time.Time, random float64) news.Feed {
	f.CheckedAt, f.Fails, f.Outcome = millis(now), 0, string(fetch.OutcomeOf(r, nil))
	etag, modified := first(r.Header, "Etag"), first(r.Header, "Last-Modified")
	switch {
	case r.NotModified():
		// RFC 9111, 4.3.4: a 304 may bring new values.
		if etag != "" {
			f.ETag = etag
		}
		if modified != "" {
			f.LastModified = modified
		}
		if f.Unconditional == 0 {
			f.Unconditional = millis(now) // not known: the week is counted from here
		}
	case whole:
		f.ETag, f.LastModified = etag, modified // a pair: both replaced, what is absent cleared
	}
	if asked.ETag == "" && asked.LastModified == "" {
		f.Unconditional = millis(now)
	}
	if changed {
		f.ChangedAt = millis(now)
	}
	wait, why := rhythm(f, now), whyUsual
	switch {
	case f.Interval > 0:
		wait, why = time.Duration(f.Interval)*time.Millisecond, whyChosen
	case w.pushed && wait < pushedPace:
		wait, why = pushedPace, whyPushed
	case wait > usual:
		why = whySeldom
	}
	if d := freshFor(r.Header, now); d > wait {
		wait, why = d, whyFor(whyFresh, d)
	}
	if w.every > wait {
		wait, why = w.every, whyFor(whyAsks, w.every)
	}
	f.NextAt, f.NextWhy = next(now, min(max(wait, soonest), latest), random, latest+latest/5), why
	if at, moved := skip(timeOf(f.NextAt), w); moved {
		f.NextAt, f.NextWhy = millis(at), whySkips
	}
	return f
}

// failed notes an error about a feed. It backs off, doubling up to a day, for ever; only 410 stops it, and says so.
func failed(f news.Feed, err *fetch.Error, now time.Time, random float64) news.Feed {
	f.CheckedAt, f.Outcome = millis(now), string(err.Outcome)
	f.Fails++
	wait := usual
	if f.Interval > 0 {
		wait = min(max(time.Duration(f.Interval)*time.Millisecond, soonest), latest)
	}
	for range min(f.Fails, 6) {
		wait = min(2*wait, latest)
	}
	why := whyFails + " " + strconv.Itoa(f.Fails)
	limit := latest
	switch {
	case err.Outcome == fetch.Gone:
		f.Stopped = true
		f.NextAt, f.NextWhy = 0, whyGone
		return f
	case err.RetryAfter > 0 && (err.Outcome == fetch.RateLimited || err.Outcome == fetch.Unavailable || err.Outcome == fetch.Forbidden):
		limit = fetch.MaxPause
		if err.RetryAfter >= usual {
			wait = err.RetryAfter
		} else {
			wait = max(usual, err.RetryAfter)
		}
		why = whyFor(whyServer, err.RetryAfter)
	case err.Outcome == fetch.Forbidden, err.Outcome == fetch.Challenge, err.Outcome == fetch.Blocked:
		wait = max(wait, forbidden)
	}
	f.NextAt, f.NextWhy = next(now, min(wait, limit), random, limit), why
	return f
}

// next is now and wait, and up to a fifth of it, but not beyond limit.
func next(now time.Time, wait time.Duration, random float64, limit time.Duration) int64 {
	wait += time.Duration(random * jitter * float64(wait))
	return millis(now.Add(min(wait, limit)))
}

// rhythm is how often to look at a feed that changes as seldom as this one.
func rhythm(f news.Feed, now time.Time) time.Duration {
	if f.ChangedAt == 0 {
		return usual
	}
	switch quiet := now.Sub(timeOf(f.ChangedAt)); {
	case quiet > 60*24*time.Hour:
		return 12 * time.Hour
	case quiet > 14*24*time.Hour:
		return 6 * time.Hour
	case quiet > 4*24*time.Hour:
		return 2 * time.Hour
	}
	return usual
}

// freshFor is how long an answer says it is fresh: max-age less Age, else Expires less Date (RFC 9111, 4.2.1). What is said
// about caches alone, no-store or an Expires in the past, says nothing here.
func freshFor(h http.Header, now time.Time) time.Duration {
	for _, d := range strings.Split(strings.Join(h.Values("Cache-Control"), ","), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(d), "=")
		if !strings.EqualFold(name, "max-age") {
			continue
		}
		seconds, err := strconv.ParseInt(strings.Trim(value, `"`), 10, 64)
		if err != nil {
			continue
		}
		age, _ := strconv.ParseInt(strings.TrimSpace(h.Get("Age")), 10, 64)
		return time.Duration(min(max(seconds-max(age, 0), 0), int64(latest/time.Second))) * time.Second
	}
	expires, err := http.ParseTime(h.Get("Expires"))
	if err != nil {
		return 0
	}
	date, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		date = now
	}
	return min(max(expires.Sub(date), 0), latest)
}

// skip moves a time out of the hours and days in which a feed asks not to be read, and out of the minutes before them: a look may
// come late. A feed that names all of them is not heeded.
func skip(t time.Time, w wishes) (time.Time, bool) {
	moved := false
	for range 24 * 7 {
		late := t.Add(lateness)
		if !contains(w.skipHours, t.Hour()) && !contains(w.skipDays, t.Weekday()) && !contains(w.skipHours, late.Hour()) && !contains(w.skipDays, late.Weekday()) {
			return t, moved
		}
		t, moved = t.Truncate(time.Hour).Add(time.Hour), true
	}
	return t, false
}

func contains[T comparable](list []T, x T) bool {
	for _, y := range list {
		if x == y {
			return true
		}
	}
	return false
}

// moving notes where a feed's address was permanently redirected, and adopts the new one when it has stood for three looks over
// a day or more. The caller knows that the body parsed as a feed and shares items with it.
func moving(f news.Feed, r fetch.Response, sharesItems bool, now time.Time) news.Feed {
	if r.Permanent == "" || r.Permanent == f.URL {
		if !r.NotModified() || r.URL == f.URL {
			f.MovedTo, f.MovedSeen, f.MovedFirst = "", 0, 0
		}
		return f
	}
	if r.Permanent != f.MovedTo {
		f.MovedTo, f.MovedSeen, f.MovedFirst = r.Permanent, 0, millis(now)
	}
	f.MovedSeen++
	down := strings.HasPrefix(f.URL, "https:") && !strings.HasPrefix(r.Permanent, "https:")
	if f.MovedSeen >= adoptAfter && stood(f, now) && sharesItems && !down && !r.NotModified() {
		f.URL, f.MovedTo, f.MovedSeen, f.MovedFirst = r.Permanent, "", 0, 0
	}
	return f
}

// first is a header's first value, byte for byte: validators are opaque.
func first(h http.Header, name string) string {
	if v := h[name]; len(v) > 0 {
		return v[0]
	}
	return ""
}

// words says a duration for an operator: "2 h", "45 min", "3 days".
func words(d time.Duration) string {
	switch {
	case d >= 48*time.Hour:
		return fmt.Sprintf("%d days", int(d.Hours())/24)
	case d >= time.Hour && d%time.Hour == 0:
		return fmt.Sprintf("%d h", int(d.Hours()))
	case d >= time.Hour:
		return fmt.Sprintf("%.1f h", d.Hours())
	case d >= time.Minute:
		return fmt.Sprintf("%d min", int(d.Minutes()))
	}
	return fmt.Sprintf("%d s", int(d.Seconds()))
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// Reasons are the words that a news.Feed.NextWhy may have.
func Reasons() []string {
	return []string{
		whyUsual, whySeldom, whyChosen, whyPushed, whyHinted, whyFresh, whyAsks, whySkips, whyFails, whyGone, whyEnded, whyServer, whyOutage, whyMoved, whyInterval,
		whyRule, whyAsked, whyFirst,
	}
}
