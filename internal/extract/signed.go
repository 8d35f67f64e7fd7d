package extract

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/lang"
)

// A signedLine is what a line says of who wrote.
type signedLine struct {
	names []string // nil if the line does not begin with names
	by    bool     // it begins with a word for "by"
	plain bool     // it does, or ends in an agency or an office: it is sure to be a byline
}

// readSigned reads a line of names, as pages print them above and below a text: a word for "by", names, and then where they wrote, what they are,
// whom they work for, who took the pictures. Names in scripts that write no spaces are believed only behind such a word.
func readSigned(s string) signedLine {
	s = strings.Trim(s, " \u00a0\u3000")
	if s == "" || utf8.RuneCountInString(s) > longestByline {
		return signedLine{}
	}
	if strings.ContainsRune(s, '@') {
		s = strings.TrimRight(email.ReplaceAllString(s, ""), " \u00a0=:|/()[]")
	}
	w := written{text: strings.TrimLeft(s, beforeNames)}
	if strings.ContainsAny(s[:len(s)-len(w.text)], "（(【[") {
		w.text = strings.TrimRight(w.text, "）)】]")
	}
	rest := w.text
	for {
		next := w.withoutBy(rest)
		if next == rest || len(next) < 2 {
			break
		}
		rest = next
	}
	line := signedLine{by: rest != w.text || strings.HasSuffix(rest, "기자") || strings.HasSuffix(rest, "특파원")}
	if !line.by && sentenceEnd(s) {
		return signedLine{}
	}
	head, tail := rest, ""
	if at := behindNames.FindStringIndex(rest); at != nil {
		head, tail = rest[:at[0]], rest[at[0]:]
	}
	parts := written{text: head}.apart()
	n := 0
	for n < len(parts) && (n == 0 || !placeLike(parts[n])) && line.name(parts[n]) {
		n++
	}
	beside := parts[n:]
	for part := range strings.FieldsFuncSeq(tail, func(r rune) bool { return strings.ContainsRune("—–|(（)）·•,/", r) }) {
		if part = strings.TrimSpace(part); part != "" && part != "-" {
			beside = append(beside, part)
		}
	}
	if n == 0 || len(beside) > 5 {
		return signedLine{}
	}
	for _, part := range beside {
		if utf8.RuneCountInString(part) > 45 {
			return signedLine{}
		}
	}
	others := slices.ContainsFunc(beside, func(part string) bool { return !worksFor(part) })
	if sentenceEnd(s) && len(beside) > 0 || others && !line.by {
		return signedLine{}
	}
	line.names = cleanNames(parts[:n])
	line.plain = line.by || len(beside) > 0
	return line
}

// readBy reads a line of names that begins with a word for "by", and gives nothing for another.
func readBy(s string) signedLine {
	if !mayBeginBy(strings.TrimLeft(s, beforeNames)) && !strings.Contains(s, "기자") && !strings.Contains(s, "특파원") {
		return signedLine{}
	}
	line := readSigned(s)
	if !line.by {
		return signedLine{}
	}
	return line
}

// beforeNames are signs that stand before a line of names.
const beforeNames = " \u00a0\u3000—–-•◆■▪（(【["

// name reports whether a part of a line can be the name of a person.
func (l signedLine) name(s string) bool {
	s = strings.Trim(behindName.ReplaceAllString(strings.Trim(s, beyondName), ""), beyondName)
	if notName.MatchString(s) || agencies[strings.ToLower(s)] {
		return false
	}
	if persons([]string{s}) != nil && !office.MatchString(s) && (l.by || nameAlone(s)) {
		return true
	}
	if !l.by {
		return hangulName.MatchString(s)
	}
	n := 0
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Hangul, r):
			n += 3 // of two to four syllables
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || strings.ContainsRune("・ー･", r):
			n++
		case r != ' ' && r != '　':
			return false
		}
	}
	return n > 1 && n <= 12
}

// hangulName is a Korean name, which needs no word before it where an office stands behind it.
var hangulName = regexp.MustCompile(`^\p{Hangul}{2,4}$`)

// loneName reports whether a text can be the name of a person in Chinese, Japanese or Korean, which write it as one word, and is no word of bylines and no
// name of a newsroom. It is believed in elements that say that they name who wrote.
func loneName(s string) bool {
	return oneWordName.MatchString(s) && !newsroom.MatchString(s)
}

var (
	oneWordName = regexp.MustCompile(`^(?:\p{Hangul}{2,4}|\p{Han}{2,5}|\p{Han}[\p{Han}\p{Hiragana}\p{Katakana}ー]{2,7})$`)
	newsroom    = regexp.MustCompile(`编辑|編輯|編集|作者|著者|筆者|记者|記者|来源|來源|责任|責任|新聞|新闻|日报|日報|时报|時報|通信|通讯|通訊|报道|報道|关注|關注|订阅|訂閱|登录|登錄|分享|更多|関連|一覧|文章|公司|会社|電視|电视|頻道|频道|评论|評論|(?:社|部|局|网|網|站|台|报|報|组|組)$|기자|편집|뉴스|신문|방송|댓글|구독|작성|입력|수정|공유`)
)

