package extract

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/lang"
)

// furniture are phrases that pages put between and around articles, in eight languages, folded as key folds them. One stands for itself
// and for all words that begin with it ("compartilh" for compartilhe and compartilhar). A phrase is a hint among others, not a
// sentence: articles speak of newsletters, too.
var furniture = phraseList(`
share this|share on|share via|tweet this|email this|copy link|follow us|like us on|print this
artikel teilen|diesen artikel|folgen sie uns|auf facebook teilen
partager cet|partager sur|suivez nous|compartir en|síguenos|síganos|siga nos|seguici
поделиться|подписывай|udostępnij

sign up|your inbox|register now|register for|already a member|already a subscriber|support our|become a member|become a subscriber
jetzt lesen|jetzt abonnieren|abonnez vous|inscrivez vous|s inscrire|regístrate|inscreva se|cadastre se
iscriviti|zapisz się|subskrybuj

most read|most popular|most viewed|related stories|related articles|related content|related posts|related topics|you may also like|you might also like|you may like|recommended for you
more on this|more stories|don t miss|meistgelesen|mehr zum thema|das könnte sie auch|lesen sie auch
à lire aussi|lire aussi|les plus lus|lee también|te puede interesar|más leíd|leia também|leia mais|mais lidas|mais lidos|leggi anche|potrebbe interessarti|i più letti
читайте также|czytaj też|czytaj także|czytaj więcej|najczęściej czytane

all rights reserved|terms of use|terms of service|terms of our service|privacy policy|alle rechte vorbehalten|tous droits réservés
todos los derechos|todos os direitos|tutti i diritti|все права|wszelkie prawa

affiliate link|affiliate partner|affiliate commission|earn a commission|earn an affiliate|earn commission|follow him on|follow her on|follow them on|follow me on
have a tip|originally appeared|originally published|first appeared|first published in|first published on|subject to copyright|no part may be reproduced|download our|download the app
join us on|join our whatsapp|join our telegram|our whatsapp|our telegram|whatsapp kanal|eingebettete inhalte|externe inhalte|externer inhalt|externen inhalt|contenu externe|contenido externo|conteúdo externo|contenuto esterno|push nachrichten|additional reporting by|requires javascript|enable javascript
this article contains|this story contains|this article was produced|this story is part of|this article is part of

leave a comment|leave a reply|post a comment|contact us|report an error|report a typo|report error
photo by|photo credit|getty images|min read|minute read|minutes read|mins read|last modified|click here|skip to|read more
`)

// furnitureWords are words of furniture that articles have as well: the police accept an "Anzeige", two states "suscribirán" a treaty. They say
// nothing in a sentence without a link that does not begin with them.
var furnitureWords = phraseList(`subscribe|newsletter|inbox|нашу рассылк|нашу розсилк|рассылке|partilhar|compartilh|nieuwsbrief|log in|anmelden|abonnieren|suscríb|suscrib|assine|advertisement|sponsored|cookies|anzeige|werbung|publicité|publicidad|publicidade|pubblicità|реклама|reklama|kommentare|commentaires|comentarios|comentários|commenti|комментари|komentarze|obserwuj|подписаться|more from|condividi`)

