package extract

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// A demand for consent is told from an article that speaks of privacy, partners or agreement by who speaks to whom: it is the site that
// speaks ("we and our partners", "this website"), to the reader ("your device"), of at least two of four matters. What stands between
// quotation marks is somebody else's speech and says nothing of that.

// The matters of a demand for consent, in the languages of outlets. A phrase stands for itself and for the words that begin with it.
var consentMatters = [...]phrases{
	phraseList(`cookie|tracker|tracking|similar technolog|your device|ihrem gerät|deinem gerät|votre appareil|votre terminal|su dispositivo|tu dispositivo|seu dispositivo|tuo dispositivo|suo dispositivo
вашем устройстве|вашому пристрої|twoim urządzeniu|uw apparaat|je apparaat|din enhet|din enhed|куки|ciastecz|kakor|informasjonskaps|eväste|çerez|kolačić|soubory cookie|ملفات تعريف الارتباط`),
	phraseList(`privacy|personal data|personal information|your data|datenschutz|personenbezogen|privatsphäre|données personnelles|données à caractère|vos données|vie privée|datos personales|privacidad|dados pessoais|privacidade
dati personali|персональн|личных данных|конфиденциальност|персональні дані|danych osobowych|dane osobowe|prywatnoś|persoonsgegevens|personuppgift|personopplysning|personoplysning|henkilötie|kişisel veri|osobních údaj|الخصوصية|البيانات الشخصية`),
	phraseList(`consent|accept all|reject all|accept cookies|you accept|you agree|i agree|you refuse|your choice|your permission|legitimate interest|einwillig|zustimm|einverstanden|akzeptier|accepter|refuser|consentement|votre accord|votre choix
aceptar|rechazar|consentimiento|aceitar|recusar|consentimento|consenso|accett|rifiut|соглас|згод|zgod|akceptuj|toestemming|akkoord|samtyck|samtykke|godkänn|godta|hyväksy|onay|souhlas|موافق`),
	phraseList(`advertis|our partners|and partners|vendors|third parties|personalised ads|personalized ads|werbung|anzeigen|drittanbieter|unsere partner|unseren partner|unserer partner|partner verarbeite|nos partenaires|publicité|nuestros socios|publicidad
publicidade|nossos parceiros|nostri partner|pubblicit|реклам|наши партн|reklam|nasi partner|naszymi partner|onze partners|advertentie|annons|الإعلان`),
}

// Languages without spaces between words are looked through for what stands anywhere.
var consentUnspaced = [...][]string{
	{"クッキー", "Cookie", "cookie", "쿠키"},
	{"個人情報", "プライバシー", "개인정보", "隐私", "隱私", "个人信息", "個人資料"},
	{"同意", "동의", "拒否"},
	{"広告", "광고", "广告", "廣告", "パートナー"},
}

// siteSpeaks is how a site speaks of itself, and readerTold how it speaks to its reader.
var (
	siteSpeaks = phraseList(`we use|we and|we store|we would like|we need|we value|we process|our site|our website|our partners|our privacy|this site|this website|our use
wir und|wir verwenden|wir nutzen|wir benötigen|wir möchten|wir brauchen|besuchen sie uns|unsere partner|unseren partner|unsere website|unserer website|unsere seite|diese website|diese webseite|dieses angebot|unser angebot|unsere datenschutz
nous utilisons|nos partenaires|nous et nos|partenaires et nous|notre site|ce site|nosotros y nuestros|nuestros socios|utilizamos|usamos|nuestro sitio|este sitio|esta web|nossos parceiros|nosso site|este site
noi e|usiamo|utilizziamo|nostri partner|questo sito|nostro sito|мы и наши|мы используем|наши партн|наш сайт|этот сайт|сайт использует|ми використовуємо|my i nasi|używamy|nasi partner|naszej stron|ta strona|dbamy o
wij gebruiken|we gebruiken|wij en onze|onze partners|onze website|deze website|deze site|vi använder|vi och våra|vi bruker|vi og våre|vi bruger|vi og vores|denne nettsiden|denne hjemmeside|käytämme|sivustomme|kullanıyoruz|sitemiz|používáme`)
	siteSpeaksUnspaced = []string{"当サイト", "本サイト", "当社", "当ウェブサイト", "本网站", "我们使用", "我們使用", "本網站", "당사", "저희", "우리는 쿠키"}

	readerTold = phraseList(`you|your|yours|du|dein|deine|deinem|deinen|deiner|dir|vous|votre|vos|usted|tus|puedes|su dispositivo|su elección|su consentimiento|você|seu dispositivo|seus dados|sua escolha|seu consentimento
puoi|tuo|tua|tuoi|tue|вы|вам|вас|ваш|ви|twoj|twój|twoi|możesz|uw|jouw|je|din|ditt|dina|dine|dig|deg|sinun|voit|sizin|vaše|vašeho`)
	readerToldUnspaced = []string{"ください", "ご覧", "お客様", "あなた", "您", "귀하"}

	// politeGerman is the reader in German, whose capital tells him from her and from them; at the beginning of a sentence it does not.
	politeGerman = regexp.MustCompile(`[\pL\d,;–-] (?:Sie|Ihnen|Ihre?[mnrs]?)(?:[ .,;!?]|$)`)
	numbered     = regexp.MustCompile(`\b\d+ `)
)

