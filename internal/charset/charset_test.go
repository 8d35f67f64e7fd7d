package charset

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html/charset"

	"github.com/dragoman-newsroom/dragoman/internal/require"
)

// encoded returns text in a named character set.
func encoded(t *testing.T, text, name string) []byte {
	t.Helper()
	e, _ := charset.Lookup(name)
	b, err := e.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

const (
	russian  = "Министр сказал, что переговоры закончились поздно вечером, и никто за пределами зала не узнал, что было решено."
	french   = "L’été dernier, à Genève, le ministre a déclaré qu’il n’y aurait pas d’accord."
	polish   = "Minister powiedział, że rozmowy zakończyły się późno wieczorem, a nikt spoza sali nie dowiedział się, co ustalono."
	czech    = "Starosta řekl novinářům, že oprava bude stát nejméně čtyři miliony korun a že město ještě nerozhodlo, kdo ji zaplatí; loď přijede."
	japanese = "大臣は記者団に対し、会談は夜遅くまで続き、何が決まったのかは誰にも知らされなかったと語った。"
	chinese  = "部长对记者说，会谈一直持续到深夜，没有人知道他们做出了什么决定。"
	greek    = "Ο υπουργός δήλωσε ότι οι συνομιλίες τελείωσαν αργά το βράδυ."
)

func TestDecode(t *testing.T) {
	tests := []struct {
		name         string
		in           []byte
		header, hint string
		want         string
		found        Found
	}{
		{"byte order mark wins over header", []byte("\xEF\xBB\xBFété"), "text/html; charset=iso-8859-1", "", "été", Found{Name: "utf-8", Rule: BOM}},
		{"UTF-16 with a mark", []byte("\xFF\xFEo\x00k\x00"), "", "", "ok", Found{Name: "utf-16le", Rule: BOM}},
		{"UTF-16 without one", []byte("<\x00a\x00>\x00"), "", "", "<a>", Found{Name: "utf-16le", Rule: Shape}},
		{"valid UTF-8 wins over a false header", []byte(french), "text/html; charset=windows-1252", "", french, Found{Name: "utf-8", Rule: Valid}},
		{"the header's charset", encoded(t, russian, "windows-1251"), "text/html; charset=windows-1251", "", russian, Found{Name: "windows-1251", Rule: Header}},
		{"charset said twice, the first unknown", encoded(t, russian, "koi8-r"), `text/html; charset=x-none; charset="KOI8-R"`, "", russian, Found{Name: "koi8-r", Rule: Header}},
		{
			"meta after byte 1,024", append([]byte("<head>"+strings.Repeat(" ", 4000)+`<meta http-equiv=Content-Type content="text/html; charset=windows-1251">`), encoded(t, russian, "windows-1251")...), "", "",
			"<head>" + strings.Repeat(" ", 4000) + `<meta http-equiv=Content-Type content="text/html; charset=windows-1251">` + russian,
			Found{Name: "windows-1251", Rule: Meta},
		},
		{"XML declaration", append([]byte(`<?xml version="1.0" encoding='ISO-8859-1'?>`), encoded(t, "été", "windows-1252")...), "", "", `<?xml version="1.0" encoding='ISO-8859-1'?>été`, Found{Name: "windows-1252", Rule: Meta}},
		{"a stray quotation mark in UTF-8", []byte(strings.Repeat(french, 30) + "\x93oui\x94"), "text/html; charset=utf-8", "", strings.Repeat(french, 30) + "“oui”", Found{Name: "utf-8", Rule: Mostly, Replaced: 2}},
		{"Russian, nothing said", encoded(t, russian, "windows-1251"), "", "", russian, Found{Name: "windows-1251", Rule: Guess}},
		{"Russian in KOI8-R, nothing said", encoded(t, russian, "koi8-r"), "", "", russian, Found{Name: "koi8-r", Rule: Guess}},
		{"Russian declared UTF-8", encoded(t, russian, "windows-1251"), "text/html; charset=utf-8", "ru", russian, Found{Name: "windows-1251", Rule: Guess}},
		{"Polish in ISO 8859-2, language known", encoded(t, polish, "iso-8859-2"), "", "pl", polish, Found{Name: "iso-8859-2", Rule: Guess}},
		{"Czech in ISO 8859-2, language known", encoded(t, czech, "iso-8859-2"), "", "cs", czech, Found{Name: "iso-8859-2", Rule: Guess}},
		{"Czech in windows-1250, language known", encoded(t, czech, "windows-1250"), "", "cs", czech, Found{Name: "windows-1250", Rule: Guess}},
		{"Czech in ISO 8859-2, nothing said", encoded(t, czech, "iso-8859-2"), "", "", czech, Found{Name: "iso-8859-2", Rule: Guess}},
		{
			"Czech in ISO 8859-2, the page names the language", append([]byte(`<html class=x lang="cs-CZ">`), encoded(t, czech, "iso-8859-2")...), "", "",
			`<html class=x lang="cs-CZ">` + czech,
			Found{Name: "iso-8859-2", Rule: Guess},
		},
		{"Japanese in Shift_JIS", encoded(t, japanese, "shift_jis"), "", "", japanese, Found{Name: "shift_jis", Rule: Guess}},
		{"Japanese in EUC-JP, language known", encoded(t, japanese, "euc-jp"), "", "ja", japanese, Found{Name: "euc-jp", Rule: Guess}},
		{"Japanese in escape sequences is no ASCII", encoded(t, japanese, "iso-2022-jp"), "", "", japanese, Found{Name: "iso-2022-jp", Rule: Guess}},
		{"Chinese in GBK", encoded(t, chinese, "gbk"), "", "", chinese, Found{Name: "gb18030", Rule: Guess}},
		{"Greek", encoded(t, greek, "windows-1253"), "", "", greek, Found{Name: "windows-1253", Rule: Guess}},
		{"Ukrainian in KOI8-U, nothing said", encoded(t, ukrainian, "koi8-u"), "", "", ukrainian, Found{Name: "koi8-u", Rule: Guess}},
		{"a page in Czech in windows-1250, nothing said", encoded(t, longCzech, "windows-1250"), "", "", longCzech, Found{Name: "windows-1250", Rule: Guess}},
		{"a page in Czech in ISO 8859-2, nothing said", encoded(t, longCzech, "iso-8859-2"), "", "", longCzech, Found{Name: "iso-8859-2", Rule: Guess}},
		{"a page in Hungarian, which both sets write alike", encoded(t, longHungarian, "windows-1250"), "", "", longHungarian, Found{Name: "iso-8859-2", Rule: Guess}},
		{"a page in Turkish in windows-1254, nothing said", encoded(t, longTurkish, "windows-1254"), "", "", longTurkish, Found{Name: "windows-1254", Rule: Guess}},
		{"a page in German in windows-1252, nothing said", encoded(t, longGerman, "windows-1252"), "", "", longGerman, Found{Name: "windows-1252", Rule: Default}},
		{"French in windows-1252, nothing said", encoded(t, french, "windows-1252"), "", "", french, Found{Name: "windows-1252", Rule: Default}},
		{"nothing", nil, "", "", "", Found{Name: "utf-8", Rule: Valid}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, found := Decode(test.in, test.header, test.hint)
			if got != test.want || found != test.found {
				t.Errorf("Decode = %q, %+v\nwant     %q, %+v", got, found, test.want, test.found)
			}
		})
	}
}

