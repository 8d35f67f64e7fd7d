package address

import (
	"strings"
	"testing"
)

func TestClean(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"scheme and host in lower case, path kept", "HTTPS://News.Example/Path?B=1&a=2", "https://news.example/Path?B=1&a=2"},
		{"default ports", "http://news.example:80/a", "http://news.example/a"},
		{"another port", "http://news.example:8080", "http://news.example:8080/"},
		{"tracking parameters among others", "https://news.example/a?utm_source=x&id=7&fbclid=y&UTM_Medium=z", "https://news.example/a?id=7"},
		{"nothing left of the query", "https://news.example/a?utm_source=x", "https://news.example/a"},
		{"escaped ampersand left over", "https://news.example/a?id=7&amp;utm_source=x", "https://news.example/a?id=7"},
		{"a fragment that tracks", "https://news.example/a#xtor=RSS-3208", "https://news.example/a"},
		{"a fragment that points into the page", "https://news.example/a#article-5", "https://news.example/a#article-5"},
		{"a text fragment", "https://news.example/a#:~:text=said", "https://news.example/a"},
		{"order and escapes of parameters", "https://news.example/a?q=a+b%20c&&d", "https://news.example/a?q=a+b%20c&&d"},
		{"blanks and letters beyond ASCII", "https://news.example/a b?q=é x", "https://news.example/a%20b?q=%C3%A9%20x"},
		{"host beyond ASCII", "https://bücher.example/", "https://xn--bcher-kva.example/"},
		{"IPv6", "http://[::1]:80/a", "http://[::1]/a"},
		{"a search engine's redirector", "https://www.google.co.uk/url?q=https://port.example/a%3Fb%3D1&sa=D&usg=x", "https://port.example/a?b=1"},
		{"a search engine's redirector, the other parameter", "https://google.com/url?sa=t&url=https%3A%2F%2Fport.example%2Fa", "https://port.example/a"},
		{"a network's redirector", "https://lm.facebook.com/l.php?u=https%3A%2F%2Fport.example%2Fb%3Futm_source%3Dx&h=AT0", "https://port.example/b"},
		{"a mail filter's redirector", "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fport.example%2Fc&amp;data=05", "https://port.example/c"},
		{"a film's redirector", "https://www.youtube.com/redirect?event=x&q=http%3A%2F%2Fport.example%2Fd", "http://port.example/d"},
		{"a blog's redirector", "https://t.umblr.com/redirect?z=https%3A%2F%2Fport.example%2F&t=x", "https://port.example/"},
		{"a forum's redirector", "https://out.reddit.com/t3_x?url=https%3A%2F%2Fport.example%2Fe&token=A", "https://port.example/e"},
		{"a redirector in a redirector", "https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.google.com%2Furl%3Fq%3Dhttps%253A%252F%252Fport.example%252Ff", "https://port.example/f"},
		{"a redirector that leads to no page", "https://www.google.com/url?q=javascript:alert(1)", "https://www.google.com/url?q=javascript:alert(1)"},
		{"a redirector's other page", "https://www.google.com/search?q=https://port.example/", "https://www.google.com/search?q=https://port.example/"},
		{"another site of a like name", "https://google.port.example/url?q=https://x.example/", "https://google.port.example/url?q=https://x.example/"},
		{"name and password of who gives it", "https://ada:secret@port.example/a", "https://ada:secret@port.example/a"},
		{"no web address", " mailto:a@b.example ", "mailto:a@b.example"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := Clean(test.in); got != test.want {
				t.Errorf("Clean(%q) = %q, want %q", test.in, got, test.want)
			}
		})
	}
}

