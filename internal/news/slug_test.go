package news

import "testing"

func TestSlug(t *testing.T) {
	for title, want := range map[string]string{
		"OTAN n’enverra pas de troupes en Ukraine": "otan-n-enverra-pas-de-troupes-en-ukraine",
		"A situação em São Paulo: 10.000 à espera": "a-situacao-em-sao-paulo-10-000-a-espera",
		"Die Straße nach Łódź":                     "die-strasse-nach-lodz",
		"Рябков: «Мы готовы»":                      "рябков-мы-готовы",
		"Йод и ёж":                                 "йод-и-ёж",
		"  — ?! ":                                  "",
		"<script>alert(1)</script>":                "script-alert-1-script",
		"../../etc/passwd":                         "etc-passwd",
	} {
		if got := Slug(title); got != want {
			t.Errorf("%q: %q, want %q", title, got, want)
		}
	}
	long := Slug("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen")
	if len(long) > maxSlug || long[len(long)-1] == '-' {
		t.Errorf("%q", long)
	}
}
