package extract

import (
	"strings"
	"testing"
)

// A demand for consent is a site's word to its reader about at least two of its matters; an article has the same words and none of that.
func TestConsentIsTheSitesWord(t *testing.T) {
	demands := []struct{ lang, title, text string }{
		{"en", "Before you continue", "We and our 812 partners store cookies on your device and process personal data to show you advertising.|You can accept or refuse, and change your choice at any time in our privacy policy."},
		{"en", "The Example", "This website uses cookies to improve your experience and to measure advertising. By going on you agree to our privacy policy and to the use of cookies."},
		{"de", "Willkommen", "Wir und unsere bis zu 190 Partner verwenden Cookies und verarbeiten personenbezogene Daten, um Werbung zu zeigen.|Ihre Einwilligung können Sie jederzeit mit Wirkung für die Zukunft widerrufen."},
		{"de", "Cookies zustimmen", "Besuchen Sie uns wie gewohnt mit Werbung und Cookies. Die Zustimmung können Sie jederzeit in der Datenschutzerklärung ändern.|Oder nutzen Sie unser Angebot ohne Werbung und ohne Tracking."},
		{"fr", "Votre vie privée", "Avec votre accord, nos partenaires et nous utilisons des cookies pour stocker des données personnelles et afficher de la publicité.|Vous pouvez refuser ou retirer votre consentement à tout moment."},
		{"es", "Su privacidad", "Nosotros y nuestros socios utilizamos cookies para tratar datos personales y mostrar publicidad.|Puede aceptar o rechazar su consentimiento cuando quiera."},
		{"nl", "Privacy", "Wij gebruiken cookies en verwerken persoonsgegevens om advertenties te tonen.|Je kunt je toestemming altijd intrekken op onze website."},
		{"sv", "Kakor", "Vi använder kakor på din enhet och behandlar personuppgifter för att visa annonser och mäta hur de fungerar.|Du kan när som helst ta tillbaka ditt samtycke."},
		{"ru", "Конфиденциальность", "Мы используем файлы cookie и обрабатываем персональные данные, чтобы показывать рекламу.|Вы можете отозвать согласие в любое время."},
		{"ja", "プライバシー", "当サイトではクッキーを使用し、個人情報を広告のために利用することがあります。続けるには同意してください。|設定はいつでもプライバシーポリシーのページで変更できます。"},
	}
	articles := []struct{ lang, title, text string }{
		{"en", "Partners of the harbour meet", "Partners of the harbour met on Monday to agree on advertising for the ferry, and to accept a plan that the mayor had sent them.|The partners will meet again in March, when the consent of the council is expected."},
		{"en", "Court rules on cookies", "Websites may store cookies only with consent, a court ruled on Monday, and may not make it harder to refuse than to accept.|“We use cookies to pay for our website, and you accept them by reading,” the publisher had told the court."},
		{"en", "What you can do about cookies", "You can refuse cookies on every page, and you can tell your browser to forget them when you close it.|Your data stay yours that way, and advertising no longer follows you from shop to shop."},
		{"de", "Bundesrat verweigert Zustimmung", "Der Bundesrat hat dem Gesetz zum Datenschutz am Freitag die Zustimmung verweigert, weil es die Werbung zu wenig beschränke.|„Wir verwenden keine Cookies“, sagte die Ministerin, „und Ihre Daten sind sicher.“"},
		{"fr", "Le ministre refuse", "Le ministre refuse d’accepter la loi sur la vie privée et sur la publicité, a-t-il dit lundi devant l’Assemblée nationale.|Le consentement des députés n’est pas acquis, et la publicité reste permise jusqu’au printemps."},
		{"es", "Los socios aceptan el plan", "Los socios del puerto aceptaron el lunes el plan de publicidad que presentó el alcalde, sin consentimiento del consejo.|La privacidad de los trabajadores será tratada en marzo, según dijo la directora del puerto."},
		{"ru", "Согласие достигнуто", "Стороны пришли к согласию о рекламе в порту, сообщил в понедельник министр после трёх дней переговоров в столице.|Партнёры надеются, что закон о персональных данных примут до конца года, сказал он журналистам."},
		{"ja", "港の会社、個人情報の扱いを見直し", "港の運営会社は月曜日、働く人の個人情報の扱いを見直し、広告への利用には本人の同意を求める方針を明らかにした。|会社は三月までに新しい規則をまとめ、組合の同意を得たうえで四月から実施する予定だという。"},
	}
	page := func(tag, title, text, head string) Page {
		return Page{HTML: []byte(`<!DOCTYPE html><html lang="` + tag + `"><head><meta charset="utf-8"><title>` + title + `</title>` + head + `</head><body><div><h1>` + title + `</h1><p>` + strings.ReplaceAll(text, "|", "</p><p>") + "</p></div></body></html>"), URL: "https://e.example/2024/05/01/a"}
	}
	for _, x := range demands {
		for _, head := range []string{"", `<meta property="og:type" content="article"><meta property="og:title" content="Bananas in Oslo">`} {
			if _, r, err := Article(page(x.lang, x.title, x.text, head), Rule{}); r.State != Consent || err == nil {
				t.Errorf("%s %s %s: %s", x.lang, x.title, head, r.State)
			}
		}
	}
	for _, x := range articles {
		if _, r, err := Article(page(x.lang, x.title, x.text, ""), Rule{}); r.State != Full || err != nil {
			t.Errorf("%s %s: %s, %v", x.lang, x.title, r.State, err)
		}
	}
}
