package fetch

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Limits of robots.txt: RFC 9309 sections 2.4 and 2.5, and how long a copy serves while the server cannot be reached (2.3.1.4).
const (
	maxRobots      = 500 << 10
	robotsFresh    = 24 * time.Hour
	robotsOutlived = 30 * 24 * time.Hour
	maxRobotsLine  = 16 << 10 // longer than any address; the rest of a line is not read
)

// A RobotsFile is what a robots.txt says, by RFC 9309.
type RobotsFile struct {
	Sitemaps []string // addresses as written
	Licences []string // of "License" lines (RSL 1.0), as written

	groups []group
}

type group struct {
	agents []string // product tokens in lower case; "*" for all
	rules  []rule
	usages []usage
}

// A usage is a line that says what texts may be used for.
type usage struct {
	key     string // "content-usage" or "content-signal"
	pattern string
	value   string
}

type rule struct {
	pattern string
	allow   bool
}

// ParseRobots reads a robots.txt. Nothing in it is an error: what cannot be understood is left out.
// Misspelt keys that many files have are read as they are meant, as is a line without its colon.
func ParseRobots(body []byte) RobotsFile {
	if len(body) > maxRobots {
		body = body[:maxRobots]
	}
	s := string(body)
	for _, b := range []string{"\xef", "\xbb", "\xbf"} { // a byte order mark, or the beginning of one
		if !strings.HasPrefix(s, b) {
			break
		}
		s = s[1:]
	}
	var f RobotsFile
	var current *group
	ruled := false // the current group has rules: the next agent begins a new one
	for _, line := range strings.FieldsFunc(s, func(c rune) bool { return c == '\n' || c == '\r' }) {
		key, value := robotsLine(line)
		switch key {
		case "user-agent":
			if current == nil || ruled {
				f.groups = append(f.groups, group{})
				current, ruled = &f.groups[len(f.groups)-1], false
			}
			current.agents = append(current.agents, productToken(value))
		case "allow", "disallow":
			if current == nil {
				continue
			}
			ruled = true
			if value == "" {
				continue
			}
			current.rules = append(current.rules, rule{escape(value), key == "allow"})
			if i := strings.LastIndexByte(value, '/'); key == "allow" && i >= 0 && strings.HasPrefix(value[i:], "/index.htm") {
				current.rules = append(current.rules, rule{escape(value[:i+1]) + "$", true}) // the folder whose page it is
			}
		case "content-usage", "content-signal":
			if current == nil {
				continue
			}
			ruled = true
			pattern, value := usageLine(value)
			current.usages = append(current.usages, usage{key, pattern, value})
		case "sitemap":
			f.Sitemaps = append(f.Sitemaps, value)
		case "license":
			f.Licences = append(f.Licences, value)
		}
	}
	return f
}

// robotsLine gives the key, in its right spelling, and the value of a line; an empty key if it is none.
func robotsLine(line string) (key, value string) {
	if len(line) > maxRobotsLine {
		line = line[:maxRobotsLine]
	}
	line, _, _ = strings.Cut(line, "#")
	line = strings.TrimSpace(line)
	key, value, ok := strings.Cut(line, ":")
	if !ok {
		words := strings.Fields(line)
		if len(words) != 2 {
			return "", ""
		}
		key, value = words[0], words[1]
	}
	key, value = strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value)
	for _, known := range []struct{ begins, key string }{
		{"user-agent", "user-agent"},
		{"useragent", "user-agent"},
		{"user agent", "user-agent"},
		{"allow", "allow"},
		{"disallow", "disallow"},
		{"dissallow", "disallow"},
		{"dissalow", "disallow"},
		{"disalow", "disallow"},
		{"diasllow", "disallow"},
		{"disallaw", "disallow"},
		{"sitemap", "sitemap"},
		{"site-map", "sitemap"},
		{"license", "license"},
		{"content-usage", "content-usage"},
		{"content-signal", "content-signal"},
	} {
		if strings.HasPrefix(key, known.begins) {
			return known.key, value
		}
	}
	return "", ""
}