// The made pages declare their character set after byte 1,024; browsers' own sniffing reads both wrongly.
func TestDecodeLateDeclarations(t *testing.T) {
	dir := filepath.Join(require.Shared(t), "data", "extraction", "constructs", "html")
	for file, want := range map[string]string{"charset-meta-late-1251.html": "Министр сказал", "charset-meta-late-utf8.html": "L’été dernier, à Genève"} {
		b, err := os.ReadFile(filepath.Join(dir, file))
		if err != nil {
			t.Fatal(err)
		}
		if got, found := Decode(b, "", ""); !strings.Contains(got, want) {
			t.Errorf("%s: read as %+v, without %q", file, found, want)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("<meta charset=windows-1251>\xcc\xe8"), "text/html; charset=utf-8", "ru")
	f.Add([]byte("\xff\xfe\x00"), "", "")
	f.Add([]byte("\x1b$B\x1b"), "charset", "ja")
	f.Add([]byte("<?xml encoding='utf-16'?>\x80"), "charset=\"", "zh-TW")
	f.Fuzz(func(t *testing.T, b []byte, header, hint string) {
		text, found := Decode(b, header, hint)
		if !utf8.ValidString(text) {
			t.Errorf("Decode(%q) as %+v is not valid UTF-8: %q", b, found, text)
		}
		if found.Name == "" || found.Rule == "" {
			t.Errorf("Decode(%q) names no rule: %+v", b, found)
		}
	})
}

const (
	ukrainian     = "Міністри зустрілися у вівторок у столиці, говорили три години й нікому не сказали, що вони вирішили, розповів пізно ввечері один із радників."
	longCzech     = "<h1>x</h1><p>Ministři se sešli v úterý v hlavním městě, mluvili tři hodiny a nikomu neřekli, co rozhodli, uvedl pozdě večer jeden z poradců.</p><p>Dva z nich přijeli vlakem, protože letiště bylo zavřené; třetí, který přijel v pondělí, se již sešel se starostou a s kapitánem přístavu.</p><p>Žádné datum dalšího jednání nebylo určeno, i když hostitel řekl, že rozhovory budou pokračovat po telefonu.</p>"
	longHungarian = "<h1>x</h1><p>A miniszterek kedden találkoztak a fővárosban, három órán át tárgyaltak, és senkinek sem mondták el, mit döntöttek, közölte egy tanácsadó késő este.</p><p>Ketten közülük vonattal érkeztek, mert a repülőtér zárva volt; a harmadik már találkozott a polgármesterrel és a kikötő vezetőjével, de erről sem mondtak semmit.</p>"
	longTurkish   = "<h1>x</h1><p>Bakanlar salı günü başkentte bir araya geldi, üç saat boyunca konuştu ve ne karar verdiklerini kimseye söylemedi, dedi bir danışman gece geç saatlerde.</p><p>İkisi havaalanı kapalı olduğu için trenle gelmişti; pazartesi günü gelen üçüncüsü belediye başkanı ve liman müdürüyle çoktan görüşmüştü.</p><p>Bir sonraki toplantı için tarih belirlenmedi, ancak ev sahibi görüşmelerin telefonla süreceğini ve metnin ay sonuna kadar hazır olabileceğini söyledi.</p>"
	longGerman    = "<h1>x</h1><p>Die Minister trafen sich am Dienstag in der Hauptstadt, sprachen drei Stunden lang und sagten niemandem, was sie beschlossen hatten, wie ein Berater am Abend berichtete.</p><p>Zwei von ihnen waren mit dem Zug gekommen, weil der Flughafen geschlossen war; der dritte hatte schon den Bürgermeister und den Hafenmeister getroffen.</p><p>Ein Termin für ein weiteres Treffen wurde nicht genannt, doch der Gastgeber sagte, die Gespräche gingen am Telefon weiter und ein Text könne bald fertig sein.</p>"
)
