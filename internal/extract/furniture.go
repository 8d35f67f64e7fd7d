package extract

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// furniture are phrases that pages put between and around articles, in eight languages, folded as key folds them. One stands for itself
// and for all words that begin with it ("compartilh" for compartilhe and compartilhar). A phrase is a hint among others, not a
// sentence: articles speak of newsletters, too.
var furniture = phraseList(`
share this|share on|share via|tweet this|email this|copy link|follow us|like us on|print this
artikel teilen|diesen artikel|folgen sie uns|auf facebook teilen
partager cet|partager sur|suivez nous|compartir en|síguenos|síganos|partilhar|compartilh|siga nos|seguici
поделиться|подписывай|udostępnij

sign up|newsletter|your inbox|register now|register for|already a member|already a subscriber|support our|become a member|become a subscriber
jetzt lesen|jetzt abonnieren|abonnez vous|inscrivez vous|s inscrire|regístrate|inscreva se|cadastre se
iscriviti|abbonati|рассылк|zapisz się|subskrybuj

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
var furnitureWords = phraseList(`subscribe|inbox|log in|anmelden|abonnieren|suscríb|suscrib|assine|advertisement|sponsored|cookies|anzeige|werbung|publicité|publicidad|publicidade|pubblicità|реклама|reklama|kommentare|commentaires|comentarios|comentários|commenti|комментари|komentarze|obserwuj|подписаться|more from|condividi`)

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
var teaser = regexp.MustCompile(`(?i)^\W{0,3}(?:read (?:more|also|next|this)|more:|related|see also|watch|also read|don't miss|mehr (?:zum thema|dazu|lesen)|lesen sie(?: auch| mehr| hier)?|lies auch|hintergrund:|siehe auch|auch interessant|lire (?:aussi|plus|également)|à lire|voir aussi|lee también|leer (?:más|también)|le puede interesar|te puede interesar|ver (?:más|también)|leia (?:também|mais)|veja (?:também|mais)|saiba mais|ler também|leggi (?:anche|pure)|vedi anche|approfondi|читайте также|смотрите также|читать (?:также|далее)|по теме|czytaj (?:też|także|więcej|również)|zobacz (?:też|także|również)|przeczytaj)(?:\b|[^\pL]|$)`)

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
читайте смотрите читать по czytaj zobacz przeczytaj`)

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