// usageLine parts the path that a line of usage may begin with from what it says; without one it holds everywhere.
func usageLine(value string) (pattern, said string) {
	if strings.HasPrefix(value, "/") || strings.HasPrefix(value, "*") {
		pattern, said, _ = strings.Cut(strings.ReplaceAll(value, "\t", " "), " ")
		return escape(pattern), strings.TrimSpace(said)
	}
	return "/", value
}

// Usage returns what the file says to the agent with this product token of the use of an address's text: the values of the lines
// Content-Usage (draft-ietf-aipref-attach) and Content-Signal whose paths are the longest that match; empty if it says nothing.
func (f RobotsFile) Usage(token string, u *url.URL) (usage, signal string) {
	path := escape(u.EscapedPath())
	if path == "" {
		path = "/"
	}
	if u.RawQuery != "" {
		path += "?" + escape(u.RawQuery)
	}
	token = strings.ToLower(token)
	named := false
	for _, g := range f.groups {
		named = named || slices.Contains(g.agents, token)
	}
	longest := map[string]int{}
	for _, g := range f.groups {
		if named && !slices.Contains(g.agents, token) || !named && !slices.Contains(g.agents, "*") {
			continue
		}
		for _, said := range g.usages {
			if len(said.pattern) <= longest[said.key] || !match(said.pattern, path) {
				continue
			}
			longest[said.key] = len(said.pattern)
			if said.key == "content-usage" {
				usage = said.value
			} else {
				signal = said.value
			}
		}
	}
	return usage, signal
}

// productToken is what of a user-agent line counts: letters, "_" and "-" at its beginning, or "*".
func productToken(s string) string {
	if s == "*" || strings.HasPrefix(s, "* ") || strings.HasPrefix(s, "*\t") {
		return "*"
	}
	i := 0
	for i < len(s) && (s[i]|0x20 >= 'a' && s[i]|0x20 <= 'z' || s[i] == '_' || s[i] == '-') {
		i++
	}
	return strings.ToLower(s[:i])
}

// Allowed reports whether the agent with this product token may ask for an address. The longest rule that matches decides;
// of two as long the one that allows. robots.txt itself is always allowed.
func (f RobotsFile) Allowed(token string, u *url.URL) bool {
	path := u.EscapedPath()
	if path == "" || path[0] != '/' {
		path = "/" + path
	}
	if path == "/robots.txt" {
		return true
	}
	if u.RawQuery != "" || u.ForceQuery {
		path += "?" + u.RawQuery
	}
	path = escape(path)
	rules, named := f.rules(strings.ToLower(token))
	if !named {
		rules, _ = f.rules("*")
	}
	longest, allow := -1, true
	for _, r := range rules {
		if n := len(r.pattern); (n > longest || n == longest && r.allow) && match(r.pattern, path) {
			longest, allow = n, r.allow
		}
	}
	return allow
}

// rules joins the rules of all groups that name the agent.
func (f RobotsFile) rules(token string) (rules []rule, named bool) {
	for _, g := range f.groups {
		for _, a := range g.agents {
			if a == token {
				rules, named = append(rules, g.rules...), true
				break
			}
		}
	}
	return rules, named
}

// match reports whether pattern matches the beginning of path; * stands for any characters, $ at the end for the end.
func match(pattern, path string) bool {
	pattern, anchored := strings.CutSuffix(pattern, "$")
	parts := strings.Split(pattern, "*")
	if !strings.HasPrefix(path, parts[0]) {
		return false
	}
	rest := path[len(parts[0]):]
	if len(parts) == 1 {
		return !anchored || rest == ""
	}
	for _, p := range parts[1 : len(parts)-1] {
		i := strings.Index(rest, p)
		if i < 0 {
			return false
		}
		rest = rest[i+len(p):]
	}
	last := parts[len(parts)-1]
	if anchored {
		return strings.HasSuffix(rest, last)
	}
	return strings.Contains(rest, last)
}

