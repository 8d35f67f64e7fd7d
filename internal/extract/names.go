package extract

import (
	"strings"

	"golang.org/x/net/html"
)

// A naming says what the words of an element's class and id claim about what it holds. The lists are of words that web designers use by
// convention, in English and in the languages of outlets; they judge elements, never text.
type naming struct {
	other bool // other stories, advertising, readers' words, requests
	small bool // data about the article, tools beside it
	body  bool // the article's text
	more  bool // other, and that by the word "more" alone: either more of the text, or other stories
}

// otherWords are names of what is no part of the article, wherever it stands.
var otherWords = set(`ad ads advert adverts advertisement advertising adsense adbox adslot sponsor sponsored outbrain taboola promo promos promotion promoted promobox
related relateds recommended recommendation recommendations recirc recirculation teaser teasers more readmore morenews alsoread seealso popular mostread mostpopular trending latest headlines upnext nextup carousel slider
bio biography authorbio authorbox authorinfo comment comments commentlist respond reply replies discussion disqus forum
newsletter newsletters signup subscribe subscription subscriptions membership donate donation
share shares sharing sharebar social socials follow sharedaddy addthis addtoany jp
cookie cookies consent gdpr privacy modal popup overlay lightbox dialog
nav navigation navbar menu menus breadcrumb breadcrumbs pagination pager sidebar sidebars masthead footer sitefooter colophon
widget widgets disclaimer disclosure placeholder poll quiz survey login search searchform coupon shop affiliate
verwandt weiterlesen mehrzumthema themen anzeige werbung kommentare kommentar empfehlung meistgelesen
articles-lies lireaussi publicite abonnement relacionadas relacionados publicidad publicidade compartir compartilhar correlati pubblicita condividi reklama`)

// smallWords are names of what stands beside the text and tells about it.
var smallWords = set(`meta metadata byline author authors profile avatar date dateline timestamp time published updated tag tags taglist keywords category categories topic topics label labels kicker eyebrow
caption captions credit credits copyright source sources photo image gallery figcaption legend toolbar tools tool actions action button buttons btn icon icons print listen audio player toc rating ratings reading
infobox correction postmeta entrymeta hidden notice alert flag print-only noprint screen`)

// bodyWords are names of what holds the text.
var bodyWords = set(`body content text article articlebody story storybody post postbody entry entrycontent paragraph paragraphs copy prose main richtext wysiwyg maincontent bodytext fulltext artikel artikeltext texte cuerpo corpo texto testo`)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// namingOf reads what an element calls itself.
func namingOf(n *html.Node) naming {
	var out naming
	var small [longestNaming]byte
	before, others := false, 0 // whether the word before is "author"
	for i := range n.Attr {
		said := n.Attr[i].Val
		if !names(n.Attr[i].Key) || len(said) >= longestClass {
			continue
		}
		for start, end, ok := token(said, 0); ok; start, end, ok = token(said, end) {
			if end-start > len(small) {
				before = false
				continue
			}
			w := small[:end-start]
			for i := range w {
				w[i] = said[start+i] | 0x20
			}
			v := naming{}
			if namingLengths[w[0]]&(1<<len(w)) != 0 {
				v = namings[string(w)]
			}
			out.other, out.small, out.body, out.more = out.other || v.other, out.small || v.small, out.body || v.body, out.more || string(w) == "more" || string(w) == "readmore"
			if v.other {
				others++
			}
			if before && (string(w) == "box" || string(w) == "info" || string(w) == "bio") {
				out.other = true // written as two words
			}
			before = string(w) == "author"
		}
	}
	out.more = out.more && others == 1
	return out
}

// onlyClass reports whether namingOf asks nothing but one class.
func onlyClass(n *html.Node) bool {
	classes := 0
	for i := range n.Attr {
		if n.Attr[i].Key == "class" {
			classes++
		} else if names(n.Attr[i].Key) {
			return false
		}
	}
	return classes == 1
}

// namingLengths are the lengths of the words of namings, as lengthsOf gives them.
var namingLengths = lengthsOf(namings)

// longestNaming is how many letters a word of namings has at most.
const longestNaming = 16

// namings are the three lists in one, so that a word is looked up once.
var namings = func() map[string]naming {
	m := map[string]naming{}
	for _, words := range []map[string]bool{otherWords, smallWords, bodyWords} {
		for w := range words {
			m[w] = naming{other: otherWords[w], small: smallWords[w], body: bodyWords[w]}
		}
	}
	return m
}()
