package extract

import (
	"strconv"
	"strings"
	"testing"
)

// What asks to pay for the rest of a text is known in many languages, in a box of any name; what only sounds alike is not.
func TestDemandsToPay(t *testing.T) {
	demands := []string{
		"<p>Subscribe to continue reading this article.</p>",
		"<p>To continue reading, sign in or create an account.</p>",
		"<h3>Keep reading</h3><p>Join now to get unlimited access for one crown a month.</p>",
		"<p>This article is for subscribers only.</p>",
		"<p>This story is exclusively for our paying members.</p>",
		"<p>The rest of this article is available to registered subscribers.</p>",
		"<h3>This content is for members</h3><p>Already a member? Log in.</p>",
		"<p>You have reached your limit of free articles.</p>",
		"<p>Unlock this article with a subscription.</p>",
		"<p>Log in to read the full story</p>",
		"<p>Dieser Artikel ist nur für Abonnenten.</p>",
		"<p>Weiterlesen mit Uferbote Plus</p>",
		"<p>Jetzt Abo abschließen und den ganzen Artikel lesen</p>",
		"<h3>Jetzt weiterlesen</h3><p>Testen Sie unser Digitalabo einen Monat lang.</p>",
		"<p>Dieser Beitrag ist kostenpflichtig. Melden Sie sich an.</p><p>Sie haben schon ein Abo? Hier anmelden.</p>",
		"<p>Cet article est réservé aux abonnés.</p>",
		"<p>Pour lire la suite, abonnez-vous.</p>",
		"<p>La suite est réservée à nos abonnés. Déjà abonné ? Se connecter</p>",
		"<p>Il vous reste 73 % de cet article à lire.</p>",
		"<p>Contenido exclusivo para suscriptores</p>",
		"<p>Para seguir leyendo, inicia sesión o suscríbete</p>",
		"<p>Este artigo é exclusivo para assinantes.</p>",
		"<p>Assine para continuar lendo</p>",
		"<p>Questo articolo è riservato agli abbonati.</p>",
		"<p>Abbonati per continuare a leggere</p>",
		"<p>Материал доступен только подписчикам</p>",
		"<p>Чтобы читать дальше, оформите подписку</p>",
		"<p>Текст доступен по подписке</p>",
		"<p>Стаття доступна лише передплатникам</p>",
		"<p>Artykuł tylko dla prenumeratorów</p>",
		"<p>Chcesz czytać dalej? Wykup prenumeratę.</p>",
		"<p>Dit artikel is alleen voor abonnees.</p>",
		"<p>Verder lezen? Word abonnee of log in met inloggen.</p>",
		"<p>Logga in för att läsa vidare</p>",
		"<p>Artikeln är endast för prenumeranter</p>",
		"<p>Denne saken er for abonnenter. Logg inn for å lese videre.</p>",
		"<p>この記事は有料会員限定です。残り1,234文字</p>",
		"<p>続きを読むには会員登録が必要です</p>",
		"<p>구독하시면 기사 전문을 읽을 수 있습니다.</p>",
		"<p>订阅后继续阅读</p>",
		"<p>هذا المحتوى متاح للمشتركين فقط</p>",
		`<div class="paywall"><p>Members get more. Join today.</p></div>`,
		`<div id="regwall"><p>Zaloguj się</p></div>`,
		`<div class="paywall"><p>Συνδρομή από τρία ευρώ</p></div>`,
	}
	others := []string{
		"<p>Read the full report here.</p>",
		`<p>Continue reading: <a href="/b">how the harbour grew</a></p>`,
		"<p>Subscribe to our newsletter to keep reading about the harbour.</p>",
		"<p>The story of the strike matters to all members of the union, its chairwoman said.</p>",
		"<p>This article was written for the association of members of the harbour council.</p>",
		"<p>The pool is for members only.</p>",
		"<p>Already a subscriber to the ferry? The harbour board will send out new cards in May.</p>",
		"<p>Dieser Artikel ist zuerst im Wochenblatt erschienen.</p>",
		"<p>Der Text wurde von den Mitgliedern des Hafenrats am Montag beschlossen.</p>",
		"<p>Il vous reste jusqu’au 3 mars pour déposer votre dossier.</p>",
		"<p>La noticia fue recibida con alegría por los socios del club náutico.</p>",
		"<p>A notícia foi recebida com alegria pelos membros do clube.</p>",
		"<p>Il parcheggio è riservato agli abbonati del traghetto.</p>",
		"<p>Новый текст закона передан подписчикам рассылки совета.</p>",
		"<p>Lees verder: zo groeide de haven in tien jaar</p>",
		"<p>有料会員になると会員限定の有料記事もお読みいただけます。</p>",
		"<p>스크랩은 회원만 할 수 있습니다.</p>",
		`<nav><a href="/s">Subscribe to continue reading</a></nav>`,
		"<p>Subscribe to continue reading.</p><p>" + sentences[3] + "</p>",
		`<div class="paywall"><p>` + sentences[3] + "</p><p>" + sentences[2] + "</p></div>",
		`<p hidden>Subscribe to continue reading this article.</p>`,
	}
	read := func(box string) (string, Report) {
		page := "<main><article><h1>Ministers meet in the capital</h1><p>" + strings.Join(sentences[:2], "</p><p>") + "</p><div>" + box + "</div></article></main>"
		d, r, err := Article(Page{HTML: []byte(webPage("", page)), URL: "https://e.example/a"}, Rule{})
		if err != nil {
			t.Fatalf("%s: %v", box, err)
		}
		return Text(d), r
	}
	for _, box := range demands {
		if text, r := read(box); r.State != Cut || !r.Paywall || text != strings.Join(sentences[:2], "\n\n") {
			t.Errorf("%s: %s, paywall %v, reads:\n%s", box, r.State, r.Paywall, text)
		}
	}
	for _, box := range others {
		if _, r := read(box); r.State != Full || r.Paywall {
			t.Errorf("%s: %s, paywall %v", box, r.State, r.Paywall)
		}
	}
}