// escape gives a path or pattern the form in which both are compared: bytes beyond ASCII as %XX, hexadecimal digits in upper case.
func escape(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			b.WriteString(strings.ToUpper(s[i : i+3]))
			i += 2
		case c >= 0x80:
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

func isHex(c byte) bool { return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f' }

// token is the product token that robots.txt files name us by.
func (c *Client) token() string { return productToken(c.UserAgent) }

// mayAsk returns an error if the server's robots.txt does not allow u, or cannot be read.
func (c *Client) mayAsk(ctx context.Context, u *url.URL) error {
	f, err := c.robots(ctx, u)
	if err != nil {
		return err
	}
	if !f.Allowed(c.token(), u) {
		return &Error{
			Outcome: Robots, URL: u.String(), Err: errors.New("robots.txt of " + u.Host + " does not allow it"),
			Help: "ask the publisher to allow " + c.token() + ", or take the article from the outlet's feed",
		}
	}
	return nil
}

// Robots returns what the server of an address says in robots.txt.
func (c *Client) Robots(ctx context.Context, of string) (RobotsFile, error) {
	c.state.once.Do(c.prepare)
	u, err := address(of)
	if err != nil {
		return RobotsFile{}, err
	}
	return c.robots(ctx, u)
}

// robots returns the server's robots.txt, at most a day old: allowing all where there is none (4xx), nothing where it cannot be had.
func (c *Client) robots(ctx context.Context, u *url.URL) (RobotsFile, error) {
	h, err := c.Hosts.Host(ctx, robotsName(u))
	if err != nil {
		return RobotsFile{}, err
	}
	now := c.now()
	if h.RobotsAt.IsZero() || now.Sub(h.RobotsAt) >= robotsFresh || now.Before(h.RobotsAt) {
		fresh, err := c.getRobots(ctx, u)
		var e *Error
		switch {
		case err == nil:
			fresh.Name, fresh.PausedUntil = h.Name, h.PausedUntil
			if err := c.Hosts.SaveHost(ctx, fresh); err != nil {
				return RobotsFile{}, err
			}
			h = fresh
		case !errors.As(err, &e):
			return RobotsFile{}, err
		case h.RobotsStatus == http.StatusOK && now.Sub(h.RobotsAt) < robotsOutlived:
			// what it said before holds while it cannot be asked
		default:
			return RobotsFile{}, err
		}
	}
	if h.RobotsStatus/100 == 4 {
		return RobotsFile{}, nil
	}
	return ParseRobots([]byte(h.Robots)), nil
}

// getRobots asks for robots.txt. An answer of 4xx but 429 is "there is none"; anything else but 2xx is an error, which forbids.
func (c *Client) getRobots(ctx context.Context, u *url.URL) (Host, error) {
	at := &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"}
	left := c.Limit
	for hop := 0; ; hop++ {
		response, next, err := c.ask(ctx, Request{Kind: Feed, MaxBytes: maxRobots}, at, &left)
		var e *Error
		switch {
		case errors.As(err, &e) && e.Status/100 == 4 && e.Outcome != RateLimited && e.Outcome != Challenge:
			return Host{RobotsStatus: e.Status, RobotsAt: c.now()}, nil
		case err != nil:
			return Host{}, err
		case next == nil:
			return Host{Robots: strings.ToValidUTF8(strings.ReplaceAll(string(response.Body), "\x00", ""), "\uFFFD"), RobotsStatus: http.StatusOK, RobotsAt: c.now()}, nil
		case hop == MaxRedirects: // RFC 9309, 2.3.1.2: may be taken as "there is none"
			return Host{RobotsStatus: http.StatusNotFound, RobotsAt: c.now()}, nil
		}
		at = next
	}
}
