package extract

import (
	"regexp"
	"strings"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dragoman-newsroom/dragoman/internal/address"
	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// A paywall is recognised and never evaded. It is said to machines, by the data of the article and of the page; or to readers, where the
// text breaks off. A sentence that only could be a demand ("Read the full report here") is none unless it, or the small box around it,
// also speaks of paying.

// reserved are sentences that keep a text for those who pay, folded as key folds them: what is kept, that it is kept, and for whom. remains are
// sentences that count what is not shown.
var (
	reserved = regexp.MustCompile(`(?:^| )(?:` + strings.Join([]string{
		`(?:this|the full|the rest of this) (?:[^ ]+ )?(?:article|story|content|post|piece|page|column|feature|analysis|edition|report) (?:is|are)(?: (?:now|only|just|exclusively|exclusive|reserved|available|limited|restricted|open|accessible|intended|free)){0,3} (?:for|to)(?: (?:our|all|paying|paid|premium|digital|registered|plus|active|current)){0,3} (?:subscribers?|members?|supporters|patrons|readers with)`,
		`for (?:[^ ]+ )?subscribers only|subscribers? only (?:article|story|content|post)|members? only (?:article|story|content|post)|only (?:our )?subscribers can (?:read|see)|exclusive to (?:our )?subscribers`,
		`(?:dieser|dieses|diesen|der vollständige|der ganze|der komplette) (?:[^ ]+ )?(?:artikel|beitrag|text|inhalt|story)(?: [^ ]+){0,3} (?:für|mit)(?: [^ ]+){0,3} (?:[^ ]*abonnent(?:en|innen)?|mitglieder|[^ ]*abo|[^ ]*abonnement|registrierte)`,
		`(?:dieser|dieses) (?:[^ ]+ )?(?:artikel|beitrag|text|inhalt) ist (?:[^ ]+ )?(?:kostenpflichtig|[^ ]*abonnent(?:en|innen) vorbehalten)|(?:nur|exklusiv|ausschließlich) (?:für|mit) (?:[^ ]+ )?(?:[^ ]*abonnent(?:en|innen)|digitalabo|abo)`,
		`réservée?s? (?:[^ ]+ ){0,2}(?:à|aux|nos)(?: [^ ]+){0,2} (?:abonnés|abonnées)|(?:cet article|ce contenu|la suite)(?: [^ ]+){0,3} (?:abonnés|abonnées)`,
		`(?:contenido|artículo|nota|noticia|reportaje)(?: [^ ]+){0,3} (?:exclusiv[oa]|s[oó]lo|únicamente|reservad[oa]|disponible)(?: [^ ]+){0,3} (?:suscriptores|suscriptoras|socios|abonados)|s[oó]lo para suscriptores|exclusiv[oa] para (?:[^ ]+ )?suscriptores`,
		`(?:conteúdo|artigo|matéria|reportagem|texto|notícia)(?: [^ ]+){0,3} (?:exclusiv[oa]|só|somente|apenas|reservad[oa]|disponível)(?: [^ ]+){0,3} (?:assinantes|subscritores)|(?:exclusiv[oa]|só|somente|apenas) para (?:[^ ]+ )?assinantes`,
		`(?:contenuto|articolo|testo|notizia)(?: [^ ]+){0,3} (?:riservat[oa]|esclusiv[oa]|solo|disponibile)(?: [^ ]+){0,3} (?:abbonati|iscritti)`,
		`(?:материал|статья|текст|контент|публикация|продолжение|версия|часть)(?: [^ ]+){0,4} (?:только|доступ[^ ]*)(?: [^ ]+){0,3} (?:подписчик[^ ]*|подписке|подпиской)`,
		`(?:матеріал|стаття|текст|контент)(?: [^ ]+){0,4} (?:лише|тільки|доступ[^ ]*)(?: [^ ]+){0,3} (?:передплатник[^ ]*|підписник[^ ]*)`,
		`(?:artykuł[^ ]*|treś[^ ]*|tekst[^ ]*|materiał[^ ]*|część)(?: [^ ]+){0,5} dla(?: [^ ]+){0,2} (?:prenumerat[^ ]*|subskrybent[^ ]*|abonent[^ ]*)`,
		`(?:dit|deze|het volledige) (?:artikel|verhaal|stuk|bericht)(?: [^ ]+){0,4} (?:voor|aan)(?: [^ ]+){0,2} (?:abonnees|leden)|(?:alleen|exclusief) voor (?:[^ ]+ )?abonnees`,
		`(?:artikeln|artikkelen|artiklen|saken|innehållet|innholdet|indholdet|texten)(?: [^ ]+){0,4} (?:för|for)(?: [^ ]+){0,3} (?:prenumerant[^ ]*|abonnent[^ ]*)`,
		`vain tilaajille|csak előfizető[^ ]*|(?:pouze|jen) pro předplatitel[^ ]*|doar pentru abonați|sadece abone[^ ]*|yalnızca abone[^ ]*|μόνο για συνδρομητές`,
		`للمشتركين فقط|(?:المحتوى|المقال|المادة|الخبر)(?: [^ ]+){0,3} للمشتركين`,
	}, "|") + `)(?: |$)`)
	remains = regexp.MustCompile(`(?:^| )(?:\d{1,2} of (?:this|the) (?:article|story) (?:remain|left|is left)|il vous reste \d+ (?:de cet article|de l article|à lire|de la suite)|noch \d+ (?:des artikels|des textes)|you (?:have|ve) (?:reached|used|read) (?:[^ ]+ ){0,4}(?:limit|last free|free articles))`)

	// reservers are words that reserved has, one at least; they spare most texts the expression.
	reservers = []string{
		"scriber", "member", "supporters", "patrons", "readers with", "abo", "mitglied", "registrierte", "kostenpflichtig", "suscriptor", "socios", "assinantes", "subscritores", "abbonati", "iscritti", "подпис",
		"передплатник", "підписник", "prenumera", "subskrybent", "leden", "tilaajille", "előfizető", "předplatitel", "συνδρομητές", "للمشتركين",
	}

	// remainders are words that remains has, one at least; they spare most texts the expression.
	remainders = []string{" free article", " last free", " limit", " of this ", " of the ", "il vous reste", "noch "}

	// unspacedWall says the same in scripts without spaces; unspacedPay are their words for those who pay.
	unspacedWall = regexp.MustCompile(`(?:この記事|本記事|記事の続き|続き|全文|ここから先|この先)[^。]{0,20}(?:有料|会員|購読|登録)|残り ?[\d, ]+文字|(?:이 기사|기사 전문|전체 기사|나머지)[^.]{0,20}(?:구독|유료|회원)|구독(?:하고|하면|해야|하시면)[^.]{0,15}(?:읽|볼|보실)|(?:本文|全文|余下|剩余|餘下)[^。]{0,20}(?:订阅|訂閱|会员|會員|付费|付費)|(?:订阅|訂閱|付费|付費|成为会员|成為會員)[^。]{0,12}(?:阅读全文|继续阅读|解锁|閱讀全文|繼續閱讀|解鎖)`)
	unspacedPay  = []string{"会員", "購読", "有料", "ログイン", "구독", "유료", "회원", "로그인", "订阅", "訂閱", "会员", "會員", "付费", "付費"}
)

// goesOnReading are words for what lies behind a wall, and paying those for what opens it. Both together are a demand.
var (
	goesOnReading = phraseList(`continue reading|keep reading|go on reading|carry on reading|finish reading|read on|read the full|read the rest|read the whole|read the entire|unlock|full access|unlimited access
subscribe to read|subscribe now to read|subscribe today to read|sign in to read|log in to read|register to read|sign up to read|member to read|join to read|to read this|to read the
weiterlesen|weiter lesen|weiterzulesen|artikel zu lesen|text zu lesen|beitrag zu lesen|artikel lesen|ganzen artikel|vollen zugriff|freischalten|freizuschalten|lire la suite|lire l article|lire cet article|lire l intégralité|poursuivre la lecture|poursuivre votre lecture|continuer la lecture|continuer votre lecture|la suite de cet
seguir leyendo|continuar leyendo|leer este|leer el artículo|leer la nota|acceso ilimitado|continuar a ler|continuar lendo|seguir lendo|ler este artigo|ler esta|ler a matéria|ler o artigo|acesso ilimitado|continuare a leggere|continua a leggere|leggere l articolo|leggere tutto|proseguire la lettura
читать дальше|продолжить чтение|дочитать|прочитать полностью|читать полностью|читати далі|czytać dalej|czytaj dalej|przeczytać cały|przeczytać całość|lees verder|verder lezen|verder te lezen|artikel te lezen|läsa vidare|läs vidare|läsa hela|lese videre|les videre|lese hele|læse videre|læs videre|læse hele
jatka lukemista|lukeaksesi|devamını oku|okumaya devam|číst dál|pokračovat ve čtení|متابعة القراءة|لمتابعة القراءة|لمواصلة القراءة|لقراءة المقال|لقراءة هذا|إكمال القراءة`)
	paying = phraseList(`kostenpflichtig|subscrib|subscription|become a member|members|membership|already a member|sign in|log in|sign up|register|free trial|join now|join to|abonn|probemonat|probeabo|digitalabo|premium|registrier|anmelden|einloggen|mitglied|monatlich|s abonner|je m abonne|connectez|se connecter|essai
suscr|inicia sesión|regístr|socios|assin|subscri|entre na sua|faça login|inscreva|abbon|accedi|iscri|registrati|подпис|войдите|зарегистр|передплат|підпис|prenumer|subskry|zaloguj|wykup|aanmelden|inloggen|leden|logga in|bli medlem|logg inn|log ind|bliv medlem|tilaa|kirjaudu|abone|üye ol|előfiz|abonați|předplat|přihlas|συνδρομητ
اشترك|اشتراك|للمشتركين|سجل`)
	payingWhole = phraseList(`abo|abos|plus abo`)
	// plans are the names that outlets give what is paid for: they stand behind "read on with".
	plans    = regexp.MustCompile(`(?:^| )weiterlesen (?:[^ ]+ )?mit [^ ]+(?: [^ ]+){0,3}$|(?:^| )mit(?: [^ ]+){0,3} (?:plus|abo|premium) (?:weiter)?lesen`)
	letter   = phraseList(`newsletter|inbox|rundbrief|postfach|boletín|boletim|infolettre|рассылк|nieuwsbrief|nyhetsbrev|nyhedsbrev|biuletyn`)
	wallName = set("paywall regwall paygate subwall emailwall loginwall subscriberwall premiumwall contentwall leakypaywall memberonly membersonly subscriberonly")
)

// longestDemand bounds, in letters, a block that is a demand, and a small box around one.
const (
	longestDemand = 400
	longestBox    = 900
)

// A demand says how surely a block, with the small box around it, asks to pay for the rest of the text.
type demand int

const (
	noDemand   demand = iota
	likely            // in words that a text may have, too
	undeniable        // it says that this text is for those who pay
)

// demands judges block i.
func (s *scene) demands(i int) demand {
	b := &s.blocks[i]
	if b.letters == 0 || b.letters >= longestDemand || b.Media != nil || (is(b.node, atom.Nav, atom.Footer, atom.Header) || ancestor(b.node, atom.Nav, atom.Footer, atom.Header) != nil) && !s.walled(b.node) {
		return noDemand
	}
	unspaced := hasUnspaced(b.Text.S)
	if unspaced && unspacedWall.MatchString(b.Text.S) {
		return undeniable
	}
	reads, pays := goesOnReading.in(b.key), asksToPay(b.key)
	box := s.wallBox(b.node)
	walled := box != nil
	switch {
	case pays && containsAny(b.key, reservers) && reserved.MatchString(b.key), containsAny(b.key, remainders) && remains.MatchString(b.key):
		return undeniable
	case walled && (pays || reads || unspaced && containsAny(b.Text.S, unspacedPay)):
		return undeniable
	case letter.in(b.key):
		return noDemand
	case walled && s.below(box).letters < hardlyAny:
		return likely // whatever it says: the rest of an article that is free is longer
	case reads && pays, strings.Contains(b.key, "lesen") && plans.MatchString(b.key):
		return likely
	case reads || pays:
		around := s.boxed(i)
		if letter.in(around) {
			return noDemand
		}
		if reads && asksToPay(around) || pays && b.Kind.Heading() && goesOnReading.in(around) {
			return likely
		}
	}
	return noDemand
}

// walled reports whether an element stands in a wallBox.
func (s *scene) walled(n *html.Node) bool { return s.wallBox(n) != nil }

// wallBox returns the small element around n, or n, that is named as a wall, or nil; outlets give that name to whole articles, too.
func (s *scene) wallBox(n *html.Node) *html.Node {
	for ; n != nil && !is(n, atom.Body, atom.Main, atom.Article); n = n.Parent {
		if s.below(n).letters > longestBox {
			return nil
		}
		if namedWall(n) {
			return n
		}
	}
	return nil
}

// namedWall reports whether an element calls itself a wall.
func namedWall(n *html.Node) bool {
	for i := range n.Attr {
		said := n.Attr[i].Val
		if !names(n.Attr[i].Key) || len(said) >= longestClass {
			continue
		}
		for start, end, ok := token(said, 0); ok; start, end, ok = token(said, end) {
			if end-start >= shortestWall && wallName[strings.ToLower(said[start:end])] {
				return true
			}
		}
	}
	return false
}

// shortestWall is how many letters the words of wallName have at least.
const shortestWall = 7

// asksToPay reports whether a folded text speaks of paying, or of the account of one who does.
func asksToPay(folded string) bool { return paying.in(folded) || payingWhole.whole(folded) }

// boxed returns the folded text of the small box around block i, without the block's own.
func (s *scene) boxed(i int) string {
	box := s.blocks[i].node
	for box != nil && box.Parent != nil && !is(box.Parent, atom.Body, atom.Main, atom.Article) && s.below(box.Parent).letters <= longestDemand {
		box = box.Parent
	}
	var b strings.Builder
	for j := max(0, i-6); j < len(s.blocks) && j <= i+6; j++ {
		if j != i && within(s.blocks[j].node, box) {
			b.WriteString(s.blocks[j].key)
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// A wall is a demand to pay that was found.
type wall struct {
	is   demand
	at   int    // its block; -1 if that is none of the text's scene
	says string // folded
	near bool   // it stands at the end of the text and in the same box
}

// findWall looks for a demand to pay at the end of the text and behind it; where nothing is kept, in all of the page. Of the demands that are
// as sure the first counts.
func (r *reading) findWall() {
	r.found.at = -1
	s, keep := r.scene, r.keep
	if r.taken != nil {
		r.wallAround()
	}
	last := lastKept(s, keep)
	from, to := max(0, last-3), min(len(s.blocks)-1, last+12)
	if last < 0 {
		from, to = 0, len(s.blocks)-1
	}
	for i := from; i <= to; i++ {
		if is := s.demands(i); is > r.found.is && !goesOnBehind(s, keep, i) {
			behind := 0
			for j := i - 1; j >= 0 && (!keep[j] || s.blocks[j].letters == 0); j-- {
				behind++
			}
			own := s.blocks[i].node
			r.found = wall{is: is, at: i, says: s.blocks[i].key, near: behind <= 2 && (s.top == nil || within(own, s.top) || within(own, s.top.Parent))}
		}
	}
}

// goesOnBehind reports whether the text goes on behind block i: no wall stands there.
func goesOnBehind(s *scene, keep []bool, i int) bool {
	const prose = 80 // letters
	for i++; i < len(keep); i++ {
		if b := &s.blocks[i]; keep[i] && b.Media == nil && !b.Kind.Heading() && b.letters >= prose && s.demands(i) == noDemand {
			return true
		}
	}
	return false
}

func lastKept(s *scene, keep []bool) int {
	for i := len(keep) - 1; i >= 0; i-- {
		if keep[i] && s.blocks[i].letters > 0 {
			return i
		}
	}
	return -1
}

// wallAround looks for a demand to pay around the elements that a rule takes, and in those that it drops: a rule says what the text is, and not that
// all of it is there.
func (r *reading) wallAround() {
	look := func(root *html.Node, from *html.Node, most int, least demand) {
		outer := stage(cut(root, r.head.base, "", liveness{few: usualEntries}).blocks, r.head, headline{})
		behind := from == nil
		passed := map[*html.Node]bool{}
		if !behind {
			walk(root, func(n *html.Node) bool {
				behind = behind || n == from
				if !behind || within(n, from) {
					passed[n] = true
				}
				return true
			})
		}
		seen := 0
		for i := range outer.blocks {
			b := &outer.blocks[i]
			if passed[b.node] || b.letters == 0 {
				continue
			}
			if seen++; seen > most {
				return
			}
			if is := outer.demands(i); is >= least && is > r.found.is {
				r.found = wall{is: is, at: -1, says: b.key, near: seen <= 2}
			}
		}
	}
	if r.behind != nil {
		look(r.tree, r.behind, 12, likely)
	}
	for _, n := range r.dropped {
		if lettersIn(textOf(n)) <= longestBox {
			look(n, nil, 12, undeniable)
		}
	}
}

// wall reports whether a demand to pay stands behind a text of so many letters that was left in the open. Behind a long text it must say that
// this very text goes on for those who pay, close to the text's end; and data that call the article free are then believed.
func (r *reading) wall(letters int) bool {
	switch {
	case r.found.is == noDemand:
		return false
	case letters <= 3*brief:
		return true
	}
	return r.found.near && (r.found.is == undeniable || thisText.in(r.found.says)) && !r.calledFree()
}

// thisText names the text that a demand speaks of.
var thisText = phraseList(`this article|this story|this post|this piece|the rest of|the full article|the full story|diesen artikel|den ganzen artikel|den vollständigen|cet article|la suite|este artículo|esta nota|este artigo|esta matéria|questo articolo|эту статью|этот материал|dit artikel|tego artykułu|artykuł`)

// withhold takes out of what is kept the demand itself, and what stands in elements that the article's data name as kept for those who pay. Where
// these hold the whole text there is no open part to be told from a closed one: the page counts its readers' visits and sends all of it to everyone.
func (r *reading) withhold() {
	if r.found.at >= 0 && r.wall(r.kept()) {
		r.keep[r.found.at] = false
		for i := r.found.at + 1; i < len(r.keep); i++ { // the rest of its box
			if b := &r.scene.blocks[i]; b.letters > 0 && r.scene.demands(i) == noDemand {
				break
			}
			r.keep[i] = false
		}
	}
	var locked []*html.Node
	for _, selector := range r.head.lockedParts(r.report.URL) {
		if sel, err := cascadia.ParseGroup(selector); err == nil {
			locked = append(locked, cascadia.QueryAll(r.tree, sel)...)
			if r.taken != nil && r.taken.Parent == nil {
				locked = append(locked, cascadia.QueryAll(r.taken, sel)...)
			}
		}
	}
	if len(locked) == 0 {
		return
	}
	closed := make([]bool, len(r.keep))
	open := 0
	for i := range r.scene.blocks {
		for _, n := range locked {
			closed[i] = closed[i] || within(r.scene.blocks[i].node, n)
		}
		if b := &r.scene.blocks[i]; r.keep[i] && !closed[i] && b.Media == nil && !b.Kind.Heading() {
			open += b.letters
		}
	}
	if open < hardlyAny {
		return
	}
	left := 0
	for i := range r.keep {
		if r.keep[i] && closed[i] {
			r.keep[i] = false
			left += r.scene.blocks[i].letters
		}
	}
	if left > 0 {
		r.report.note("left out: what the page's data name as kept for those who pay")
	}
}

// kept counts the letters of what is kept.
func (r *reading) kept() int {
	n := 0
	for i := range r.scene.blocks {
		if r.keep[i] && r.scene.blocks[i].Media == nil {
			n += r.scene.blocks[i].letters
		}
	}
	return n
}

// calledFree reports whether the article's data say that all of it may be read for free.
func (r *reading) calledFree() bool {
	o := r.head.article
	if o == nil || o["isAccessibleForFree"] == nil || !r.head.ours(o, r.report.URL) {
		return false
	}
	denied, parts := o.denied()
	return !denied && parts == nil
}

// ours reports whether an object of the page's data speaks of this page: pages describe the articles they tease as well. One that has another
// headline and names another address is not ours.
func (h *head) ours(o object, pageURL string) bool {
	if k := key(o.text("headline")); k != "" {
		if len(h.h1) > 0 && k == key(textOf(h.h1[0])) {
			return true
		}
		for _, said := range []string{h.first("og:title"), h.first("twitter:title"), h.title} {
			if s := key(said); s != "" && (strings.HasPrefix(s, k) || strings.HasPrefix(k, s)) {
				return true
			}
		}
	}
	own := map[string]bool{address.Key(pageURL): true, address.Key(h.rel("canonical")): true, address.Key(address.Resolve(h.base, h.first("og:url"))): true}
	if pageURL == "" && len(own) == 1 {
		return true // nobody knows the page's address
	}
	named := false
	for _, name := range []string{"url", "mainEntityOfPage", "@id"} {
		said := address.Resolve(h.base, o.address(name))
		if !strings.HasPrefix(said, "http") || rootOnly(said) {
			continue
		}
		if own[address.Key(said)] {
			return true
		}
		named = true
	}
	return !named
}

// walled reports whether the page says to machines that it, or a part of it, may not be read for free: the data of the article decide before those
// of the page, and where these say nothing the tier in the head. What is said of other articles is not asked.
func (h *head) walled() bool {
	said := false
	judge := func(o object) bool {
		if !h.ours(o, h.url) {
			return false
		}
		said = said || o["isAccessibleForFree"] != nil
		denied, _ := o.denied()
		return denied || o.partDenied()
	}
	if h.article != nil && judge(h.article) {
		return true
	}
	for _, o := range h.objects {
		if hasType(o, "WebPage") && judge(o) {
			return true
		}
	}
	return !said && strings.EqualFold(h.first("article:content_tier"), "locked")
}

// partDenied reports whether an object has a part that is not free, whatever it says of itself.
func (o object) partDenied() bool {
	parts, ok := o["hasPart"].([]any)
	if !ok {
		parts = []any{o["hasPart"]}
	}
	for _, p := range parts {
		if part, ok := p.(map[string]any); ok {
			if denied, _ := object(part).denied(); denied {
				return true
			}
		}
	}
	return false
}

// lockedParts returns the selectors of what the data of this page name as kept for those who pay.
func (h *head) lockedParts(pageURL string) []string {
	var list []string
	for _, o := range h.objects {
		if (o.article() || hasType(o, "WebPage")) && h.ours(o, pageURL) {
			_, selectors := o.denied()
			list = append(list, selectors...)
		}
	}
	return list
}

// begins reports whether the text in the open is the beginning of a longer one that the page keeps as data: it breaks off where a reader's page ends.
// Whoever reads on in the data reads what the page does not show.
func begins(blocks []doc.Block, whole string) bool {
	open, first := 0, ""
	for _, b := range blocks {
		if b.Media != nil || b.Kind.Heading() {
			continue
		}
		if k := key(b.Text.S); len(k) >= scrap && strings.Contains(whole, strings.TrimSuffix(k, " ")) {
			if first == "" {
				first = k
			}
			open += lettersIn(b.Text.S)
		}
	}
	return open >= hardlyAny && strings.Index(whole, first) <= len(whole)/5
}