// invitations are how lines begin that ask the reader to subscribe, to share or to follow, in the languages of the press. A sentence of an article
// does not begin so: it is the outlet that speaks.
var invitations = phraseList(`
sign up for our|sign up to our|sign up here|sign up now|subscribe to our|subscribe now|subscribe today|subscribe here|get our newsletter|get the best stories in your|join our newsletter|join our mailing|follow us on|follow our channel|like us on|find us on facebook
share this article|share this story|share this post|share this page|share on facebook|share on twitter|share on whatsapp|download our app
inscrivez vous à notre|inscrivez vous à nos|abonnez vous à|recevez chaque matin|recevez chaque jour|recevez notre|recevez nos|partager cet article|partagez cet article|partager sur facebook|partager sur twitter|partager sur whatsapp|suivez nous sur|rejoignez nous sur|retrouvez nous sur|téléchargez notre
newsletter abonnieren|jetzt abonnieren|abonnieren sie unser|abonniere unser|melden sie sich für unser|melden sie sich hier|hier können sie unseren newsletter|artikel teilen|diesen artikel teilen|teilen sie diesen artikel|folgen sie uns|folgt uns auf|folge uns auf
suscríbase a nuestr|suscríbete|suscríbanse a|recibe las noticias|recibe nuestr|reciba nuestr|compartir en facebook|compartir en twitter|comparte esta n|comparte este art|síguenos en|síganos en|únete a nuestr|descarga nuestra
assine a nossa|assine nossa|assine o nosso|assine agora|assine já|inscreva se em nosso|inscreva se na nossa|inscreva se no nosso|receba as notícias|receba nossa|receba a nossa|receba as nossas|compartilhe esta|compartilhe este|compartilhe no facebook|compartilhe no whatsapp|compartilhar no facebook|compartilhar no twitter|compartilhar no whatsapp|siga nos n|siga o nosso|siga a nossa|siga nosso|entre no nosso|entre em nosso|participe do nosso canal|baixe nosso|partilhe este|subscreva a nossa
iscriviti alla n|iscriviti al nostro|abbonati al giornale|abbonati ora|abbonati subito|condividi questo|condividi su|condividi l articolo|seguici su|seguiteci su|ricevi le notizie|scarica la nostra
meld je aan voor|meld u aan voor|schrijf je in voor|schrijf u in voor|abonneer je|abonneer u|deel dit artikel|deel dit bericht|deel dit verhaal|deel op facebook|deel op twitter|deel op whatsapp|volg ons op|volg ons via|ontvang elke|ontvang dagelijks|ontvang onze|download onze
zapisz się na|zapisz się do naszego|subskrybuj|udostępnij artykuł|udostępnij na|obserwuj nas|polub nas|dołącz do nas|śledź nas|podziel się artykułem|pobierz naszą
подпишитесь на наш|подпишитесь на рассыл|подпишитесь на канал|подписывайтесь на|поделиться в соц|поделиться в facebook|поделиться в telegram|поделиться с друзьями|поделиться новостью|поделитесь новостью|поделитесь ссылкой|поделитесь статьей|поделитесь с друзьями|следите за нами|следите за нашими|читайте нас|присоединяйтесь к нам|присоединяйтесь к наш|получайте новости|больше новостей в наш|ставьте лайк
підпишіться на|підписуйтесь на|підписуйтеся на|поділитися у|поділитися в facebook|поділитися новиною|поділіться новиною|поділіться статтею|поділіться з друзями|стежте за нами|стежте за наш|слідкуйте за нами|читайте нас|отримуйте новини|приєднуйтесь до нас|приєднуйтеся до нас|приєднуйтесь до наш|приєднуйтеся до наш|більше новин у наш
bültenimize|e bültenimize|e bültene|bu haberi paylaş|haberi paylaş|facebook ta paylaş|twitter da paylaş|sosyal medyada paylaş|bizi facebook|bizi twitter|bizi instagram|bizi sosyal|bizi takip|kanalımıza abone|uygulamamızı indir
اشترك في نشرت|اشترك في قنات|اشترك في القائمة|اشترك الآن|اشتركوا في نشرت|اشتركوا في قنات|اشتركوا الآن|شارك هذا المقال|شارك هذا الخبر|شارك هذا الموضوع|شارك هذه الصفحة|شارك المقال|شارك الخبر|تابعونا على|تابعونا عبر|تابعنا على فيسبوك|تابعنا على تويتر|تابعنا على إنستغرام|تابعنا على تلغرام|تابعنا على يوتيوب|تابعنا على واتساب|تابعنا على منص|تابعنا على غوغل|تابعوا صفحت|تابعوا قنات|انضم إلى قنات|انضموا إلى قنات|سجل في نشرت
订阅我们|訂閱我們|点击订阅|點擊訂閱|欢迎订阅|歡迎訂閱|分享本文|分享此文|关注我们|關注我們|欢迎关注|歡迎關注|扫描二维码关注|掃描二維碼關注|扫一扫|长按二维码|关注微信公众|追蹤我們|加入我們的
この記事をシェア|記事をシェアする|フォローしてください|公式アカウントをフォロー|友だち追加
기사 공유하기|페이스북에서 팔로우|트위터에서 팔로우|인스타그램에서 팔로우`)

// invitationNames are how such lines begin without asking: they are told from sentences about the same things by having no end.
var invitationNames = phraseList(`our newsletter|cadastre se|udostępnij|подписаться на|поделиться|поделитесь|підписатися|поділитися|поділіться|nieuwsbrief|newsletter bestellen|biuletyn|рассылка новостей|розсилка новин|bülten aboneliği|النشرة البريدية
电子报|電子報|订阅|訂閱|分享到|分享至|シェアする|フォローする|チャンネル登録|メールマガジン|メルマガ|ニュースレター|会員登録|無料会員登録|公式ツイッター|公式twitter|公式x|公式facebook|公式line|アプリをダウンロード|뉴스레터|카카오톡 채널|유튜브 채널 구독|네이버에서 구독|구독하기|공유하기|팔로우하기|구독 신청|앱 다운로드`)

