package support

import (
	"errors"
	"log/slog"
	"strings"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
	"github.com/dragoman-newsroom/dragoman/internal/web/webtest"
)

// good are accounts from the registry of IBANs; nobody's.
var good = Payee{Name: "Association Le Passeur – Île-de-France", IBAN: "FR1420041010050500013M02606", BIC: "PSSTFRPPPAR", Text: "Don à la rédaction"}

func TestCodeSaysWhatTheTransferIs(t *testing.T) {
	bare := good
	bare.BIC, bare.Text = "", ""
	long := good
	long.Name, long.Text = strings.Repeat("é", 70), strings.Repeat("ç", 60)
	for _, test := range []struct {
		name string
		p    Payee
		want string
	}{
		{"all of it, with accents", good, "BCD\n002\n1\nSCT\nPSSTFRPPPAR\nAssociation Le Passeur – Île-de-France\nFR1420041010050500013M02606\n\n\n\nDon à la rédaction"},
		{"empty lines at the end are left out", bare, "BCD\n002\n1\nSCT\n\nAssociation Le Passeur – Île-de-France\nFR1420041010050500013M02606"},
		{"the longest name", long, "BCD\n002\n1\nSCT\nPSSTFRPPPAR\n" + long.Name + "\nFR1420041010050500013M02606\n\n\n\n" + long.Text},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := test.p.Payload(); got != test.want {
				t.Errorf("payload %q, want %q", got, test.want)
			}
			c, err := test.p.Code()
			if err != nil {
				t.Fatal(err)
			}
			if got := decode(t, c); got != test.want {
				t.Errorf("the code reads %q, want %q", got, test.want)
			}
		})
	}
}

func TestCheck(t *testing.T) {
	change := func(f func(*Payee)) Payee {
		p := good
		f(&p)
		return p
	}
	tests := []struct {
		name string
		p    Payee
		ok   bool
	}{
		{"right", good, true},
		{"another country", change(func(p *Payee) { p.IBAN = "DE89370400440532013000" }), true},
		{"letters in the account", change(func(p *Payee) { p.IBAN = "MT84MALT011000012345MTLCAST001S" }), true},
		{"two digits exchanged", change(func(p *Payee) { p.IBAN = "FR1420041010050500013M02660" }), false},
		{"too short", change(func(p *Payee) { p.IBAN = "FR14" }), false},
		{"none", change(func(p *Payee) { p.IBAN = "" }), false},
		{"no name", change(func(p *Payee) { p.Name = "" }), false},
		{"a name of 71 letters", change(func(p *Payee) { p.Name = strings.Repeat("é", 71) }), false},
		{"a name that adds a line", change(func(p *Payee) { p.Name = "A\nB" }), false},
		{"a BIC of nine", change(func(p *Payee) { p.BIC = "PSSTFRPPP" }), false},
		{"a text of 141 letters", change(func(p *Payee) { p.Text = strings.Repeat("x", 141) }), false},
	}
	for _, test := range tests {
		err := test.p.Check()
		if (err == nil) != test.ok || err != nil && !errors.Is(err, news.ErrInvalid) {
			t.Errorf("%s: %v", test.name, err)
		}
	}
	full := good
	full.Name, full.Text = strings.Repeat("é", 70), strings.Repeat("é", 140)
	if _, err := full.Code(); !errors.Is(err, news.ErrInvalid) {
		t.Errorf("a payload of more than 331 bytes: %v", err)
	}
}

func TestParseLinks(t *testing.T) {
	const snippet = `<form action="https://www.paypal.com/donate" method="post" target="_top">
<input type="hidden" name="hosted_button_id" value="AB12CD34EF" />
<input type="image" src="https://www.paypalobjects.com/x.gif"><img src="https://www.paypal.com/pixel.gif" width="1"></form>`
	tests := []struct{ name, in, want string }{
		{"a name and an address", "Give | https://give.example/us", "Give | https://give.example/us"},
		{"a service we know", "https://liberapay.com/passeur", "Liberapay | https://liberapay.com/passeur"},
		{"with www", "https://www.paypal.com/donate/?hosted_button_id=X", "PayPal | https://www.paypal.com/donate/?hosted_button_id=X"},
		{"one we do not know", "https://give.example/us\n\n", "give.example | https://give.example/us"},
		{"a PayPal button, without its pixel", snippet, "PayPal | https://www.paypal.com/donate/?hosted_button_id=AB12CD34EF"},
		{"nothing", " \n ", ""},
	}
	for _, test := range tests {
		if got, err := ParseLinks(test.in); got != test.want || err != nil {
			t.Errorf("%s: %q, %v, want %q", test.name, got, err, test.want)
		}
	}
	for _, bad := range []string{"javascript:alert(1)", "Give | http://give.example/", "Give | //give.example", "<script src=x>", "x | https://u:p@give.example/", strings.Repeat("https://a.example/\n", 13)} {
		if got, err := ParseLinks(bad); !errors.Is(err, news.ErrInvalid) {
			t.Errorf("%.40q: %q, %v", bad, got, err)
		}
	}
	if got := Links("javascript:alert(1)\nPay | https://a.example/"); len(got) != 1 || got[0].Name != "Pay" {
		t.Errorf("a bad line in the database: %v", got)
	}
}

func TestPage(t *testing.T) {
	s := storetest.SQLite(t)
	h := Handler(Config{Store: s, Log: slog.New(slog.DiscardHandler)})
	get := func(path string) string {
		t.Helper()
		w := webtest.Get(t, h, path)
		if w.Code != 200 {
			t.Fatalf("%s: %d", path, w.Code)
		}
		webtest.Check(t, path, w.Body.String())
		return w.Body.String()
	}
	for _, tag := range []string{"en", "fr", "pt"} {
		if body := get("/" + tag + "/support/"); strings.Contains(body, "<svg") || !strings.Contains(body, `href="/`+tag+`/"`) {
			t.Errorf("%s: the empty page: %s", tag, body)
		}
	}
	storetest.Put(t, s, "site.title", "Le Passeur", "support.iban", "FR14 2004 1010 0505 0001 3M02 606", "support.name", "Association Le Passeur",
		"support.links", "Liberapay | https://liberapay.com/passeur", "support.text.fr", "Premier.\n\nSecond <b>.")
	body := get("/fr/support/")
	for _, want := range []string{"<svg", "FR14 2004 1010 0505 0001 3M02 606", "Association Le Passeur", `href="https://liberapay.com/passeur" rel="payment external noopener"`, "<p>Premier.</p>", "<p>Second &lt;b&gt;.</p>", `data-copy="FR1420041010050500013M02606"`} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s", want)
		}
	}
	storetest.Put(t, s, "support.iban", "FR1420041010050500013M02607")
	if body := get("/fr/support/"); strings.Contains(body, "<svg") || strings.Contains(body, "FR14") {
		t.Error("an IBAN whose checksum does not hold is shown")
	}
	if w := webtest.Get(t, h, "/xx/support/"); w.Code != 404 {
		t.Errorf("a language nobody has: %d", w.Code)
	}
}
