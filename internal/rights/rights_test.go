package rights

import "testing"

// RI-1 and RI-4: what may be public follows from the record, the stricter way where it contradicts itself.
func TestDecide(t *testing.T) {
	all := func(basis, licence string) Facts {
		return Facts{Basis: basis, Licence: licence, Translate: true, ByMachine: true, FullText: true, Excerpt: true}
	}
	for _, c := range []struct {
		what string
		f    Facts
		s    Signals
		want Mode
	}{
		{"nothing is known", Facts{}, Signals{}, Private},
		{"unknown, whatever else is ticked", all(Unknown, "CC0-1.0"), Signals{}, Private},
		{"a basis nobody defined", all("hearsay", ""), Signals{}, Private},
		{"CC0", all(ByLicence, "CC0-1.0"), Signals{}, Full},
		{"BY", all(ByLicence, "CC BY 4.0"), Signals{}, Full},
		{"BY-NC-SA", all(ByLicence, "https://creativecommons.org/licenses/by-nc-sa/3.0/"), Signals{}, Full},
		{"ND: a translation may be made, not shared", all(ByLicence, "CC BY-ND 4.0"), Signals{}, Excerpt},
		{"NC-ND", all(ByLicence, "CC-BY-NC-ND-4.0"), Signals{}, Excerpt},
		{"ND, and a permission in writing that goes beyond", all(Permission, "CC BY-ND 4.0"), Signals{}, Full},
		{"a permission for people's translations only", Facts{Basis: Permission, Translate: true, FullText: true}, Signals{}, Excerpt},
		{"full text, but no translation", Facts{Basis: Permission, FullText: true}, Signals{}, Excerpt},
		{"translation, but not the whole", Facts{Basis: Permission, Translate: true, ByMachine: true}, Signals{}, Excerpt},
		{"an excerpt", Facts{Basis: Permission, Excerpt: true}, Signals{}, Excerpt},
		{"a permission for nothing", Facts{Basis: Permission}, Signals{}, Private},
		{"quotation", Facts{Basis: Quotation}, Signals{}, Excerpt},
		{"our own", all(Own, ""), Signals{}, Full},
		{"public domain", all(PublicDomain, ""), Signals{}, Full},
		{"a reservation against machines stands against a licence", all(ByLicence, "CC BY 4.0"), Signals{Reserved: true}, Private},
		{"a permission lifts it", all(Permission, ""), Signals{Reserved: true}, Full},
	} {
		if got := Decide(c.f, c.s); got != c.want {
			t.Errorf("%s: %s, want %s", c.what, got, c.want)
		}
	}
}

func TestParseLicence(t *testing.T) {
	for said, want := range map[string]Licence{
		"CC0-1.0": {Name: "CC0 1.0", URL: "https://creativecommons.org/publicdomain/zero/1.0/", PublicDomain: true},
		"https://creativecommons.org/publicdomain/zero/1.0/": {Name: "CC0 1.0", URL: "https://creativecommons.org/publicdomain/zero/1.0/", PublicDomain: true},
		"CC BY 4.0":                     {Name: "CC BY 4.0", URL: "https://creativecommons.org/licenses/by/4.0/", Attribution: true},
		"cc-by":                         {Name: "CC BY 4.0", URL: "https://creativecommons.org/licenses/by/4.0/", Attribution: true},
		"CC-BY-SA-3.0":                  {Name: "CC BY-SA 3.0", URL: "https://creativecommons.org/licenses/by-sa/3.0/", Attribution: true, ShareAlike: true},
		"Creative Commons BY-NC-ND 4.0": {Name: "CC BY-NC-ND 4.0", URL: "https://creativecommons.org/licenses/by-nc-nd/4.0/", Attribution: true, NonCommercial: true, NoDerivatives: true},
		"CC BY-NC-SA 4.0":               {Name: "CC BY-NC-SA 4.0", URL: "https://creativecommons.org/licenses/by-nc-sa/4.0/", Attribution: true, NonCommercial: true, ShareAlike: true},
		"http://www.creativecommons.org/licenses/by/2.5/br/legalcode": {Name: "CC BY 2.5 BR", URL: "https://creativecommons.org/licenses/by/2.5/br/", Attribution: true},
		"https://creativecommons.org/licenses/by-nd/4.0/deed.fr":      {Name: "CC BY-ND 4.0", URL: "https://creativecommons.org/licenses/by-nd/4.0/", Attribution: true, NoDerivatives: true},
	} {
		got, ok := ParseLicence(said)
		if !ok || got != want {
			t.Errorf("%q: %+v %v\nwant %+v", said, got, ok, want)
		}
	}
	for _, said := range []string{"", "all rights reserved", "MIT", "CC", "CC BY-XX 4.0", "https://evil.example/licenses/by/4.0/", "by the author", "CC BY-ND-SA 4.0"} {
		if l, ok := ParseLicence(said); ok {
			t.Errorf("%q is read as %s", said, l.Name)
		}
	}
}

func TestFillLeavesWhatSomebodyChose(t *testing.T) {
	if f := Fill(Facts{Basis: ByLicence, Licence: "CC BY 4.0"}); !f.Translate || !f.ByMachine || !f.FullText || !f.Excerpt || f.Images {
		t.Errorf("BY alone: %+v", f)
	}
	if f := Fill(Facts{Basis: ByLicence, Licence: "CC BY-ND 4.0"}); f.Translate || f.FullText || !f.Excerpt {
		t.Errorf("ND alone: %+v", f)
	}
	chosen := Facts{Basis: ByLicence, Licence: "CC BY 4.0", Excerpt: true}
	if f := Fill(chosen); f != chosen {
		t.Errorf("a choice was changed: %+v", f)
	}
	if f := Fill(Facts{Basis: Permission, Licence: "CC BY 4.0"}); f.Translate {
		t.Errorf("a permission says itself what it allows: %+v", f)
	}
}

func TestLabel(t *testing.T) {
	f := Facts{Basis: ByLicence, Licence: "CC BY-NC-SA 4.0"}
	n := Label(f, Review{})
	if !n.Machine || n.ReadBy != "" || !n.NoIndex || !n.NoAds || !n.ShareAlike || !n.Changed || n.Licence.Name != "CC BY-NC-SA 4.0" {
		t.Errorf("nobody read it: %+v", n)
	}
	if n := Label(f, Review{By: "Ann", At: 5, Decision: "returned"}); n.ReadBy != "" || !n.NoIndex {
		t.Errorf("what was returned was not approved: %+v", n)
	}
	if n := Label(f, Review{By: "Ann", At: 5, Decision: "approved"}); n.ReadBy != "Ann" || n.ReadAt != 5 || n.NoIndex || !n.Machine {
		t.Errorf("read over: %+v", n)
	}
	if n := Label(Facts{Licence: "by courtesy"}, Review{}); n.LicenceSaid != "by courtesy" || n.Licence.Name != "" {
		t.Errorf("%+v", n)
	}
}