// invites reports whether a short block asks the reader to subscribe, to share or to follow.
func (b *block) invites() bool {
	if b.letters > longestInvitation || b.Kind != doc.Paragraph && !b.Kind.Heading() && b.Kind != doc.Item {
		return false
	}
	if first, _ := utf8.DecodeRuneInString(b.Text.S); lang.IsQuotationMark(first) {
		return false // somebody says so
	}
	return invitations.begin(b.key) || invitationNames.begin(b.key) && !sentenceEnd(b.Text.S)
}

// longestInvitation is how many letters such a line has at most.
const longestInvitation = 140

// phrases are folded phrases, so kept that few have to be compared at each word of a text: those whose first two bytes have one number lie together.
type phrases struct {
	from []uint16 // where those of a number begin in all; one more than there are numbers
	all  []string
}

// phraseHeads is how many numbers there are.
const phraseHeads = 512

// phraseHead is the number of the first two bytes of a phrase.
func phraseHead(a, b byte) int { return (int(a)*31 + int(b)) % phraseHeads }

// furnitureStarts are phrases that stand in sentences, too: they say something only where a text begins with them.
var furnitureStarts = []string{
	"zum thema", "drucken", "imprimer", "imprimir", "loading", "trending", "по теме", "up next", "view all", "view more", "show more", "see also", "read also", "read next", "auch interessant", "sur le même sujet", "e mail this", "external content", "veja também", "zobacz też", "zobacz także",
}

// furnitureBeginnings are furnitureStarts as they are looked up.
var furnitureBeginnings = phraseList(strings.Join(furnitureStarts, "|"))

func phraseList(s string) phrases {
	var heads [phraseHeads][]string
	for line := range strings.Lines(s) {
		for p := range strings.SplitSeq(strings.TrimSpace(line), "|") {
			if p != "" {
				h := phraseHead(p[0], p[1])
				heads[h] = append(heads[h], p)
			}
		}
	}
	list := phrases{from: make([]uint16, 1, phraseHeads+1)}
	for _, those := range heads {
		list.all = append(list.all, those...)
		list.from = append(list.from, uint16(len(list.all)))
	}
	return list
}

// at returns the phrases of which one may be what a text begins with.
func (list phrases) at(text string) []string {
	if len(text) < 2 {
		return nil
	}
	h := phraseHead(text[0], text[1])
	return list.all[list.from[h]:list.from[h+1]]
}

// begin reports whether a folded text begins with one of the phrases.
func (list phrases) begin(text string) bool {
	for _, p := range list.at(text) {
		if strings.HasPrefix(text, p) {
			return true
		}
	}
	return false
}

// in reports whether a folded text holds one of the phrases.
func (list phrases) in(text string) bool {
	for {
		if list.begin(text) {
			return true
		}
		next := nextWord(text)
		if next < 0 {
			return false
		}
		text = text[next:]
	}
}

// nextWord returns where a folded text goes on behind its first space; -1 if it has none.
func nextWord(text string) int {
	for i := range len(text) {
		if text[i] == ' ' {
			return i + 1
		}
	}
	return -1
}

// teaser are the words that begin a line which sends the reader to another story.
var teaser = regexp.MustCompile(`(?i)^\W{0,3}(?:read (?:more|also|next|this)|more:|related|see also|watch|also read|don't miss|mehr (?:zum thema|dazu|lesen)|lesen sie(?: auch| mehr| hier)?|lies auch|hintergrund:|siehe auch|auch interessant|lire (?:aussi|plus|également)|à lire|voir aussi|lee también|leer (?:más|también)|le puede interesar|te puede interesar|ver (?:más|también)|leia (?:também|mais)|veja (?:também|mais)|saiba mais|ler também|leggi (?:anche|pure)|vedi anche|approfondi|читайте также|смотрите также|читать (?:также|далее)|по теме|czytaj (?:też|także|więcej|również)|zobacz (?:też|także|również)|przeczytaj|lees (?:ook|meer|verder)|bekijk ook|zie ook|дивіться також|читати також|за темою|ayrıca oku\pL*|bunu da oku\pL*|bunlar da ilginizi|[iİ]lgili (?:haber|içerik)\pL*|benzer haber\pL*|[اإ]قرأ أيض\pL*|[اإ]قرأ المزيد|[اإ]قرأوا أيض\pL*|مواضيع ذات صلة|للمزيد|相关(?:阅读|新闻|报道|文章)|相關(?:閱讀|新聞|報導|文章)|延伸(?:阅读|閱讀)|(?:阅读|閱讀)更多|推荐阅读|推薦閱讀|更多(?:阅读|新闻)|関連(?:記事|ニュース|リンク)|[あ合]わせて読みたい|こちらもおすすめ|おすすめ記事|続きを読む|관련 ?기사|함께 (?:읽기|볼만한)|더 ?보기|이 기사도)(?:\b|[^\pL]|$)`)

