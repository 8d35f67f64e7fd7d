package newsroom

import (
	"net/http"
	"slices"
	"testing"
)

func TestLinkedHubs(t *testing.T) {
	for _, c := range []struct {
		what  string
		links []string
		hubs  []string
		self  string
	}{
		{"one header", []string{`<https://hub.example/>; rel="hub", <https://paper.example/f>; rel="self"`}, []string{"https://hub.example/"}, "https://paper.example/f"},
		{"two headers, no quotes", []string{`<https://hub.example/>;rel=hub`, `<https://paper.example/f>; rel=self`}, []string{"https://hub.example/"}, "https://paper.example/f"},
		{"two hubs, one twice", []string{`<https://a.example/>; rel=hub`, `<https://b.example/>; title="a, b; c"; rel="HUB", <https://a.example/>; rel=hub`}, []string{"https://a.example/", "https://b.example/"}, ""},
		{"both at once", []string{`<f?a=1,2>; rel="self hub"`}, []string{"https://paper.example/f?a=1,2"}, "https://paper.example/f?a=1,2"},
		{"the first rel counts", []string{`<https://hub.example/>; rel=next; rel=hub`}, nil, ""},
		{"other links", []string{`</style.css>; rel=preload; as=style; crossorigin, <https://hub.example/>; rel=hub`}, []string{"https://hub.example/"}, ""},
		{"no web address", []string{`<javascript:x>; rel=hub, <ftp://x.example/>; rel=hub`}, nil, ""},
		{"broken", []string{`<https://hub.example/; rel=hub`, `rel=hub`, `<`, `<>; rel="hub`, `<https://h.example/>; =; rel`}, nil, ""},
		{"none", nil, nil, ""},
	} {
		hubs, self := linkedHubs(http.Header{"Link": c.links}, "https://paper.example/dir/../")
		if !slices.Equal(hubs, c.hubs) || self != c.self {
			t.Errorf("%s: %q %q", c.what, hubs, self)
		}
	}
}

func FuzzLinkedHubs(f *testing.F) {
	f.Add(`<https://hub.example/>; rel="hub", <f>; rel=self; title="a;b,c"`)
	f.Add(`<a>;x;=;"`)
	f.Fuzz(func(t *testing.T, s string) {
		hubs, _ := linkedHubs(http.Header{"Link": {s}}, "https://paper.example/")
		if len(hubs) > 10 {
			t.Errorf("%d hubs", len(hubs))
		}
	})
}

func TestPublicAddress(t *testing.T) {
	for in, want := range map[string]string{
		"https://news.example": "https://news.example", "https://news.example:8443/": "https://news.example:8443", "https://93.184.216.34": "https://93.184.216.34",
		"": "", "http://news.example": "", "https://127.0.0.1": "", "https://192.168.1.4:8443": "", "https://[::1]": "", "https://localhost": "", "https://news": "",
		"https://news.local": "", "https://x.internal": "", "https://NEWS.LAN": "", "https://": "", "://": "",
	} {
		if got := PublicAddress(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