// nameAlone reports whether words without "by" before them can be a name and nothing else: two or three, and the particles that names have.
func nameAlone(s string) bool {
	n := 0
	for w := range strings.FieldsSeq(s) {
		initial, _ := utf8.DecodeRuneInString(w)
		switch {
		case !unicode.IsLower(initial):
			n++
		case !nameParticles[w]:
			return false
		}
	}
	return n <= 3
}

var nameParticles = set("de da do dos das di del della du des la le van von der den ten ter zu af av bin ibn al el y e i")

// behindNames is where a line of names goes on with something else.
var behindNames = regexp.MustCompile(`(?i)\s[—–-]\s|[\s　]+(?:图|圖|摄影|攝影|写真|사진)|\s*[|(（•·]|\s(?:in|aus|im|from|at|with|mit|avec|con|com|para|for|für|pour|à|на|в|из|для)\s`)

// office is what somebody is in a newsroom.
var office = regexp.MustCompile(`(?i)(?:^|\s)(?:writer|reporter|correspondent|editor|columnist|contributor|journalist|redakteur(?:in)?|korrespondent(?:in)?|reporterin|journaliste|correspondante?|envoyée?\s.*|redactora?|corresponsal|enviad[oa]\s.*|repórter|jornalista|correspondente|giornalista|inviat[oa]|redacteur|verslaggever|correspondent[ka]|dziennikarz|dziennikarka|корреспондент|обозреватель|журналист|редактор|muhabiri?|記者|记者|기자|특파원)$`)

// worksFor reports whether a short text names an agency, an office or who made the pictures.
func worksFor(s string) bool {
	if office.MatchString(s) || pictureBy.MatchString(s) {
		return true
	}
	for w := range strings.FieldsSeq(s) {
		if agencies[strings.ToLower(strings.Trim(w, ".,:;()"))] {
			return true
		}
	}
	return false
}

// pictureBy begins what names who made the pictures.
var pictureBy = regexp.MustCompile(`(?i)^(?:photo|foto|bild|image|picture|video|illustration|fotograf|grafi[ck]|фото|写真|图|攝影|摄影|사진)`)

// placeLike reports whether a text begins as names of places do that are of several words.
func placeLike(s string) bool {
	first, _, _ := strings.Cut(strings.ToLower(s), " ")
	return places[first]
}

var places = set("new são san santa santo los las el la le buenos rio saint st hong tel cape north south east west porto belo ciudad washington frankfurt den nowy nizhny нижний санкт нью")

// Where lines of names stand among the kept blocks of a text: so many from its beginning, and from its end.
const (
	signedFirst = 3
	signedLast  = 3
)

// editedBy is a line that names who edited or checked a text, or where it was taken from. None of them is its author.
var editedBy = regexp.MustCompile(`(?i)^[（(【\[]?(?:责任编辑|責任編輯|责编|編輯|编辑|校对|校對|审核|编审|来源|來源|編集|edited by|editing by|redigert av|redigering|redaktor|redaktör|opracowanie|редактор|редактировал|редактировала|редагувала?)\s*[:：／/]\s*[^:：。.!?]{1,40}[）)】\]]?$`)

// unsign takes the lines that only say who wrote out of the body, at its beginning and its end. Known are the names that were found elsewhere; it returns
// those that only these lines give.
func (r *reading) unsign(known []string) []string {
	s := r.scene
	var kept []int
	for i, k := range r.keep {
		if k && s.blocks[i].judged() {
			kept = append(kept, i)
		}
	}
	if len(kept) < 2 {
		return nil
	}
	var found []string
	said := func(at int) bool { // words of somebody stand before the line: it may say whose they are
		if at == 0 {
			return false
		}
		before := &s.blocks[kept[at-1]]
		first, _ := utf8.DecodeRuneInString(before.Text.S)
		return before.quote != nil || lang.IsQuotationMark(first)
	}
	for i := kept[len(kept)-1] + 1; known == nil && i < len(s.blocks) && i < kept[len(kept)-1]+signedLast && within(s.blocks[i].node, s.top); i++ {
		if s.blocks[i].Media == nil {
			found = append(found, readBy(s.blocks[i].Text.S).names...)
		}
	}
	for at, i := range kept {
		b := &s.blocks[i]
		if at >= signedFirst && at < len(kept)-signedLast || b.Kind != doc.Paragraph || b.linked > 0 && b.linked < b.letters || len(b.Text.S) > 4*longestByline || s.closes(i) {
			continue
		}
		line := readSigned(b.Text.S)
		switch {
		case b.letters < longestByline && editedBy.MatchString(b.Text.S):
		case line.names == nil:
			continue
		case holdsAll(known, line.names):
		case !line.by && said(at), !line.plain && !(at == len(kept)-1 && strings.IndexAny(b.Text.S, "—–-") == 0):
			continue
		default:
			found = append(found, line.names...)
		}
		r.keep[i] = false
	}
	return found
}