// isTeaser reports whether a block only sends the reader to another story: such a phrase, and then mostly links.
func isTeaser(b *block) bool {
	return b.letters < 300 && b.linked*2 > b.letters && b.sends()
}

// goesOn reports whether a sentence goes on behind the last link of a block: "Watch out for falling trees, police said."
func (b *block) goesOn() bool {
	end := 0
	for _, m := range b.Text.Marks {
		if m.Kind == doc.Link {
			end = max(end, m.End)
		}
	}
	return end > 0 && lettersIn(b.Text.S[end:]) >= 6 && sentenceEnd(b.Text.S)
}

// sends reports whether a short block begins with words that send to another story.
func (b *block) sends() bool {
	if b.letters >= 300 {
		return false
	}
	first, _, _ := strings.Cut(b.key, " ")
	return teaserStart[first] && teaser.MatchString(b.Text.S) && !b.goesOn()
}

// teaserStart are the first words of teaser, folded; they spare the long expression most texts.
var teaserStart = set(`read more related see watch also don mehr lesen lies hintergrund siehe auch lire à voir lee leer le te ver leia veja saiba ler leggi vedi approfondi
читайте смотрите читать по czytaj zobacz przeczytaj lees bekijk zie дивіться читати за ayrıca bunu bunlar ilgili benzer اقرأ إقرأ اقرأوا إقرأوا مواضيع للمزيد 相关阅读 相关新闻 相关报道 相关文章 相關閱讀 相關新聞 相關報導 相關文章
延伸阅读 延伸閱讀 阅读更多 閱讀更多 推荐阅读 推薦閱讀 更多阅读 更多新闻 関連記事 関連ニュース 関連リンク あわせて読みたい 合わせて読みたい こちらもおすすめ おすすめ記事 続きを読む 관련 관련기사 함께 더 더보기 이`)

// phrase reports whether a short block holds a phrase of furniture.
func (b *block) phrase() bool {
	if b.letters > 350 {
		return false
	}
	if b.phrased == 0 {
		b.phrased = -1
		if furniture.in(b.key) || furnitureWords.in(b.key) && !b.tells() || furnitureBeginnings.begin(b.key) {
			b.phrased = 1
		}
	}
	return b.phrased > 0
}

// tells reports whether a block is a sentence without a link, of which neither the first nor the second word is of furniture.
func (b *block) tells() bool {
	if b.linked > 0 || b.Kind != doc.Paragraph || !sentenceEnd(b.Text.S) {
		return false
	}
	first, rest, _ := strings.Cut(b.key, " ")
	second, rest, _ := strings.Cut(rest, " ")
	return rest != "" && !furnitureWords.in(first) && !furnitureWords.in(second)
}

// dateLike reports whether a short text names a date or an hour. It is asked of most short lines; as an expression it is dateShape, in the test.
func dateLike(s string) bool {
	if len(s) >= 120 {
		return false
	}
	for i := 0; i < len(s); i++ {
		if !digitAt(s, i) {
			continue
		}
		end := i
		for digitAt(s, end) {
			end++
		}
		if dated(s, i, end) {
			return true
		}
		i = end
	}
	return false
}

