package extract

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// ErrNoArticle is what a *NotArticle is.
var ErrNoArticle = errors.New("no article on the page")

// NotArticle says what a page is that holds no article.
type NotArticle struct {
	URL   string
	State State // Consent, List or Empty
}

// Error says what the page is and what can be done.
func (e *NotArticle) Error() string {
	what := "no text was found"
	help := "the page may be built by scripts; try its AMP or print version, or write a rule for the outlet"
	switch e.State {
	case List:
		what = "it is a list of articles"
		help = "take one of the articles by its own address, or follow the page as an outlet"
	case Consent:
		what = "it asks for consent in place of the article"
		help = "open it in a browser to see what the outlet demands; consent is never given by this program"
	}
	if e.URL == "" {
		return fmt.Sprintf("no article on the page: %s; %s", what, help)
	}
	return fmt.Sprintf("no article at %s: %s; %s", e.URL, what, help)
}

// Is makes errors.Is(err, ErrNoArticle) hold.
func (e *NotArticle) Is(target error) bool { return target == ErrNoArticle }

// consentWords are what demands for consent speak of, in the languages of Europe's press.
var consentWords = strings.Split("cookie|consent|privacy|personal data|advertis|partners|datenschutz|einwilligung|zustimm|werbung|vie privée|accepter|publicité|privacidad|aceptar|privacidade|consenso|accetta|конфиденциальност|согласи|prywatnoś|zgoda|zgodę|zgody|toestemming|samtycke|samtykke", "|")

// asksConsent reports whether a folded text has one of the words.
func asksConsent(folded string) bool {
	for _, w := range consentWords {
		if strings.Contains(folded, w) {
			return true
		}
	}
	return false
}

// pageNumber is the end of an address that numbers the pages of an article.
var pageNumber = regexp.MustCompile(`(?i)(?:[/?&_,-](?:page|seite|pagina|pag|p|s|part)?[=/_-]?\d{1,3})(?:\.html?)?/?$`)

// Bounds of the states, in letters of the body.
const (
	scrap     = 40  // less is what is left of a page whose text is elsewhere
	hardlyAny = 140 // less is no article, whatever it says of itself
	brief     = 700 // less may be what is left of an article behind a wall, or the teasers of a list
)

// state decides what kind of page was read; it returns a *NotArticle where there is no article.
func (r *reading) state(d doc.Document) error {
	letters, entries := 0, 0
	for _, b := range d.Blocks {
		if b.Kind == doc.Entry {
			entries++
		}
		if b.Media == nil {
			letters += lettersIn(b.Text.S)
		}
	}
	article := r.head.article != nil || strings.EqualFold(r.head.first("og:type"), "article")
	state := Full
	switch {
	case r.taken != nil && letters > 0:
	case r.consent(d, letters):
		state = Consent
	case r.list(letters, article):
		state = List
	case letters == 0, letters < scrap && !article:
		state = Empty
	case r.report.Paywall, r.wall(letters):
		state, r.report.Paywall = Cut, true
	case entries >= r.head.fewestEntries() && (r.head.liveBlog() || r.head.article == nil):
		state = Live
	}
	r.report.State = state
	if state == Consent || state == List || state == Empty {
		return &NotArticle{URL: r.report.URL, State: state}
	}
	return nil
}

// consent reports whether the text that was found only asks for consent: it is short or hardly any, and speaks of nothing else.
func (r *reading) consent(d doc.Document, letters int) bool {
	if letters > 6000 {
		return false
	}
	titled := asksConsent(key(d.Title.S + " " + r.head.title))
	if letters >= brief && !titled {
		return false
	}
	about, all := 0, 0
	for i := range r.scene.blocks {
		b := &r.scene.blocks[i]
		if letters >= hardlyAny && !r.keep[i] || b.letters == 0 || b.Media != nil {
			continue
		}
		all += b.letters
		if asksConsent(b.key) {
			about += b.letters
		}
	}
	if letters < hardlyAny {
		return about*3 > all && about > 100
	}
	if all == 0 {
		return false // the text is none of the page's blocks, but its data's
	}
	return about*2 > all && titled || about*5 >= all*4 && letters < brief
}

// list reports whether the page is one of many articles: a front page, a section, a search. Such a page describes no article of its
// own and sends the reader on from most of what it prints as headings.
func (r *reading) list(letters int, article bool) bool {
	front := rootOnly(r.report.URL) && r.report.URL != ""
	if article && !front && letters >= hardlyAny {
		return false
	}
	teasers := 0
	for i := range r.scene.blocks {
		b := &r.scene.blocks[i]
		if b.letters > 15 && b.linked*3 > b.letters*2 && (b.Kind.Heading() || within(b.node, ancestor(b.node, atom.Article)) || b.letters > 35) && ancestor(b.node, atom.Nav, atom.Footer) == nil {
			teasers++
		}
	}
	prose := 0
	for i := range r.scene.blocks {
		if b := &r.scene.blocks[i]; r.keep[i] && b.letters >= 140 && b.linked*4 < b.letters && !r.teases(i) {
			prose++
		}
	}
	switch {
	case prose >= 3 && !front:
		return false
	case front:
		return teasers >= 5 && letters < 3*brief
	case letters < hardlyAny:
		return teasers >= 8 && !article
	}
	return teasers >= 8 && r.teased() && !article
}