// A rule names the text and not that all of it is there: a wall around what it takes, or in what it drops, is seen, and so is a live blog.
func TestRuleKeepsTheState(t *testing.T) {
	text := "<p>" + strings.Join(sentences[:3], "</p><p>") + "</p>"
	entries := ""
	for i, s := range sentences[:4] {
		entries += `<section class="entry"><time datetime="2026-03-24T0` + string(rune('1'+i)) + `:00:00Z">0` + string(rune('1'+i)) + `:00</time><p>` + s + " " + s + `</p></section>`
	}
	tests := []struct {
		name, head, body string
		rule             Rule
		state            State
		paywall          bool
	}{
		{"whole", "", `<div class="t">` + text + `</div><p>Another story stands here.</p>`, Rule{Body: ".t"}, Full, false},
		{"a wall behind it", "", `<div class="t">` + text + `</div><div class="w"><p>Subscribe to continue reading this article.</p></div>`, Rule{Body: ".t"}, Cut, true},
		{"a wall in it", "", `<div class="t">` + text + `<p>Subscribe to continue reading this article.</p></div>`, Rule{Body: ".t"}, Cut, true},
		{"a wall behind two elements", "", `<div><div class="t">` + text + `</div></div><div class="t"><p>` + sentences[3] + `</p></div><div class="w"><p>This article is for subscribers only.</p></div>`, Rule{Body: ".t"}, Cut, true},
		{"a wall that is dropped", "", `<div class="t">` + text + `<div class="w"><p>This article is for subscribers only.</p></div></div>`, Rule{Body: ".t", Drop: []string{".w"}}, Cut, true},
		{"a request in front of it", "", `<p>Subscribe to continue reading.</p><div class="t">` + text + `</div>`, Rule{Body: ".t"}, Full, false},
		{"not free by its data", `<script type="application/ld+json">{"@type":"NewsArticle","headline":"T","isAccessibleForFree":false}</script>`, `<div class="t">` + text + `</div>`, Rule{Body: ".t"}, Cut, true},
		{"a live blog", "", `<div class="t">` + entries + `</div>`, Rule{Body: ".t"}, Live, false},
		{"about consent", "", `<div class="t"><p>We and our partners use cookies on your device.</p>` + text + `</div>`, Rule{Body: ".t"}, Full, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d, r, err := Article(Page{HTML: []byte(webPage(test.head, "<h1>T</h1>"+test.body)), URL: "https://e.example/a"}, test.rule)
			if err != nil || r.State != test.state || r.Paywall != test.paywall || strings.Contains(Text(d), "ubscri") {
				t.Errorf("%v, %s, paywall %v:\n%s", err, r.State, r.Paywall, Text(d))
			}
		})
	}
}