// dated reports whether a date or an hour begins with the digits of a text from start to end.
func dated(s string, start, end int) bool {
	if end < len(s) && strings.IndexByte(":.h", s[end]) >= 0 && digitAt(s, end+1) && digitAt(s, end+2) {
		return true // an hour
	}
	alone := start == 0 || !wordByte(s[start-1])
	n := end - start
	if alone && n == 4 && (end == len(s) || !wordByte(s[end])) && (s[start:start+2] == "19" || s[start:start+2] == "20") {
		return true // a year
	}
	if alone && n <= 2 && dateSeparator(s, end) {
		second := end + 1
		for digitAt(s, second) {
			second++
		}
		third := second + 1
		for digitAt(s, third) {
			third++
		}
		if day, year := second-end-1, third-second-1; day >= 1 && day <= 2 && dateSeparator(s, second) && year >= 2 && year <= 4 && (third == len(s) || !wordByte(s[third])) {
			return true
		}
	}
	rest := strings.TrimLeft(s[end:], " \t\n\f\r")
	return strings.HasPrefix(rest, "年") || strings.HasPrefix(rest, "月") || strings.HasPrefix(rest, "日")
}

func dateSeparator(s string, i int) bool {
	return i < len(s) && (s[i] == '.' || s[i] == '/' || s[i] == '-')
}

// wordByte reports whether c is of a word to the expressions.
func wordByte(c byte) bool { return plainLetters[c] != 0 || c == '_' }

// sign reports whether a text holds a character of page furniture.
func sign(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case c == '|' || c == '@':
			return utf8.RuneCountInString(s) < 200
		case c >= utf8.RuneSelf:
			return utf8.RuneCountInString(s) < 200 && strings.ContainsAny(s[i:], "©|→›»▸►•·@®")
		}
	}
	return false
}

// failed reports whether a text ends as a program's fault does.
func failed(s string) bool {
	return digitAt(s, len(s)-1) && strings.Contains(s, " on line ") && programError.MatchString(s)
}

// mayBegin reports whether one of the given bytes stands where an expression that begins with ^\W{0,3} goes on; it spares most texts the
// expression. A byte of a character beyond ASCII stands for the character.
func mayBegin(s, first string) bool {
	passed := 0
	for i, r := range s {
		if strings.IndexByte(first, s[i]) >= 0 {
			return true
		}
		if passed++; passed > 3 || r == '_' || r < utf8.RuneSelf && letterWeight(r) > 0 {
			return false
		}
	}
	return false
}

// ownership is how a line begins that says whose the page is.
var ownership = regexp.MustCompile(`(?i)^\W{0,3}(?:copyright\b|©|\(c\) ?\d{4})`)

// claimsPage reports whether a text begins as ownership says.
func claimsPage(s string) bool { return mayBegin(s, "cC(\xC2") && ownership.MatchString(s) }

// creditsOnly reports whether a text is a creditLine.
func creditsOnly(s string) bool {
	passed := 0
	for i, r := range s {
		for _, stem := range creditStems {
			if n := len(stem); i+n <= len(s) && (s[i]|0x20 == stem[0] || stem[0] >= utf8.RuneSelf) && strings.EqualFold(s[i:i+n], stem) {
				return creditLine.MatchString(s)
			}
		}
		if passed++; passed > 3 || r == '_' || r < utf8.RuneSelf && letterWeight(r) > 0 {
			return false
		}
	}
	return false
}

// creditStems are how the words begin of which creditLine needs one near its beginning; they spare most texts the expression.
var creditStems = []string{"photo", "foto", "image", "picture", "bild", "credit", "crédit", "imágenes", "imagens", "immagini", "zdjęci", "фото"}

// creditLine is a line that says nothing but who made the pictures.
var creditLine = regexp.MustCompile(`(?i)^\W{0,3}(?:(?:photo|foto|image|picture|bild)s?(?: ?credits?)?|crédits? ?(?:photos?|images?)?|credits?|bildquelle|bildnachweis|fotografías?|imágenes|imagens|immagini|zdjęci[ea]|фото)\s*(?::|\b(?:by|von|par|de|di)\b)\s*[^.!?]{2,80}\.?$`)

// programError is how programs print their faults into a page.
var programError = regexp.MustCompile(`(?: in (?:/|[A-Z]:\\)\S+| thrown in \S+) on line \d+$`)

// labels reports whether a line is a label and then a link to its end, and nothing more: it sends to another story.
func (b *block) labels() bool {
	for _, m := range b.Text.Marks {
		if m.Kind != doc.Link || strings.TrimRight(b.Text.S[m.End:], " .…»›→>") != "" {
			continue
		}
		label := strings.TrimSpace(b.Text.S[:m.Start])
		n := utf8.RuneCountInString(label)
		return n > 0 && n <= 35 && strings.ContainsAny(label[len(label)-1:], ":|") && lettersIn(b.Text.S[m.Start:m.End]) > 25
	}
	return false
}

var email = regexp.MustCompile(`[\w.+-]+@[\w-]+\.[\w.]+`)