// teased reports whether most paragraphs that were found are teasers.
func (r *reading) teased() bool {
	under, all := 0, 0
	for i := range r.scene.blocks {
		if !r.keep[i] || r.scene.blocks[i].Kind.Heading() || r.scene.blocks[i].Media != nil {
			continue
		}
		all++
		if r.teases(i) {
			under++
		}
	}
	return under*2 > all
}

// teases reports whether a block stands close under a heading that is a link.
func (r *reading) teases(i int) bool {
	for j := i - 1; j >= 0 && j >= i-3; j-- {
		if b := &r.scene.blocks[j]; b.Kind.Heading() {
			return b.linked*2 > b.letters
		}
	}
	return false
}

// wallWords are what stands where an article is cut for those who do not pay.
var wallWords = regexp.MustCompile(`(?i)(?:to (?:continue|keep) reading|continue reading|read the full|subscribe (?:now )?to (?:read|continue)|already a subscriber|(?:this|the) (?:article|content|story) is (?:for|reserved|available)[^.]{0,40}subscribers|for subscribers only|subscriber[- ]only|sign in to read|um weiterzulesen|weiterlesen mit|jetzt weiterlesen|dieser artikel ist|mit .{0,20}(?:abo|plus) (?:lesen|weiterlesen)|réservé (?:aux|à nos) abonnés|pour lire la suite|lire la suite|il vous reste|para seguir leyendo|contenido exclusivo|solo para suscriptores|para continuar (?:a ler|lendo|leyendo)|exclusivo para assinantes|per continuare a leggere|riservato agli abbonati|чтобы читать дальше|только для подписчиков|aby czytać dalej|dla subskrybentów|lees verder|alleen voor abonnees|för att läsa vidare|for å lese videre)`)

// wall reports whether a demand to pay stands behind a short text that was left in the open.
func (r *reading) wall(letters int) bool {
	if letters > 3*brief {
		return false
	}
	if r.demands == 0 {
		r.demands = -1
		if r.demand() {
			r.demands = 1
		}
	}
	return r.demands > 0
}

// demand reports whether a demand to pay stands at the end of the text or behind it.
func (r *reading) demand() bool {
	last := -1
	for i := range r.scene.blocks {
		if r.keep[i] {
			last = i
		}
	}
	for i := last; i >= 0 && i < len(r.scene.blocks) && i <= last+12; i++ {
		if b := &r.scene.blocks[i]; b.letters < 400 && wallWords.MatchString(b.Text.S) && ancestor(b.node, atom.Nav, atom.Footer, atom.Header) == nil {
			return true
		}
	}
	return false
}

// fromData reads the article from the JSON-LD of a page that scripts build: its paragraphs, without marks. What the page keeps for those who
// pay is not read this way.
func (r *reading) fromData(d *doc.Document) {
	h := r.head
	if h.article == nil || r.report.Paywall {
		return
	}
	raw, ok := h.article["articleBody"].(string)
	if !ok || len(raw) > doc.MaxText {
		return
	}
	letters := 0
	for _, b := range d.Blocks {
		letters += lettersIn(b.Text.S)
	}
	if n := lettersIn(raw); n < 2*hardlyAny || letters*5 > n*2 {
		return
	}
	d.Blocks = nil
	for _, p := range paragraphs(raw) {
		if t := r.finished(doc.Text{S: p}, d.Lang); t.S != "" && !r.scene.title.keys[key(t.S)] && key(t.S) != key(d.Deck.S) && len(d.Blocks) < doc.MaxBlocks {
			d.Blocks = append(d.Blocks, doc.Block{Kind: doc.Paragraph, Text: t})
		}
	}
	r.report.Sources["body"] = Source{From: "json-ld", Sure: false}
}

// paragraphs parts the text of an articleBody, which may hold HTML.
func paragraphs(raw string) []string {
	if tagLike.MatchString(raw) {
		tree, err := parse(raw)
		if err != nil {
			return nil
		}
		var list []string
		for _, b := range cut(tree, "", "", usualEntries) {
			list = append(list, b.Text.S)
		}
		return list
	}
	var list []string
	for line := range strings.SplitSeq(strings.ReplaceAll(raw, "\r", "\n"), "\n") {
		if s := unescaped(line); s != "" {
			list = append(list, s)
		}
	}
	return list
}
