// Package address gives addresses of the web their normal forms: relative ones resolved, tracking parameters and redirectors gone, the site they belong to. It
// reads them out of Link headers as well.
//
// It promises that a cleaned address leads where the given one led, and that cleaning twice changes nothing more.
// It touches strings only: it resolves no names and makes no request.
package address

import (
	"net/netip"
	"net/url"
	"strings"

	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"
)

// Longest is the length in bytes beyond which a string is not taken for an address.
const Longest = 8 << 10

// Clean returns the normal form of an absolute http or https address: scheme and host in lower case, the default port and the
// tracking parameters gone, characters that an address may not hold escaped; of a redirector that only counts the click the
// address it leads to. Path, order of parameters and fragment stay as they
// are. Any other string, an address of another scheme too, is returned trimmed and otherwise as it is.
func Clean(s string) string {
	if plain(s) > 0 {
		return s
	}
	s = strings.TrimSpace(s)
	u, err := url.Parse(prepared(s))
	if err != nil || !web(u) {
		return s
	}
	return printed(u)
}

// Resolve returns the absolute, cleaned form of ref as it stands in a document at base. It returns "" for what leads to no page:
// an empty ref, a scheme other than http, https, mailto or tel, an address that cannot be read, one longer than Longest.
// The base may be empty; then only absolute addresses resolve. A name and a password that a document puts into an address are dropped; in an
// address without a base they stay, for who gives one may need them.
func Resolve(base, ref string) string {
	if plain(ref) > 0 {
		return ref
	}
	if plainPath(ref) {
		address, query, _ := strings.Cut(base, "?")
		if origin := plain(address); origin > 0 && plainQuery(query) {
			return base[:origin] + ref
		}
	}
	return resolve(base, ref)
}

func resolve(base, ref string) string {
	ref = prepared(ref)
	if ref == "" || len(ref) > Longest {
		return ""
	}
	u, err := url.Parse(ref)
	if err != nil {
		if u = repaired(ref); u == nil {
			return ""
		}
	}
	if u.Scheme == "mailto" || u.Scheme == "tel" {
		return u.String()
	}
	if !u.IsAbs() {
		b, err := url.Parse(prepared(base))
		if err != nil || !web(b) {
			return ""
		}
		if strings.HasPrefix(ref, "?") && b.Path == "" {
			b.Path = "/"
		}
		u = b.ResolveReference(u)
	}
	if !web(u) {
		return ""
	}
	if base != "" && written(ref) {
		u.User = nil
	}
	if s := printed(u); len(s) <= Longest {
		return s
	}
	return ""
}

// written reports whether a reference names a host itself.
func written(ref string) bool { return strings.HasPrefix(ref, "//") || strings.Contains(ref, "://") }

// Site returns the registrable domain of an address ("news.example.co.uk" belongs to "example.co.uk"), its host where it has no
// such domain (an IP address, "localhost", a public suffix itself), and "" for what is no web address.
func Site(s string) string {
	u, err := url.Parse(prepared(s))
	if err != nil || !web(u) {
		return ""
	}
	host := lowerHost(u.Hostname())
	if _, err := netip.ParseAddr(host); err == nil {
		return host
	}
	site, err := publicsuffix.EffectiveTLDPlusOne(host)
	if err != nil {
		return host
	}
	return site
}

// Key returns what two addresses of one page have in common: the cleaned address without scheme, "www.", fragment and closing slash.
// It is for comparing, not for asking.
func Key(s string) string {
	s = Clean(s)
	s, _, _ = strings.Cut(s, "#")
	_, rest, ok := strings.Cut(s, "://")
	if !ok {
		return s
	}
	rest = strings.TrimPrefix(rest, "www.")
	path, query, asks := strings.Cut(rest, "?")
	path = strings.TrimSuffix(path, "/")
	if asks {
		return path + "?" + query
	}
	return path
}

func web(u *url.URL) bool {
	host := u.Hostname()
	if strings.Contains(host, ":") {
		_, err := netip.ParseAddr(host)
		return err == nil && (u.Scheme == "http" || u.Scheme == "https")
	}
	return host != "" && (u.Scheme == "http" || u.Scheme == "https")
}

// prepared does what browsers do before they read an address: tabs and line ends go, blanks at the ends go,
// and in a web address a backslash is a slash.
func prepared(s string) string {
	if s == "" {
		return ""
	}
	if a, z := s[0], s[len(s)-1]; a <= ' ' || a >= 0x80 || z <= ' ' || z >= 0x80 {
		s = strings.Trim(s, " \t\r\n\f\u00A0")
	}
	if strings.ContainsAny(s, "\t\r\n") {
		s = strings.NewReplacer("\t", "", "\r", "", "\n", "").Replace(s)
	}
	if head, _, _ := strings.Cut(s, "?"); strings.Contains(head, `\`) && !strings.HasPrefix(strings.ToLower(s), "mailto:") {
		s = strings.ReplaceAll(head, `\`, "/") + s[len(head):]
	}
	return s
}

// repaired reads an address that is wrong in a way browsers forgive: a percent sign that escapes nothing, a colon in the first
// segment of a relative path.
func repaired(ref string) *url.URL {
	if u, err := url.Parse(escapedPercents(ref)); err == nil {
		return u
	}
	if i := strings.IndexByte(ref, ':'); i >= 0 && !strings.Contains(ref[:i], "/") && !strings.HasPrefix(ref[i:], "://") {
		if u, err := url.Parse("./" + escapedPercents(ref)); err == nil {
			return u
		}
	}
	return nil
}

func escapedPercents(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		b.WriteByte(s[i])
		if s[i] == '%' && !(i+2 < len(s) && hex(s[i+1]) && hex(s[i+2])) {
			b.WriteString("25")
		}
	}
	return b.String()
}

func hex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

func printed(u *url.URL) string {
	u = led(u)
	host := lowerHost(u.Hostname())
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	u.Host = host + port(u)
	if u.Path == "" {
		u.Path = "/"
	}
	u.RawQuery = escapedQuery(withoutTracking(u.RawQuery))
	u.ForceQuery = false
	if tracking(fragmentName(u.Fragment)) || strings.HasPrefix(u.Fragment, ":~:") {
		u.Fragment, u.RawFragment = "", ""
	}
	if i := strings.Index(u.Fragment, ":~:"); i > 0 {
		u.Fragment, u.RawFragment = u.Fragment[:i], ""
	}
	return u.String()
}

// lowerHost returns a host name in lower case and in its ASCII form; a name that IDNA refuses stays as it is.
func lowerHost(host string) string {
	host = strings.ToLower(host)
	for i := 0; i < len(host); i++ {
		if host[i] >= 0x80 {
			if ascii, err := idna.Lookup.ToASCII(host); err == nil {
				return ascii
			}
			break
		}
	}
	return host
}

func port(u *url.URL) string {
	p := u.Port()
	if p == "" || u.Scheme == "http" && p == "80" || u.Scheme == "https" && p == "443" {
		return ""
	}
	return ":" + p
}

// escapedQuery escapes blanks, quotation marks and what is not ASCII in a query, and leaves all else.
func escapedQuery(q string) string {
	const digits = "0123456789ABCDEF"
	var b strings.Builder
	for i := 0; i < len(q); i++ {
		switch c := q[i]; {
		case c <= ' ', c >= 0x7F, c == '"', c == '<', c == '>':
			b.WriteByte('%')
			b.WriteByte(digits[c>>4])
			b.WriteByte(digits[c&15])
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}