// What is known of the length of an article from elsewhere is held against what was found, and noted.
func TestMuchShorter(t *testing.T) {
	t.Run("the feed goes on where the page ends", func(t *testing.T) {
		body := "<main><article><h1>Ministers meet</h1><p>" + strings.Join(sentences[:2], "</p><p>") + "</p></article></main>"
		_, r, err := Article(Page{HTML: []byte(webPage("", body)), URL: "https://e.example/a", Hints: Hints{Text: strings.Join(sentences, "\n")}}, Rule{})
		if err != nil || r.State != Cut || r.Paywall {
			t.Error(r.State, r.Paywall, err)
		}
	})
	page := func(ld string) string {
		return webPage(`<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ministers meet"`+ld+`}</script>`, "<main><article><h1>Ministers meet</h1><p>"+strings.Join(sentences[:2], "</p><p>")+"</p></article></main>")
	}
	words := len(strings.Fields(strings.Join(sentences[:2], " ")))
	tests := []struct {
		name, ld string
		hints    Hints
		note     string
	}{
		{"nothing is known", "", Hints{}, ""},
		{"the feed has more", "", Hints{Text: strings.Join(sentences[2:], "\n") + " " + strings.Join(sentences[2:], "\n")}, "much shorter than the item of the feed"},
		{"the feed has the teaser", "", Hints{Text: sentences[0]}, ""},
		{"the page counts more words", `,"wordCount":800`, Hints{}, "much shorter than the page says: "},
		{"words as a string", `,"wordCount":"800"`, Hints{}, "much shorter than the page says: "},
		{"the page counts the same", `,"wordCount":` + strconv.Itoa(words), Hints{}, ""},
		{"the page counts no words", `,"wordCount":0`, Hints{}, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, r, err := Article(Page{HTML: []byte(page(test.ld)), URL: "https://e.example/a", Hints: test.hints}, Rule{})
			if err != nil || r.State != Full {
				t.Fatal(r.State, err)
			}
			found := ""
			for _, n := range r.Notes {
				if strings.HasPrefix(n, "much shorter") {
					found = n
				}
			}
			if test.note == "" && found != "" || !strings.HasPrefix(found, test.note) {
				t.Errorf("notes %q, want %q", r.Notes, test.note)
			}
		})
	}
}

// What data say of this page's freedom counts, in any of their forms; what they say of other pages does not.
func TestNotFreeByData(t *testing.T) {
	const own, other = "https://e.example/2024/05/01/a", "https://e.example/2024/05/01/b"
	article := func(headline, url, rest string) string {
		return `{"@type":"NewsArticle","headline":"` + headline + `","url":"` + url + `",` + rest + `}`
	}
	const title = "Ministers meet in the capital"
	tests := []struct {
		name, ld, url string
		paywall       bool
	}{
		{"not free", article(title, own, `"isAccessibleForFree":false`), own, true},
		{"not free, as an address of the vocabulary", article(title, own, `"isAccessibleForFree":"https://schema.org/False"`), own, true},
		{"of another headline at this address", article("Three hours in a closed room", own, `"isAccessibleForFree":false`), own, true},
		{"of this headline at another address", article(title, other, `"isAccessibleForFree":false`), own, true},
		{"of another page", article("Three hours in a closed room", other, `"isAccessibleForFree":false`), own, false},
		{"of another headline, where nobody knows the address", article("Three hours in a closed room", other, `"isAccessibleForFree":false`), "", true},
		{"a part", article(title, own, `"hasPart":[{"@type":"WebPageElement","isAccessibleForFree":true},{"@type":"WebPageElement","isAccessibleForFree":"False"}]`), own, true},
		{"a free part", article(title, own, `"hasPart":{"@type":"WebPageElement","isAccessibleForFree":true}`), own, false},
		{"the page", `{"@graph":[` + article(title, own, `"author":"X"`) + `,{"@type":"WebPage","@id":"` + own + `","isAccessibleForFree":false}]}`, own, true},
		{"another page of the graph", `{"@graph":[` + article(title, own, `"author":"X"`) + `,{"@type":"WebPage","@id":"` + other + `","isAccessibleForFree":false}]}`, own, false},
		{"free", article(title, own, `"isAccessibleForFree":true`), own, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			page := webPage(`<script type="application/ld+json">`+test.ld+`</script>`, "<main><article><h1>"+title+"</h1>"+paragraphsOf(5)+"</article></main>")
			_, r, err := Article(Page{HTML: []byte(page), URL: test.url}, Rule{})
			want := Full
			if test.paywall {
				want = Cut
			}
			if err != nil || r.State != want || r.Paywall != test.paywall {
				t.Errorf("%v, %s, paywall %v", err, r.State, r.Paywall)
			}
		})
	}
}
