package address

import "strings"

// Most addresses on a page are in their normal form already: a scheme and a host in small letters, then a path of letters, digits and the few
// signs that no form changes, and nothing behind it. Resolve knows them by looking at each character once; reading an address, resolving it and
// writing it again takes ten times as long and gives the same, which FuzzPlain holds it to.

// plain returns how many bytes scheme and host of s take where s is such an address; 0 for every other string.
func plain(s string) int {
	host := ""
	switch {
	case strings.HasPrefix(s, "https://"):
		host = s[len("https://"):]
	case strings.HasPrefix(s, "http://"):
		host = s[len("http://"):]
	}
	for i := 0; i < len(host); i++ {
		switch c := host[i]; {
		case c == '/':
			if origin := len(s) - len(host) + i; i > 0 && plainPath(s[origin:]) {
				return origin
			}
			return 0
		case 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '-' || c == '.':
		default:
			return 0
		}
	}
	return 0
}

// plainPath reports whether s is a path from the root that is in its normal form, with nothing behind it.
func plainPath(s string) bool {
	if s == "" || s[0] != '/' || len(s) > 1 && s[1] == '/' || len(s) > Longest/2 {
		return false
	}
	for i := 0; i < len(s); i++ {
		if !inPath[s[i]] || s[i] == '.' && s[i-1] == '/' { // "." and ".." are segments that go
			return false
		}
	}
	return true
}

// plainQuery reports whether s holds nothing that makes an address with this query impossible to read.
func plainQuery(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c <= ' ' || c >= 0x7F || c == '#' {
			return false
		}
	}
	return true
}

// inPath are the characters of plain paths.
var inPath = func() (in [256]bool) {
	for _, c := range []byte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/") {
		in[c] = true
	}
	return in
}()
