package address

import (
	"net/url"
	"strings"
)

// redirectors are pages that only count a click and lead on, with the parameters that hold where they lead. A host stands for itself and the
// hosts below it; a path for itself alone, and an empty one for every path.
var redirectors = []struct {
	host, path string
	targets    []string
}{
	{"google.*", "/url", []string{"q", "url"}},
	{"l.facebook.com", "/l.php", []string{"u"}},
	{"lm.facebook.com", "/l.php", []string{"u"}},
	{"www.facebook.com", "/l.php", []string{"u"}},
	{"m.facebook.com", "/l.php", []string{"u"}},
	{"l.instagram.com", "/", []string{"u"}},
	{"l.messenger.com", "/l.php", []string{"u"}},
	{"l.threads.net", "/", []string{"u"}},
	{"l.threads.com", "/", []string{"u"}},
	{"safelinks.protection.outlook.com", "", []string{"url"}},
	{"t.umblr.com", "/redirect", []string{"z"}},
	{"youtube.com", "/redirect", []string{"q"}},
	{"out.reddit.com", "", []string{"url"}},
	{"vk.com", "/away.php", []string{"to"}},
	{"steamcommunity.com", "/linkfilter/", []string{"url", "u"}},
}

// mostRedirects bounds how many redirectors are opened, one within the other.
const mostRedirects = 4

// led returns where u leads if it is a redirector's address that holds a whole address of the web; else u itself.
func led(u *url.URL) *url.URL {
	for range mostRedirects {
		next := target(u)
		if next == nil {
			break
		}
		u = next
	}
	return u
}

// target returns the address that a redirector's address holds, or nil.
func target(u *url.URL) *url.URL {
	if u.RawQuery == "" {
		return nil
	}
	host := lowerHost(u.Hostname())
	for _, r := range redirectors {
		if r.path != "" && u.Path != r.path || !served(host, r.host) {
			continue
		}
		for _, name := range r.targets {
			for part := range strings.SplitSeq(u.RawQuery, "&") {
				key, value, _ := strings.Cut(part, "=")
				if strings.TrimPrefix(key, "amp;") != name {
					continue
				}
				value, err := url.QueryUnescape(value)
				if err != nil || len(value) > Longest {
					continue
				}
				if t, err := url.Parse(prepared(value)); err == nil && web(t) {
					t.User = nil
					return t
				}
			}
		}
		return nil
	}
	return nil
}

// served reports whether a host is the named one or lies below it. A name that ends in ".*" stands for the site under every suffix.
func served(host, name string) bool {
	if base, ok := strings.CutSuffix(name, "*"); ok {
		host = strings.TrimPrefix(host, "www.")
		return strings.HasPrefix(host, base) && Site("https://"+host+"/") == host
	}
	return host == name || strings.HasSuffix(host, "."+name)
}
