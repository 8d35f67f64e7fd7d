package extract

import (
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/text/unicode/norm"

	"github.com/dragoman-newsroom/dragoman/internal/address"
	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// dateShape says what dateLike looks for.
var dateShape = regexp.MustCompile(`\d{1,2}[:.h]\d{2}|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b(?:19|20)\d{2}\b|\d+\s*(?:年|月|日)`)

// What spares a text an expression may never answer otherwise than the expression does.
func TestShortcutsAgreeWithExpressions(t *testing.T) {
	check := func(what, s string, got, want bool) {
		t.Helper()
		if got != want {
			t.Errorf("%s of %q is %v, want %v", what, s, got, want)
		}
	}
	for _, s := range []string{
		"", "—", "Copyright 2024", "copyright", "copyrighted", "© Outlet", "– © Outlet", "((c) 2024 Outlet", "(C)2024", "----copyright", "abc copyright", "_copyright", "éé© x", "В copyright",
	} {
		check("claimsPage", s, claimsPage(s), ownership.MatchString(s))
	}
	for _, s := range []string{
		"Photo: Ana Lima", "foto von Ana Lima", "Photos credits: Ana Lima", "image by Ana Lima", "PICTURE: Ana Lima", "Bild: Ana Lima", "bildquelle: Ana Lima", "Bildnachweis: Ana Lima",
		"crédit photo : Ana Lima", "Crédits: Ana Lima", "credit: Ana Lima", "fotografías: Ana Lima", "imágenes: Ana Lima", "imagens: Ana Lima", "Immagini: Ana Lima", "zdjęcie: Ana Lima",
		"Фото: Ana Lima", "фото: Ana Lima", "(Photo: Ana Lima)", "»фото: Ana Lima", "…… Фото: Ana Lima", "Notes: Ana Lima", "éPhoto: Ana Lima", "1 photo: Ana Lima",
	} {
		check("creditsOnly", s, creditsOnly(s), creditLine.MatchString(s))
	}
	for _, s := range []string{"", "Error in /var/www/x.php on line 12", "Error in /var/www/x.php on line 12.", "thrown in x on line 7", " in C:\\x on line ٣", "stands on line 5"} {
		check("failed", s, failed(s), programError.MatchString(s))
	}
	for _, s := range []string{
		"By Nora Feld", "\u00a0by\u00a0Nora Feld", "BY: Nora Feld", "Written by Nora Feld", "Story by Nora Feld", "View all posts by Nora Feld", "Alle Beiträge von Nora Feld", "Voir tous les articles de Nora Feld", "Ver todas as publicações de Nora Feld",
		"Écrit par Nora Feld", "von Nora", "Текст: Нора", "подготовила Нора", "بقلم نورا", "글 홍길동", "文＝後藤", "　取材・文：後藤", "写真・文／後藤", "聞き手・文：後藤", "記者 張三", "本报记者张三", "实习记者 张三", "图文/张三", "筆者：後藤", "text＝後藤",
		"Nora Feld", "Byron", "Bylaws of the harbour", "文化", "", " ",
	} {
		check("withoutBy", s, written{}.withoutBy(s) != s, by.MatchString(s))
	}
	for _, s := range []string{"A, B", "A;B", "A / B", "A｜B", "A|B", "A & B", "A and B", "A\tund\nB", "A y B", "A и B", "A та B", "後藤・山田", "A、B", "A，B", "A／B", "A", "", "Andy Band"} {
		check("separators", s, separators(s) != nil, between.MatchString(s))
	}
	for _, s := range []string{"12:30", "on 3/4/2024", "in 1999", "5 月", "五月", "tomorrow", "٣/٤/٢٠٢٤", "no 7"} {
		check("dateLike", s, dateLike(s), dateShape.MatchString(s))
	}
	for _, name := range append([]string{"harbour", "BLANK", "Lazy-Load", "lazyloading", "pixels"}, placeholderWords...) {
		for _, s := range []string{"https://a.example/i/" + name + ".gif", "https://a.example/" + name + "-2.PNG?x=1", "https://a.example/my" + name + ".jpg"} {
			check("placeholder", s, placeholder(s), placeholders.MatchString(s))
		}
	}
	for _, s := range []string{"", "plain", "été", "e\u0301", "“quoted” – so…", "\u2000", "\u2001x", "\u2002", "日本", "각", "\u1100\u1161", "\u0340", "\xe2\x80", "\xff", "K", "Å"} {
		check("composed", s, composed(s), norm.NFC.IsNormalString(s))
	}
}

// A next page is found by its number however its link is written.
func TestMayLeadTo(t *testing.T) {
	for _, c := range []struct {
		ref  string
		want bool
	}{
		{"/story/page/2", true},
		{"/story/2/", true},
		{"story-2.html#top", true},
		{"STORY_2.HTM", true},
		{"?page=2&utm_source=x", true},
		{" /story/2\n", true},
		{"/sto\nry/2x", true},
		{`\story\2\`, true},
		{"/story/２", true},
		{"/story/page/3", false},
		{"/2024/story", false},
		{"/story-12", false},
		{"/story2", false},
		{"/stage2", true},
		{"?id=12&x=2024", false},
		{"?id=12&p=02", true},
		{"#2", false},
	} {
		if got := mayLeadTo(c.ref, "2"); got != c.want {
			t.Errorf("mayLeadTo(%q) is %v, want %v", c.ref, got, c.want)
		}
	}
}

// No reference is passed over that resolves to an address with the number.
func TestMayLeadToAgreesWithResolving(t *testing.T) {
	pieces := []string{"", "/", "//www2.example/", "https://a.example/", "story", "2", "02", "12", "page", "p", "/page/", "-p", "_s_", "?page=", "?utm_source=2", "&p=2", "?x=y", ".html", "/.", "..", `\`, "%32", "%2", " 2", "\t", "é", "２", "#2", "s2", "=2", "?2"}
	led := 0
	for _, base := range []string{"https://a.example/story", "https://a.example/story/page/2", "https://a.example/story/page/2/", "https://a.example/s?p=2", "https://a.example/page-2/index.html"} {
		inBase := strings.Contains(base, "2")
		for _, a := range pieces {
			for _, b := range pieces {
				for _, c := range pieces {
					ref := a + b + c
					if mayLeadTo(ref, "2") || inBase && leansOnBase(ref) || ref == "" {
						continue
					}
					if k := address.Key(address.Resolve(base, ref)); ownPage(k) == 2 {
						t.Errorf("%q from %s leads to %s and is passed over", ref, base, k)
					}
					led++
				}
			}
		}
	}
	if led < 1000 {
		t.Errorf("only %d references are passed over", led)
	}
}

// What is no text is found byte by byte as it was character by character.
func TestGarbledAgreesWithCharacters(t *testing.T) {
	for _, piece := range []string{"\x00", "\x01", "\x7F", "\uFFFD", "\xFF", "\xC3", "é", "\t", "\n", "a", "日"} {
		for bad := range 14 {
			for _, rest := range []string{"", "some words", strings.Repeat("some words – and more ", 30)} {
				text := strings.Repeat(piece, bad) + rest
				controls, all := 0, 0
				for _, r := range text {
					all++
					if r == unicode.ReplacementChar || r < ' ' && !strings.ContainsRune("\t\n\r\f", r) || r == 0x7F {
						controls++
					}
				}
				if got, want := garbled([]byte(text)), controls > fewControls && controls*mostControl > all; got != want {
					t.Errorf("garbled(%.40q) is %v, want %v", text, got, want)
				}
			}
		}
	}
}

// What begins as a page does is no feed.
func TestStartsFeedPassesNoFeedOver(t *testing.T) {
	for _, s := range []string{"<!DOCTYPE html><rss>", "<HTML><feed>", "<html lang=en>", "<htmlx:feed >", "<html:feed>", "<rss>", "<?xml version='1.0'?><feed xmlns=x>", "<!-- x --><rdf:RDF >", "<!DOCTYPE rss><rss >", "{\"version\": \"https://jsonfeed.org/version/1\"}"} {
		if isFeed(s) && !startsFeed(s) {
			t.Errorf("%q is a feed and passed over", s)
		}
	}
}

// The words that are looked up by length have no length beyond what is looked up.
func TestWordsFitTheirBounds(t *testing.T) {
	for w := range namings {
		if len(w) > longestNaming {
			t.Errorf("%q is longer than %d letters", w, longestNaming)
		}
	}
	for w := range questionWords {
		if len(w) > longestNaming {
			t.Errorf("%q is longer than %d letters", w, longestNaming)
		}
	}
	for w := range wallName {
		if len(w) < shortestWall {
			t.Errorf("%q is shorter than %d letters", w, shortestWall)
		}
	}
}

// Elements of one class call themselves the same only where nothing but the class says something.
func TestNamingOfAClassIsThatOfItsElements(t *testing.T) {
	tree, err := parse(`<div class="teaser"><p>a</p><div class="teaser" id="story-body"><p>b</p></div><div role="main" class="teaser"><p>c</p></div><div class="teaser">` +
		`<p class="author Box readMore">d</p></div><div id="content"><p class="">e</p></div><div class="teaser" data-qa="share"><p>f</p></div></div>`)
	if err != nil {
		t.Fatal(err)
	}
	s := stage(cut(tree, "https://a.example/", "en", liveness{}).blocks, readHead(tree, nil, "https://a.example/", nil), headline{})
	if len(s.spots) < 12 {
		t.Fatalf("only %d elements", len(s.spots))
	}
	for n, v := range s.spots {
		if got, want := v.naming(), namingOf(n); got != want {
			t.Errorf("%v calls itself %+v, want %+v", n.Attr, got, want)
		}
	}
}

// Every character that composed passes by itself is one that normal form C leaves alone, whatever stands before it.
func TestComposedOfEachCharacter(t *testing.T) {
	for r := rune(1); r <= 0xFFFF; r++ {
		for _, s := range []string{string(r), "a" + string(r), "e" + string(r) + "x", "\u0438" + string(r), "\u1100" + string(r)} {
			if got, want := composed(s), norm.NFC.IsNormalString(s); got != want {
				t.Fatalf("composed(%+q) is %v, want %v", s, got, want)
			}
		}
	}
}

// key and lettersIn pass plain letters by a table; of every character they say what the long way says.
func TestKeyAndLettersOfEachCharacter(t *testing.T) {
	for r := rune(1); r <= 0x2FFFF; r++ {
		want, weight := "", letterWeight(r)
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			want = string(unicode.ToLower(r))
		}
		s := string(r)
		if r >= 0xD800 && r < 0xE000 {
			continue
		}
		if got := key(s); got != want {
			t.Fatalf("key(%+q) is %q, want %q", s, got, want)
		}
		if want != "" {
			want = " " + want
		}
		if got := key("A " + s + "."); got != "a"+want {
			t.Fatalf("key(A %+q.) is %q", s, got)
		}
		if got := lettersIn("7" + s + " b"); got != weight+2 {
			t.Fatalf("lettersIn(7%+q b) is %d, want %d", s, got, weight+2)
		}
	}
	for _, s := range []string{"\xff", "a\xffb", "\xe2\x80", "x\xc3"} {
		if got := composed(s); got != norm.NFC.IsNormalString(s) {
			t.Errorf("composed(%q) is %v", s, got)
		}
	}
	long := strings.Repeat("Wört, ", 500)
	if got := key(long); got != strings.TrimSpace(strings.Repeat("wört ", 500)) {
		t.Errorf("key of a long text is %q", got)
	}
}

// The writer writes runs of characters as it would write one after the other.
func TestRunsAreWrittenAsTheirCharacters(t *testing.T) {
	slowly := func(w *writer, s string) {
		for i, r := range s {
			switch n := utf8.RuneLen(r); {
			case white(r):
				w.space(' ')
			case r < ' ', r == 0x7F, r >= utf8.RuneSelf && invisible(r):
			default:
				if w.put(s[i:i+n]) || r >= utf8.RuneSelf {
					w.count(letterWeight(r))
				}
			}
		}
	}
	check := func(s string, strong bool) {
		t.Helper()
		var fast, slow writer
		for _, w := range []*writer{&fast, &slow} {
			if strong {
				w.begin(doc.Strong)
			}
		}
		fast.text(s)
		slowly(&slow, s)
		if string(fast.b) != string(slow.b) || fast.owed != slow.owed || fast.out.letters != slow.out.letters || fast.out.strong != slow.out.strong {
			t.Fatalf("%.20q is written %.20q, %d letters, %q owed; want %.20q, %d, %q", s, fast.b, fast.out.letters, fast.owed, slow.b, slow.out.letters, slow.owed)
		}
		if line := strings.Trim(string(slow.b), " \u00A0"); cleanLine(s) != line && composed(line) {
			t.Fatalf("the clean line of %.20q is %.20q, want %.20q", s, cleanLine(s), line)
		}
	}
	for r := rune(0); r <= 0xFFFF; r++ {
		if r >= 0xD800 && r < 0xE000 || !composed("a"+string(r)) {
			continue
		}
		check("a"+string(r)+"b", false)
	}
	pieces := []string{"", "a", "Z9", " ", "\n", "é", "×", "ß", "ʿ", "ж", "’", "–", "\u200B", "\u2028", "\u00AD", "\u00A0", "日", ".", "\x01", "\x7F", "_"}
	for _, a := range pieces {
		for _, b := range pieces {
			for _, c := range pieces {
				for _, d := range pieces {
					check(a+b+c+d, true)
				}
			}
		}
	}
	long := strings.Repeat("wort é ", doc.MaxText/8+2)
	for cut := range 20 {
		check(strings.Repeat("x", cut)+long, false)
	}
}

// What spares most addresses, file names and identifiers an expression never answers otherwise than the expression does.
func TestShortcutsOfCutting(t *testing.T) {
	for _, s := range []string{
		"https://www.GoogleTagManager.com/ns", "https://a.example/ads?x", "https://a.example/ad/1", "https://a.example/reads/1", "https://a.example/ad", "https://facebook.com/plugins/like.php",
		"https://facebook.com/plugins/post.php", "https://platform.twitter.com/widgets/follow.html", "https://a.example/recaptcha", "https://diſqus.example/", "about:blank", "https://a.example/video/1",
		"https://accounts.google.com/x", "https://a.example/PIXEL.gif", "https://a.example/é/newsletter",
	} {
		if got, want := isNoCard(s), noCard.MatchString(s); got != want {
			t.Errorf("isNoCard(%q) is %v, want %v", s, got, want)
		}
	}
	for _, s := range []string{"", ".jpg", "a.jpg", "a.b.JPEG", "a b.jpg", "IMG_0.WebP", "x.avif", "x.gi", "x.jpegs", "a.png.", "a.Png", "été.png", "A man. Gif"} {
		if got, want := looksLikeFile(s), fileName.MatchString(s); got != want {
			t.Errorf("looksLikeFile(%q) is %v, want %v", s, got, want)
		}
	}
	for _, id := range []string{"", "fn1", "fn", "_ftn12", "Footnote-3", "endnote:7", "fn12345", "edn_1x", "fn１", "div-1"} {
		n := &html.Node{Type: html.ElementNode, DataAtom: atom.P, Data: "p", Attr: []html.Attribute{{Key: "id", Val: id}}}
		if got, want := pointedTo(n), numberedNote.MatchString(id); got != want {
			t.Errorf("pointedTo(%q) is %v, want %v", id, got, want)
		}
	}
}

// What a class says is the same the second time it is asked.
func TestSayingsAreThoseOfTheClass(t *testing.T) {
	known := sayings{}
	for range 2 {
		for class, want := range map[string]saying{
			"": 0, "story": 0, "d-none wide": saysUnseen, "X sr-only": saysUnseen | saysForEars, "DropCap": saysInitial, "twitter-tweet": saysPost, "Wide-IMAGE": saysPicture, "highcharts-root": saysChart,
			"wp-block-embed__wrapper": saysEmbed, "media " + strings.Repeat("x", longestClass): 0,
		} {
			n := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div, Attr: []html.Attribute{{Key: "class", Val: class}}}
			if got := known.of(n); got != want {
				t.Errorf("%q says %b, want %b", class, got, want)
			}
			if got := sayings(nil).of(n); got != want {
				t.Errorf("%q says %b where nothing is remembered, want %b", class, got, want)
			}
		}
	}
}

func TestDateLikeAgreesWithExpression(t *testing.T) {
	pieces := []string{"", "1", "12", "123", "2024", "1999", ".", "/", "-", ":", "h", " ", "a", "_", "é", "年", "日", "\n", "٣"}
	for _, a := range pieces {
		for _, b := range pieces {
			for _, c := range pieces {
				for _, d := range pieces {
					for _, e := range []string{"", "1", "2020", "."} {
						s := a + b + c + d + e
						if got, want := dateLike(s), dateShape.MatchString(s); got != want {
							t.Fatalf("dateLike(%q) is %v, want %v", s, got, want)
						}
					}
				}
			}
		}
	}
}

// matches are texts that an expression matches: one for each way through its alternatives, as short as they can be.
func matches(t *testing.T, re *regexp.Regexp) []string {
	t.Helper()
	var of func(n *syntax.Regexp) []string
	of = func(n *syntax.Regexp) []string {
		switch n.Op {
		case syntax.OpLiteral:
			return []string{string(n.Rune)}
		case syntax.OpCharClass:
			return []string{string(n.Rune[0])}
		case syntax.OpCapture, syntax.OpPlus:
			return of(n.Sub[0])
		case syntax.OpAlternate:
			var list []string
			for _, sub := range n.Sub {
				list = append(list, of(sub)...)
			}
			return list
		case syntax.OpConcat:
			list := []string{""}
			for _, sub := range n.Sub {
				var longer []string
				for _, head := range list {
					for _, tail := range of(sub) {
						longer = append(longer, head+tail)
					}
				}
				list = longer
			}
			return list
		case syntax.OpRepeat:
			list := []string{""}
			for range n.Min {
				list = []string{list[0] + of(n.Sub[0])[0]}
			}
			return list
		default: // what may be empty
			return []string{""}
		}
	}
	parsed, err := syntax.Parse(re.String(), syntax.Perl)
	if err != nil {
		t.Fatal(err)
	}
	list := of(parsed)
	for _, s := range list {
		if !re.MatchString(s) {
			t.Fatalf("%q is no sample of %.40s", s, re)
		}
	}
	return list
}

// Every demand that an expression finds has one of the words that it is looked for by.
func TestDemandsHaveTheirWords(t *testing.T) {
	for _, of := range []struct {
		re    *regexp.Regexp
		words []string
	}{{reserved, reservers}, {remains, remainders}, {noCard, noCardWords}} {
		list := matches(t, of.re)
		if len(list) < 5 {
			t.Errorf("only %d samples of %.40s", len(list), of.re)
		}
		for _, s := range list {
			if !containsAny(strings.ToLower(s), of.words) {
				t.Errorf("%q has none of the words", s)
			}
		}
	}
}

// Phrases are found where a word begins, as by comparing all of them there.
func TestPhrasesAreFoundAsByComparingAll(t *testing.T) {
	for _, list := range []phrases{furniture, furnitureWords, furnitureBeginnings, paying, payingWhole, goesOnReading, letter, readerTold, siteSpeaks, humans, notFound, consentMatters[0]} {
		slowly := func(text string, whole bool) bool {
			for _, p := range list.all {
				if strings.Contains(" "+text+" ", " "+p) && !whole || strings.Contains(" "+text+" ", " "+p+" ") {
					return true
				}
			}
			return false
		}
		for _, p := range list.all {
			for _, text := range []string{p, p + "s", "x " + p, "x" + p, p + " x", "x  " + p + " y", p[:len(p)-1], strings.ReplaceAll(p, " ", "  "), "", "x", " "} {
				if got, want := list.in(text), slowly(text, false); got != want {
					t.Errorf("in(%q) is %v, want %v", text, got, want)
				}
				if got, want := list.whole(text), slowly(text, true); got != want {
					t.Errorf("whole(%q) is %v, want %v", text, got, want)
				}
				if got, want := list.begin(text), strings.HasPrefix(text, p) || slices.ContainsFunc(list.all, func(p string) bool { return strings.HasPrefix(text, p) }); got != want {
					t.Errorf("begin(%q) is %v, want %v", text, got, want)
				}
			}
		}
	}
	for _, s := range []string{"", "plain", "“été”", "日本", "x 한국", "カナ", "ㄱ", "\u1100", "ไทย", "٣", "а"} {
		if got, want := hasUnspaced(s), strings.ContainsFunc(s, func(r rune) bool {
			return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
		}); got != want {
			t.Errorf("hasUnspaced(%q) is %v, want %v", s, got, want)
		}
	}
	for _, s := range []string{"", "a|b", "a@b", "é → b", "a · b", "®", "© x", "a b", "– b", strings.Repeat("é", 198) + "|", strings.Repeat("é", 199) + "|"} {
		if got, want := sign(s), utf8.RuneCountInString(s) < 200 && strings.ContainsAny(s, "©|→›»▸►•·@®"); got != want {
			t.Errorf("sign(%.20q) is %v, want %v", s, got, want)
		}
	}
}

// A description is like a text where likeness says so, however early that is left off.
func TestLikeAgreesWithLikeness(t *testing.T) {
	words := strings.Fields("the harbour of lisbon opens again after ten years of work and many said it never would")
	for n := range len(words) + 1 {
		d := description{key: key(strings.Join(words[:n], " "))}
		for from := range len(words) {
			for to := from; to <= len(words); to++ {
				for _, more := range []string{"", " of of", " new", " quite new words", " 日本語 日本", " ไทย"} {
					text := key(strings.Join(words[from:to], " ") + more)
					if got, want := d.like(text), likeness(text, d.key) > 0.75; got != want {
						t.Fatalf("%q like %q is %v, want %v", text, d.key, got, want)
					}
				}
			}
		}
	}
	d := description{key: key("日本語の記事 です 港が開く")}
	for _, text := range []string{"日本語の記事 です 港が開く", "日本語の記事 港が開く", "日本語の記事 です", "記事 です 港が開く 日本語の"} {
		if got, want := d.like(text), likeness(text, d.key) > 0.75; got != want {
			t.Errorf("%q like %q is %v, want %v", text, d.key, got, want)
		}
	}
}

// The letters below an element are those of its text.
func TestLettersBelowAreThoseOfTheText(t *testing.T) {
	tree, err := parse("<p>One <b>tw\u00F6</b>\n<script>three</script><br>four<noscript>x</noscript> \u65e5\u672c <svg><title>five</title></svg></p>")
	if err != nil {
		t.Fatal(err)
	}
	walk(tree, func(n *html.Node) bool {
		if got, want := lettersBelow(n), lettersIn(textOf(n)); got != want {
			t.Errorf("%d letters in %q, want %d", got, textOf(n), want)
		}
		return true
	})
}

// Pieces are found in a body's text as in the whole of it, in whatever order they are asked for.
func TestBodyTextHoldsWhatItHolds(t *testing.T) {
	words := strings.Fields("the harbour opens the harbour opens again 日本語 after ten years of work andmany said it never would a harbour " + strings.Repeat("more of the same words ", 12))
	text := strings.Join(words, " ")
	for _, long := range []bool{false, true} {
		if !long {
			text = text[:120]
		}
		b := bodyTextOf(text)
		if (b.heads != nil) != long {
			t.Fatal("the text is not as long as it should be")
		}
		for from := range 30 {
			for to := from + 1; to < 30; to++ {
				piece := strings.Join(words[from:to], " ")
				for _, piece := range []string{piece, piece + "x", piece[:len(piece)-1], "x" + piece, piece[1:], piece + " other"} {
					if piece == "" {
						continue
					}
					if got, want := b.holdsFrom(piece), strings.Contains(" "+text, " "+piece); got != want {
						t.Fatalf("%q is held from a word on: %v, want %v", piece, got, want)
					}
					if got, want := b.holds(piece), strings.Contains(" "+text+" ", " "+piece+" "); got != want {
						t.Fatalf("%q is held: %v, want %v", piece, got, want)
					}
				}
			}
		}
		text = strings.Join(words, " ")
	}
	for s, want := range map[string]bool{"": false, "123": false, "1234": true, "a123b4567c": true, "12 34": false, "2024年": true, "٢٠٢٤": false} {
		if hasYear(s) != want {
			t.Errorf("hasYear(%q) is %v", s, !want)
		}
	}
}

// A class read in one go says what it says read word by word and piece by piece.
func TestClassesReadInOneGo(t *testing.T) {
	var pieces []string
	for w := range sayingWords {
		pieces = append(pieces, w, strings.ToUpper(w), w+"-x", "x"+w)
	}
	for w := range postWords {
		pieces = append(pieces, w, strings.ToUpper(w), w+"s", "x"+w)
	}
	for _, list := range [][]string{pictureNames, chartNames, initialPieces, {embedPiece}} {
		for _, w := range list {
			pieces = append(pieces, w, strings.ToUpper(w), "x-"+w+"2", w[1:])
		}
	}
	said := saying(0)
	for _, w := range pieces {
		for _, class := range []string{w, " " + w, w + "\n", "story " + w + " wide", "story\t" + w + "\vwide", "story" + w, w + " é", w + "\u00A0x", strings.Repeat("x ", 130) + w, strings.Repeat("x ", 498) + w} {
			got, want := saidBy(class), slowlySaidBy(class)
			if got != want {
				t.Errorf("%q says %b, want %b", class, got, want)
			}
			said |= got
		}
	}
	if said != saysUnseen|saysForEars|saysInitial|saysPost|saysPicture|saysChart|saysEmbed {
		t.Errorf("the classes say only %b", said)
	}
}

// A class answers its questions as classHas does.
func TestQuestionsAgreeWithClassHas(t *testing.T) {
	for word := range questionWords {
		for _, class := range []string{word, strings.ToUpper(word), word + "s", word + "S", word + "es", "x-" + word + "-y", "my" + strings.ToUpper(word[:1]) + word[1:] + "Box", word[1:], word + "x", "a " + word + " b", "averyverylongwordthatisnone " + word} {
			n := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div, Attr: []html.Attribute{{Key: "class", Val: class}}}
			has := questionsOf(class)
			for other, q := range questionWords {
				if classHas(n, other) && has&q == 0 {
					t.Errorf("%q has %q and does not say so", class, other)
				}
			}
			var want question
			for other, q := range questionWords {
				if classHas(n, other) {
					want |= q
				}
			}
			if has != want {
				t.Errorf("%q answers %b, want %b", class, has, want)
			}
		}
	}
}

// A line of credits begins with one of the stems that are looked for.
func TestCreditsHaveTheirStems(t *testing.T) {
	found := 0
	for _, who := range strings.Split("photo|photos|foto|images|picture|bild|photo credits|image credit|crédit|crédits photo|crédit images|credit|credits|bildquelle|bildnachweis|fotografía|fotografías|imágenes|imagens|immagini|zdjęcie|zdjęcia|фото|photography|bilder|film|notes", "|") {
		for _, by := range []string{": Ana Lima", " by Ana Lima", " von Ana Lima.", " Ana Lima"} {
			for _, before := range []string{"", "— ", "»»»", "»»»»", "é", "x ", "(", "_", "1 "} {
				for _, s := range []string{before + who + by, strings.ToUpper(before + who + by)} {
					want := creditLine.MatchString(s)
					if got := creditsOnly(s); got != want {
						t.Errorf("creditsOnly(%q) is %v, want %v", s, got, want)
					}
					if want {
						found++
					}
				}
			}
		}
	}
	if found < 100 {
		t.Errorf("only %d lines of credits", found)
	}
}

// The quick look at an element's name says what blockLevel says.
func TestIsBlockAgreesWithBlockLevel(t *testing.T) {
	for name := range strings.FieldsSeq("a span b strong em i br img button time script svg div p li ul h2 h3 section article h1 table td blockquote figure nav main iframe picture small u hr") {
		a := atom.Lookup([]byte(name))
		if got, want := isBlock(a), blockLevel[a]; a == 0 || got != want {
			t.Errorf("isBlock(%s) is %v, want %v", name, got, want)
		}
	}
}

// The words of a name are what letter by letter is found to be one.
func TestTokensLetterByLetter(t *testing.T) {
	slowly := func(s string) (list []string) {
		word := ""
		for i := 0; i <= len(s); i++ {
			c := byte(0)
			if i < len(s) {
				c = s[i]
			}
			letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
			hump := word != "" && c <= 'Z' && word[len(word)-1] >= 'a'
			if word != "" && (!letter || hump) {
				if len(word) > 1 {
					list = append(list, strings.ToLower(word))
				}
				word = ""
			}
			if letter {
				word += string(c)
			}
		}
		return list
	}
	pieces := []string{"a", "B", "cd", "EF", "-", "_", "1", " ", "é", "[", "`", "{", "@", ""}
	for _, a := range pieces {
		for _, b := range pieces {
			for _, c := range pieces {
				for _, d := range pieces {
					s := a + b + c + d
					if got, want := tokens(s), slowly(s); !slices.Equal(got, want) {
						t.Fatalf("the words of %q are %q, want %q", s, got, want)
					}
				}
			}
		}
	}
}
