package extract

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// furniture are phrases that pages put between and around articles, in eight languages (English, German, French, Spanish,
// Portuguese, Italian, Russian, Polish). A phrase is a hint among others, not a sentence: articles speak of newsletters, too.
var furniture = regexp.MustCompile(`(?i)\b(?:` + strings.Join([]string{
	// share
	`share (?:this|on|via)`, `tweet this`, `e-?mail this`, `copy link`, `follow us`, `like us on`, `print this`, `artikel teilen`, `folgen sie uns`, `auf facebook teilen`, `drucken`,
	`partager (?:cet|sur|l)`, `suivez-nous`, `imprimer`, `compartir en`, `síguenos`, `síganos`, `imprimir`, `partilhar`, `compartilh(?:e|ar)`, `siga-nos`, `condividi`, `seguici`, `stampa questo`, `поделиться`, `подпис(?:ывай|аться)`, `udostępnij`, `obserwuj`,
	// letters, membership
	`sign up`, `subscribe`, `newsletter`, `inbox`, `log in`, `register (?:now|for)`, `already a (?:member|subscriber)`, `support our`, `become a`, `anmelden`, `abonnieren`, `jetzt (?:lesen|abonnieren|testen)`,
	`abonnez-vous`, `inscrivez-vous`, `s'inscrire`, `suscr[ií]b`, `reg[ií]strate`, `assine`, `inscreva-se`, `cadastre-se`, `iscriviti`, `abbonati`, `рассылк`, `zapisz się`, `subskrybuj`,
	// other stories
	`most (?:read|popular|viewed)`, `related (?:stories|articles|content|posts|topics)`, `you (?:may|might) (?:also )?like`, `recommended for you`, `more (?:from|on this|stories)`, `trending`, `up next`, `don't miss`, `meistgelesen`, `mehr zum thema`, `das könnte sie auch`, `lesen sie auch`, `auch interessant`, `zum thema`,
	`à lire aussi`, `lire aussi`, `sur le même sujet`, `les plus lus`, `lee también`, `te puede interesar`, `más leíd`, `leia (?:também|mais)`, `veja também`, `mais lid[ao]s`, `leggi anche`, `potrebbe interessarti`, `i più letti`, `читайте также`, `по теме`, `czytaj (?:też|także|więcej)`, `zobacz (?:też|także)`, `najczęściej czytane`,
	// law and advertising
	`all rights reserved`, `advertisement`, `sponsored`, `terms of (?:use|service)`, `privacy policy`, `cookies?`, `anzeige`, `werbung`, `alle rechte vorbehalten`, `tous droits réservés`, `publicité`, `todos los derechos`, `publicidad`, `todos os direitos`, `publicidade`, `tutti i diritti`, `pubblicità`, `все права`, `реклама`, `wszelkie prawa`, `reklama`,
	// what outlets say of themselves below and above articles
	`affiliate (?:links?|partners?|commission)`, `earn (?:a |an )?(?:affiliate )?commission`, `editorially independent`, `may be reached at`, `follow (?:him|her|them|me|us) on`, `have a tip\?`, `(?:originally|first) (?:appeared|published) (?:in|on)`, `subject to copyright`, `no part may be reproduced`,
	`terms of (?:our )?service`, `download our`, `join (?:us|our) (?:on|whatsapp|telegram)`, `our (?:community|whatsapp|telegram)`, `whatsapp-kanal`, `eingebettete inhalte`, `push-nachrichten`, `reporting by .{3,80}editing by`, `this (?:article|story) (?:contains|was produced|is part of)`, `additional reporting by`, `requires javascript`,
	// comments, help
	`leave a (?:comment|reply)`, `post a comment`, `comments?\b.{0,12}$`, `contact us`, `send us`, `report (?:an? )?(?:error|typo)`, `kommentare?`, `commentaires?`, `comentarios?`, `comentários?`, `commenti`, `комментари`, `komentarze?`,
	`photo (?:by|credit)`, `getty images`, `min(?:ute)?s? read`, `published`, `updated`, `last modified`, `click here`, `download (?:the|our) app`, `skip to`, `enable javascript`, `view (?:all|more)`, `show more`, `read (?:more|next|also|also)`, `see also`, `watch:`, `loading`,
}, "|") + `)`)

// teaser are the words that begin a line which sends the reader to another story.
var teaser = regexp.MustCompile(`(?i)^\W{0,3}(?:read (?:more|also|next|this)|more:|related|see also|watch|also read|don't miss|mehr (?:zum thema|dazu|lesen)|lesen sie(?: auch| mehr| hier)?|lies auch|hintergrund:|siehe auch|auch interessant|lire (?:aussi|plus|également)|à lire|voir aussi|lee también|leer (?:más|también)|le puede interesar|te puede interesar|ver (?:más|también)|leia (?:também|mais)|veja (?:também|mais)|saiba mais|ler também|leggi (?:anche|pure)|vedi anche|approfondi|читайте также|смотрите также|читать (?:также|далее)|по теме|czytaj (?:też|także|więcej|również)|zobacz (?:też|także|również)|przeczytaj)(?:\b|[^\pL]|$)`)

// isTeaser reports whether a block only sends the reader to another story: such a phrase, and then mostly links.
func isTeaser(b *block) bool {
	return b.letters < 300 && b.linked*2 > b.letters && teaser.MatchString(b.Text.S)
}

// phrases reports whether a short text holds a phrase of furniture, and whether it begins with words that send to other stories.
func phrases(s string) (phrase, start bool) {
	if len(s) > 400 {
		return false, false
	}
	return furniture.MatchString(s), teaser.MatchString(s)
}

var dateShape = regexp.MustCompile(`\d{1,2}[:.h]\d{2}|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b(?:19|20)\d{2}\b|\d+\s*(?:年|月|日)`)

// dateLike reports whether a short text names a date or an hour.
func dateLike(s string) bool { return len(s) < 120 && dateShape.MatchString(s) }

// sign reports whether a text holds a character of page furniture.
func sign(s string) bool {
	return utf8.RuneCountInString(s) < 200 && strings.ContainsAny(s, "©|→›»▸►•·@®")
}
