package rights

import (
	"net/url"
	"testing"
)

func TestRead(t *testing.T) {
	for _, c := range []struct {
		name, value string
		reserves    bool
	}{
		{TDMReservation, " 1 ", true},
		{TDMReservation, "0", false},
		{TDMReservation, "yes", false},
		{ContentUsage, "train-ai=n", false}, // we train nothing
		{ContentUsage, "train-ai=n, ai-output=n", true},
		{ContentUsage, "bots=n", true},
		{ContentUsage, "bots=n, ai-output=y", false}, // the narrower decides
		{ContentUsage, "AI-Output = n;exceptions=ann", true},
		{ContentUsage, "search=y", false},
		{ContentSignal, "search=yes, ai-train=no", false},
		{ContentSignal, "search=yes,ai-input=no", true},
		{RobotsMeta, "noai, noimageai", false}, // told to the editor; nothing that stands in a standard
		{License, "https://creativecommons.org/licenses/by/4.0/", false},
	} {
		got := Read(OnPage, c.name, c.value)
		if len(got) != 1 || got[0].Reserves != c.reserves {
			t.Errorf("%s %q: %+v", c.name, c.value, got)
		}
	}
	if got := Read(OnPage, License, " \n"); got != nil {
		t.Errorf("%+v", got)
	}
}

func TestCombine(t *testing.T) {
	tdm := func(place, value string) Signal { return Read(place, TDMReservation, value)[0] }
	for _, c := range []struct {
		what string
		list []Signal
		want bool
	}{
		{"nothing is said", nil, false},
		{"the file reserves", []Signal{tdm(InTDMRep, "1")}, true},
		{"the page takes it back", []Signal{tdm(InTDMRep, "1"), tdm(OnPage, "0")}, false},
		{"the page reserves what the header does not", []Signal{tdm(InHeader, "0"), tdm(OnPage, "1")}, true},
		{"the header takes back what the file says", []Signal{tdm(InTDMRep, "1"), tdm(InHeader, "0")}, false},
		{"another signal stands beside", []Signal{tdm(OnPage, "0"), {InRobots, ContentUsage, "bots=n", true}}, true},
		{"a licence allows nothing by itself", []Signal{{OnPage, License, "CC0", false}, tdm(InHeader, "1")}, true},
	} {
		if got := Combine(c.list).Reserved; got != c.want {
			t.Errorf("%s: %v", c.what, got)
		}
	}
}

func address(t testing.TB, s string) *url.URL {
	t.Helper()
	u, err := url.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func TestReadTDMRep(t *testing.T) {
	file := []byte("\xef\xbb\xbf" + `[{"location":"/","tdm-reservation":0},{"location":"/premium/*","tdm-reservation":1,"tdm-policy":"https://paper.example/policy.json"},{"location":"/old/*.html$","tdm-reservation":"1"}]`)
	for at, want := range map[string]bool{
		"https://paper.example/a": false, "https://paper.example/premium/a?x=1": true, "https://paper.example/old/b.html": true, "https://paper.example/old/b.html?x": false,
	} {
		list := ReadTDMRep(file, address(t, at))
		if len(list) == 0 || list[0].Reserves != want || list[0].Place != InTDMRep {
			t.Errorf("%s: %+v", at, list)
		}
	}
	if list := ReadTDMRep(file, address(t, "https://paper.example/premium/a")); len(list) != 2 || list[1].Value != "https://paper.example/policy.json" {
		t.Errorf("%+v", list)
	}
	for _, none := range []string{"", "<html>", "{}", `[{"location":"/x","tdm-reservation":1}]`, "[1]"} {
		if list := ReadTDMRep([]byte(none), address(t, "https://paper.example/a")); list != nil {
			t.Errorf("%q: %+v", none, list)
		}
	}
}

func TestReadRSL(t *testing.T) {
	for _, c := range []struct {
		what, licences string
		reserves       bool
	}{
		{"all is prohibited to machines", `<license><prohibits type="usage">ai-all</prohibits></license>`, true},
		{"only training is", `<license><prohibits type="usage">ai-train</prohibits></license>`, false},
		{"only search is permitted", `<license><permits type="usage">search</permits></license>`, true},
		{"use as input is permitted", `<license><permits type="usage">search ai-input</permits></license>`, false},
		{"for money", `<license><permits type="usage">all</permits><payment type="subscription"><amount currency="USD">5</amount></payment></license>`, true},
		{"for naming the source", `<license><permits type="usage">all</permits><payment type="attribution"/></license>`, false},
		{"one of two is free", `<license><payment type="crawl"/></license><license><permits type="usage">ai-all</permits><payment type="free"/></license>`, false},
		{"only for some people, which says nothing of uses", `<license><permits type="user">non-commercial</permits></license>`, false},
	} {
		list := ReadRSL(InDocument, []byte(`<?xml version="1.0"?><rsl xmlns="https://rslstandard.org/rsl"><content url="/">`+c.licences+`</content></rsl>`), address(t, "https://paper.example/a"))
		if len(list) != 1 || list[0].Reserves != c.reserves || list[0].Value == "" {
			t.Errorf("%s: %+v", c.what, list)
		}
	}
	parts := []byte(`<rsl><content url="https://paper.example/*"><license><prohibits type="usage">all</prohibits></license></content>
<content url="https://paper.example/open/*"><license><permits type="usage">all</permits></license></content><content url="https://other.example/"><license/></content></rsl>`)
	for at, want := range map[string]bool{"https://paper.example/a": true, "https://paper.example/open/a": false} {
		if list := ReadRSL(InDocument, parts, address(t, at)); len(list) != 1 || list[0].Reserves != want {
			t.Errorf("%s: %+v", at, list)
		}
	}
	for _, none := range []string{"", "<html><content url='/'><license><prohibits>all</prohibits></license></content></html>", "<rsl>", `<rsl><content url="/x/"><license/></content></rsl>`, "\x00<rsl"} {
		if list := ReadRSL(InDocument, []byte(none), address(t, "https://paper.example/a")); list != nil {
			t.Errorf("%q: %+v", none, list)
		}
	}
}

func FuzzSignals(f *testing.F) {
	f.Add([]byte(`<rsl><content url="/*a$"><license><permits>all</permits></license></content></rsl>`), "/*a$")
	f.Add([]byte(`[{"location":"/*","tdm-reservation":1}]`), "https://h/*")
	f.Fuzz(func(t *testing.T, b []byte, pattern string) {
		at := address(t, "https://paper.example/a/b?c=d")
		Matches(pattern, at)
		for _, list := range [][]Signal{ReadRSL(InDocument, b, at), ReadTDMRep(b, at), Read(OnPage, ContentUsage, string(b))} {
			for _, s := range list {
				if s.Value == "" || len(s.Value) > maxValue {
					t.Errorf("%q", s.Value)
				}
			}
		}
	})
}