// matters returns which matters of a demand for consent a folded text speaks of, one bit for each.
func matters(folded string) (bits uint8) {
	plain := folded
	if strings.ContainsAny(folded, "0123456789") {
		plain = numbered.ReplaceAllString(folded, "") // our 312 partners
	}
	unspaced := hasUnspaced(folded)
	for i, list := range consentMatters {
		if list.in(plain) || unspaced && containsAny(folded, consentUnspaced[i]) {
			bits |= 1 << i
		}
	}
	return bits
}

// unspacedScript reports whether a character is of a script whose words are not parted by spaces, or glued to their endings.
func unspacedScript(r rune) bool {
	return r >= firstUnspaced && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}

// firstUnspaced is the first character of those scripts.
const firstUnspaced = '\u1100'

// hasUnspaced reports whether a text has a character of unspacedScript. Most texts have none of the bytes that those begin with.
func hasUnspaced(s string) bool {
	for i := range len(s) {
		if s[i] >= 0xE1 {
			return strings.ContainsFunc(s[i:], unspacedScript)
		}
	}
	return false
}

func containsAny(s string, list []string) bool {
	for _, w := range list {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// asksConsent reports whether a folded text speaks of a matter of consent.
func asksConsent(folded string) bool { return matters(folded) != 0 }

// spokenTo reports whether, outside quotation marks, a site speaks of itself, and whether a reader is spoken to.
func spokenTo(s, tag string) (site, reader bool) {
	for _, q := range doc.QuoteMarks(tag, s) {
		s = s[:q.Start] + strings.Repeat(" ", q.End-q.Start) + s[q.End:]
	}
	k := key(s)
	plain := numbered.ReplaceAllString(k, "")
	return siteSpeaks.in(plain) || containsAny(k, siteSpeaksUnspaced), readerTold.whole(k) || containsAny(k, readerToldUnspaced) || politeGerman.MatchString(s)
}

// whole reports whether a folded text holds one of the phrases as whole words.
func (list phrases) whole(text string) bool {
	for {
		for _, p := range list.at(text) {
			if strings.HasPrefix(text, p) && (len(text) == len(p) || text[len(p)] == ' ') {
				return true
			}
		}
		next := nextWord(text)
		if next < 0 {
			return false
		}
		text = text[next:]
	}
}

// Bounds of a demand for consent, in letters.
const (
	longestConsent = 6000
	leastConsent   = 100
)

// consent reports whether the text that was found only asks for consent: most of it speaks of that, the site itself speaks, and it tells nothing of
// the headline that an article of the page has.
func (r *reading) consent(d doc.Document, letters int) bool {
	if letters > longestConsent || letters >= brief && matters(key(d.Title.S+" "+r.head.title)) == 0 {
		return false
	}
	var bits uint8
	site := false
	asks, about, all := 0, 0, 0
	for i := range r.scene.blocks {
		b := &r.scene.blocks[i]
		if letters >= hardlyAny && !r.keep[i] || b.letters == 0 || b.Media != nil {
			continue
		}
		all += b.letters
		of := matters(b.key)
		if of == 0 {
			continue
		}
		bits |= of
		speaks, told := spokenTo(b.Text.S, d.Lang)
		site = site || speaks
		switch {
		case speaks || told:
			asks += b.letters
			about += b.letters
		case of&(of-1) != 0:
			about += b.letters
		}
	}
	const device, data = 1, 2
	if !site || bits&(device|data) == 0 || bits&(bits-1) == 0 {
		return false
	}
	if letters < hardlyAny {
		return asks*3 > all && asks > leastConsent
	}
	if r.declared() && r.tells(d) {
		return false
	}
	return about*2 > all && asks*4 > all
}

// declared reports whether the page says to machines that it is an article.
func (r *reading) declared() bool {
	return r.head.article != nil || strings.EqualFold(r.head.first("og:type"), "article")
}

// tells reports whether the text that was found has a word of the title, or one that begins alike, other than the outlet's name: an article's own
// text does, whatever it is about.
func (r *reading) tells(d doc.Document) bool {
	const alike = 15 // bytes of a word's beginning, at most
	site := " " + key(r.report.Site) + " "
	title := strings.Fields(key(d.Title.S))
	if len(title) <= 4 && matters(key(d.Title.S)) != 0 {
		return false // it is the demand's own
	}
	want := map[string]bool{}
	for _, w := range title {
		if len(w) >= 5 && !strings.Contains(site, " "+w+" ") {
			want[w[:min(len(w), alike)]] = true
		}
	}
	for i := range r.scene.blocks {
		if b := &r.scene.blocks[i]; r.keep[i] && b.Media == nil && !b.Kind.Heading() {
			for w := range strings.FieldsSeq(b.key) {
				if want[w[:min(len(w), alike)]] {
					return true
				}
			}
		}
	}
	return false
}
