package extract

import (
	"fmt"
	"iter"
	"strconv"
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// What servers send in place of an article with little text of its own: the page that says that there is none, and the one that looks for a
// human. Folded; a phrase stands for the words that begin with it, too.
var (
	notFound = phraseList(`page not found|not found|page cannot be found|page could not be found|could not be found|couldn t be found|can t be found|no longer exist|no longer available|page doesn t exist|page does not exist|error 404|404 error|404
nicht gefunden|existiert nicht|nicht mehr verfügbar|page introuvable|page non trouvée|n existe pas|n existe plus|introuvable|no encontrad|no se ha encontrado|no se encuentra|no existe|ya no está disponible|não encontrad|não existe|non trovat|non esiste
не найден|не существует|не знайден|nie znalezion|nie została znaleziona|nie istnieje|niet gevonden|bestaat niet|hittades inte|finns inte|ikke funnet|finnes ikke|ikke fundet|findes ikke|ei löydy|bulunamadı|nenalezen|nem található|غير موجود`)
	notFoundUnspaced = []string{"見つかりません", "見つかりませんでした", "存在しません", "찾을 수 없", "不存在", "找不到", "未找到"}

	humans = phraseList(`just a moment|verifying you are human|verify you are human|verify that you are human|verify you re human|are you human|are you a robot|not a robot|checking your browser|checking if the site|security of your connection|security check|access to this page has been denied|access denied|you have been blocked|unusual traffic|automation tools|automated access|captcha|ddos protection|pardon our interruption|enable javascript and cookies|bot detection|request blocked
bestätigen sie dass sie|kein roboter|zugriff verweigert|sicherheitsüberprüfung|vous n êtes pas un robot|êtes vous un robot|accès refusé|vérification de sécurité|no eres un robot|no es un robot|acceso denegado|verificación de seguridad|não é um robô|não sou um robô|acesso negado|non sei un robot|accesso negato|вы не робот|доступ запрещ|проверка браузера|nie jesteś robotem|odmowa dostępu|geen robot|toegang geweigerd|inte är en robot|nekad åtkomst`)
	humansUnspaced = []string{"ロボットではありません", "アクセスが拒否", "人間であること", "로봇이 아닙니다", "验证您是真人", "人机验证", "安全验证"}
)

// stopped reports whether the little text that was found is a server's own: it says that there is no such page, or looks for a human. Title or
// first heading must say it, and the text must say it as well or be hardly any. What is said goes into none.
func (r *reading) stopped(d doc.Document, letters int, none *NotArticle) bool {
	if letters >= brief || r.head.article != nil {
		return false
	}
	said := key(d.Title.S + " " + r.head.title)
	for _, n := range r.head.h1 {
		if len(said) < 8*brief {
			said += " " + key(textOf(n))
		}
	}
	seen := 0 // bytes of the page's text
	for i := range r.scene.blocks {
		if b := &r.scene.blocks[i]; b.Media == nil && seen < 8*brief {
			seen += len(b.key)
			if b.Kind == doc.Heading2 {
				said += " " + b.key
			}
		}
	}
	is := func(list phrases, unspaced []string) bool {
		says := func(s string) bool { return list.in(s) || containsAny(s, unspaced) }
		return says(said) && (letters < hardlyAny || r.bodySays(says))
	}
	switch {
	case is(humans, humansUnspaced):
		none.what, none.help = "its server looks for a human in front of the browser, and sends no article to a program", "open it in a browser, or ask the outlet for access; such a test is never answered by this program"
	case is(notFound, notFoundUnspaced):
		none.what, none.help = "it says that there is no such page", "look at the address, or search for the article at the outlet"
	default:
		return false
	}
	r.report.note(none.what)
	return true
}

// bodySays reports whether one of the page's paragraphs says something.
func (r *reading) bodySays(says func(string) bool) bool {
	for i := range r.scene.blocks {
		if b := &r.scene.blocks[i]; b.Media == nil && !b.Kind.Heading() && says(b.key) {
			return true
		}
	}
	return false
}

// muchShorter reports whether a text is much shorter than another, in letters, of which less than a paragraph or two says nothing.
func muchShorter(letters, of int) bool { return of >= 2*hardlyAny && letters*5 < of*3 }

// Against holds an article against a text that is known of it from elsewhere, such as the item of its feed: note says that the article is much
// shorter, and is empty if it is not; begun reports that besides it is the beginning of that text, which then goes on where the page ends.
func Against(d doc.Document, text string) (note string, begun bool) {
	if text == "" {
		return "", false
	}
	of := lettersIn(text)
	letters := lettersOf(d)
	if !muchShorter(letters, of) {
		return "", false
	}
	return fmt.Sprintf("much shorter than the item of the feed: %d letters of %d", letters, of), begins(d.Blocks, key(text))
}

// lettersOf returns how many letters the text of an article has, without captions.
func lettersOf(d doc.Document) int {
	letters := 0
	for t := range told(d) {
		letters += lettersIn(t)
	}
	return letters
}

// told yields the texts of an article, without captions.
func told(d doc.Document) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, b := range d.Blocks {
			if b.Media != nil {
				continue
			}
			if !yield(b.Text.S) {
				return
			}
			for _, row := range b.Rows {
				for _, cell := range row {
					if !yield(cell.S) {
						return
					}
				}
			}
		}
	}
}

// compare holds the length of what was found against what the page's data say of it: the number of words and the text. Numbers of words may
// count comments or characters: what is much longer is noted, for a person.
func (r *reading) compare(d doc.Document) {
	o := r.head.article
	if o == nil || !r.head.ours(o, r.report.URL) {
		return
	}
	letters := lettersOf(d)
	if n := r.head.bodyLetters(); muchShorter(letters, n) {
		r.report.note(fmt.Sprintf("much shorter than the text in the page's data: %d letters of %d", letters, n))
	}
	n := wordCount(o)
	if n < 100 || letters*5 >= n*8 { // letters, too: words of some scripts have no spaces between them
		return
	}
	words := 0
	for t := range told(d) {
		words += len(strings.Fields(t))
	}
	if words*5 < n*2 {
		r.report.note(fmt.Sprintf("much shorter than the page says: %d words of %d", words, n))
	}
}

// bodyOf returns the text that an object of the page's data holds; empty if it has none that could be a document's.
func bodyOf(o object) string {
	raw, _ := o["articleBody"].(string)
	if len(raw) > doc.MaxText {
		return ""
	}
	return raw
}

// bodyLetters counts the letters of the text that the data of the article hold; 0 if they hold none.
func (h *head) bodyLetters() int {
	if h.letters < 0 {
		h.letters = lettersIn(unescaped(bodyOf(h.article)))
	}
	return h.letters
}

// wordCount returns how many words an object says that it has; 0 if it says nothing.
func wordCount(o object) int {
	switch v := o["wordCount"].(type) {
	case float64:
		if v > 0 && v < 1e6 {
			return int(v)
		}
	case string:
		if n, err := strconv.Atoi(strings.TrimSpace(v)); err == nil && n > 0 && n < 1e6 {
			return n
		}
	}
	return 0
}
