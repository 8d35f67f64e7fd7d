package address_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/address"
)

func TestLinksOfAHeader(t *testing.T) {
	for _, c := range []struct{ what, header, want string }{
		{"one", `<https://hub.example/>; rel="hub"`, "https://hub.example/ [hub]"},
		{"two, no quotes, no spaces", `</a>;rel=self,</b>;rel=hub`, "/a [self], /b [hub]"},
		{"several relations", `<a>; REL="Self  HUB"`, "a [self hub]"},
		{"the first counts", `<a>; rel=next; rel=hub`, "a [next]"},
		{"commas and semicolons where they may stand", `<a?x=1,2;3>; title="a, <b>; c"; rel=hub, <d>; rel=x`, "a?x=1,2;3 [hub], d [x]"},
		{"a mark within a quotation", `<a>; title="say \"x\", <b>; rel=hub"; rel=next`, "a [next]"},
		{"a parameter without a value", `<a>; crossorigin; rel=preload; as=style, <b>; crossorigin, <c>; rel=x`, "a [preload], b [], c [x]"},
		{"spaces around", ` < a > ; rel = hub , <b>`, "a [hub], b []"},
		{"another name", `<a>; rel*=UTF-8''hub`, "a []"},
		{"no end of the address", `<a; rel=hub`, ""},
		{"no end of a quotation", `<a>; rel="hub, <b>; rel=hub`, "a []"},
		{"no link", `rel=hub`, ""},
		{"marks alone", `<>;=;,;<>`, " [],  []"},
		{"nothing", ``, ""},
	} {
		var got []string
		for _, l := range address.Links(c.header) {
			got = append(got, fmt.Sprint(l.Target, " ", l.Relations()))
		}
		if s := strings.Join(got, ", "); s != c.want {
			t.Errorf("%s: %q, want %q", c.what, s, c.want)
		}
	}
	if n := len(address.Links(strings.Repeat("<a>,", 10000))); n != 200 {
		t.Errorf("%d links", n)
	}
}

func FuzzLinks(f *testing.F) {
	f.Add(`<https://hub.example/>; rel="hub", <f>; rel=self; title="a;b,\"c"`)
	f.Add(`<a>;x;=;"\`)
	f.Fuzz(func(t *testing.T, s string) {
		for _, l := range address.Links(s) {
			if !strings.Contains(s, l.Target) {
				t.Errorf("%q is not in %q", l.Target, s)
			}
		}
	})
}