func TestResolve(t *testing.T) {
	const base = "https://news.example/a/b?x=1"
	tests := []struct{ name, base, ref, want string }{
		{"relative", base, "c", "https://news.example/a/c"},
		{"from the root", base, "/c?d=1#e", "https://news.example/c?d=1#e"},
		{"without a scheme", base, "//other.example/c", "https://other.example/c"},
		{"only a query", base, "?y=2", "https://news.example/a/b?y=2"},
		{"only a fragment", base, "#e", "https://news.example/a/b?x=1#e"},
		{"line ends and tabs inside", base, " /c\n\t/d ", "https://news.example/c/d"},
		{"backslashes", base, `\\other.example\c`, "https://other.example/c"},
		{"a percent sign that escapes nothing", base, "/100%-sure", "https://news.example/100%25-sure"},
		{"a colon in a relative path", base, "12:30.html", "https://news.example/a/12:30.html"},
		{"name and password in a document", base, "https://ada:secret@port.example/a", "https://port.example/a"},
		{"name and password without a scheme", base, "//ada:secret@port.example/a", "https://port.example/a"},
		{"name and password behind a redirector", base, "https://www.google.com/url?q=https://ada:secret@port.example/a", "https://port.example/a"},
		{"name and password of an address alone", "", "https://ada:secret@port.example/a", "https://ada:secret@port.example/a"},
		{"mail", base, "mailto:desk@news.example", "mailto:desk@news.example"},
		{"script", base, "javascript:alert(1)", ""},
		{"script, spread over lines", base, "java\nscript:alert(1)", ""},
		{"data", base, "data:text/html,x", ""},
		{"empty", base, " ", ""},
		{"relative to nothing", "", "/c", ""},
		{"too long", base, "/" + strings.Repeat("a", Longest), ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := Resolve(test.base, test.ref); got != test.want {
				t.Errorf("Resolve(%q, %q) = %q, want %q", test.base, test.ref, got, test.want)
			}
		})
	}
}

func TestSite(t *testing.T) {
	for in, want := range map[string]string{
		"https://a.b.example.co.uk/x": "example.co.uk",
		"https://WWW.Example.com":     "example.com",
		"http://127.0.0.1:8080/":      "127.0.0.1",
		"http://localhost/":           "localhost",
		"https://co.uk/":              "co.uk",
		"nothing":                     "",
	} {
		if got := Site(in); got != want {
			t.Errorf("Site(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestKeyIsOneForOnePage(t *testing.T) {
	want := Key("https://www.news.example/a/")
	for _, same := range []string{"http://news.example/a", "https://news.example/a/?utm_source=x", "https://news.example/a#top", "HTTPS://NEWS.example:443/a"} {
		if got := Key(same); got != want {
			t.Errorf("Key(%q) = %q, want %q", same, got, want)
		}
	}
	if Key("https://news.example/a?id=1") == Key("https://news.example/a?id=2") {
		t.Error("a parameter that chooses the page is lost")
	}
}

func FuzzClean(f *testing.F) {
	for _, s := range []string{"https://news.example/a?utm_source=x#:~:text=y", "http://[::1]:80", "//a", "http://a b/%", "HTTP://É.example:443/?&&=", "https://u:p@www.google.com/url?q=https%3A%2F%2Fl.facebook.com%2Fl.php%3Fu%3Dhttp%3A%2F%2Fa", "http://a/?amp;utm_x"} {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, base, ref string) {
		once := Clean(ref)
		if twice := Clean(once); twice != once {
			t.Errorf("Clean(%q) = %q, cleaned again %q", ref, once, twice)
		}
		got := Resolve(base, ref)
		if got != "" && !strings.HasPrefix(got, "http://") && !strings.HasPrefix(got, "https://") && !strings.HasPrefix(got, "mailto:") && !strings.HasPrefix(got, "tel:") {
			t.Errorf("Resolve(%q, %q) = %q", base, ref, got)
		}
		if again := Resolve("", got); got != "" && again != got {
			t.Errorf("Resolve(%q, %q) = %q, resolved again %q", base, ref, got, again)
		}
	})
}

// FuzzPlain compares the short way that plain addresses take with the long one.
func FuzzPlain(f *testing.F) {
	for _, c := range []struct{ base, ref string }{
		{"https://news.example/a/b", "/c"},
		{"https://news.example/a/b", "https://port.example/d.html"},
		{"https://news.example/", "/a/../b"},
		{"https://news.example/", "/a/.b"},
		{"https://news.example/", "//port.example/c"},
		{"https://news.example/a//b", "/c//d"},
		{"https://news.example", "/c"},
		{"https://news.example/?q", "/c"},
		{"https://news..example/", "/c"},
		{"https://-/", "https://./"},
		{"http://1/", "http://1.2.3.4/"},
		{"https://xn--a/", "https://xn--bcher-kva.example/"},
		{"https://www.google.com/url", "/url"},
	} {
		f.Add(c.base, c.ref)
	}
	f.Fuzz(func(t *testing.T, base, ref string) {
		if got, want := Resolve(base, ref), resolve(base, ref); got != want {
			t.Errorf("Resolve(%q, %q) = %q, the long way gives %q", base, ref, got, want)
		}
		if plain(base) > 0 {
			if got := resolve("", base); got != base {
				t.Errorf("%q is taken for plain; resolved it is %q", base, got)
			}
		}
	})
}
