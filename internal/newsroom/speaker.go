package newsroom

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/lang"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/statement"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/term"
)

// speakerNames are the names by which a document is read: the glossary's, and those of speakers we know whose whole name stands in it,
// or whose name an editor taught us. nil if there is none.
func speakerNames(ctx context.Context, r store.Reads, d doc.Document, glossary []term.Name) (*term.Base, error) {
	list := slices.Clone(glossary)
	w := wordsOf(d)
	speakers, err := r.SpeakersWith(ctx, w.keys)
	if err != nil {
		return nil, err
	}
	for _, s := range speakers {
		if n, ok := w.nameOf(s, d.Lang); ok {
			list = append(list, n)
		}
	}
	if len(list) == 0 {
		return nil, nil
	}
	base, err := term.New(nil, list)
	if err != nil {
		return nil, err
	}
	return base, nil
}

// docWords are the words of a document that begin with a capital, and what stands before each.
type docWords struct {
	words   []string // of all, folded
	capital []bool
	at      map[string][]int // places of those with a capital
	keys    []string         // of those with a capital, each once
}

// maxDocWords bounds how many words of a document are looked up.
const maxDocWords = 50_000

func wordsOf(d doc.Document) docWords {
	w := docWords{at: map[string][]int{}}
	seen := map[string]bool{}
	for _, t := range d.Texts() {
		for _, s := range nameWords(t.S) {
			if len(w.words) == maxDocWords {
				return w
			}
			r, _ := utf8.DecodeRuneInString(s)
			f := foldName(s)
			w.words, w.capital = append(w.words, f), append(w.capital, unicode.IsUpper(r))
			if !unicode.IsUpper(r) {
				continue
			}
			w.at[f] = append(w.at[f], len(w.words)-1)
			if k := term.Key(s); k != "" && !seen[k] {
				seen[k] = true
				w.keys = append(w.keys, k)
			}
		}
		w.words, w.capital = append(w.words, ""), append(w.capital, false) // names do not reach over texts
	}
	return w
}

// nameWords are the words of a text as names have them, with the hyphens in them.
func nameWords(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' && r != '.' && !unicode.Is(unicode.Mn, r)
	})
}

// foldName is a name in small letters without accents and dots.
func foldName(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(s)) {
		switch {
		case unicode.Is(unicode.Mn, r), r == '.':
		case unicode.IsSpace(r) || r == '\u00a0':
			b.WriteByte(' ')
		default:
			b.WriteRune(r)
		}
	}
	return strings.TrimSpace(b.String())
}

// nameOf is a speaker as a document of a language is read with it; false if the document has neither a whole name of it nor one that an
// editor taught. A surname that others in the document have, too, does not stand for the speaker.
func (w docWords) nameOf(s news.Speaker, tag string) (term.Name, bool) {
	n := term.Name{ID: s.ID, Kind: s.Kind, Home: s.Home, Forms: map[lang.Tag][]string{}}
	for _, f := range s.Names {
		if !lang.Tag(f.Lang).Is(lang.Tag(tag)) {
			continue
		}
		parts := strings.Fields(foldName(f.Name))
		if len(parts) == 0 || len(parts) == 1 && f.Source == news.FromArticle && s.Kind != term.Body {
			continue
		}
		for _, i := range w.at[parts[len(parts)-1]] {
			if from := i - len(parts) + 1; from >= 0 && slices.Equal(w.words[from:i+1], parts) {
				n.Forms[lang.Tag(f.Lang).Bare()] = append(n.Forms[lang.Tag(f.Lang).Bare()], f.Name)
				if len(parts) == 1 || w.shared(parts) {
					n.Kind = term.Body
				}
				break
			}
		}
	}
	if len(n.Forms) == 0 {
		return n, false
	}
	if n.Kind == "" {
		n.Kind = term.Body // nothing stands for it but the whole name
	}
	if print := s.In(tag); len(n.Forms[lang.Tag(tag).Bare()]) > 0 && !slices.Contains(n.Forms[lang.Tag(tag).Bare()], print) {
		n.Forms[lang.Tag(tag).Bare()] = append([]string{print}, n.Forms[lang.Tag(tag).Bare()]...)
	}
	return n, true
}

// shared reports whether somebody else in the document has the last of the words.
func (w docWords) shared(parts []string) bool {
	last := len(parts) - 1
	for _, i := range w.at[parts[last]] {
		if i > 0 && w.capital[i-1] && w.words[i-1] != parts[last-1] {
			return true
		}
	}
	return false
}

// nameSpeakers gives the statements of a document to the speakers whose they are, and makes those that are not known yet. A speaker is
// known by the whole name; by the surname only where an office fits; never by a pronoun. What is doubtful stays nobody's.
func (r *Room) nameSpeakers(ctx context.Context, tx *store.Tx, d doc.Document, list []news.Statement, glossary []term.Name) error {
	known := map[statement.Speaker]string{}
	for i := range list {
		s := &list[i]
		if !s.Attributed() {
			continue
		}
		who := s.Speaker
		who.Mention, who.Start, who.End = "", 0, 0
		id, ok := known[who]
		if !ok {
			var err error
			if id, err = r.knowSpeaker(ctx, tx, d, s.Speaker, s.At, glossary); err != nil {
				return err
			}
			known[who] = id
		}
		s.Speaker.ID = id
	}
	return nil
}

// knowSpeaker finds the speaker that an article of a language means, or makes one; empty if nobody can be meant for sure.
func (r *Room) knowSpeaker(ctx context.Context, tx *store.Tx, d doc.Document, who statement.Speaker, at int64, glossary []term.Name) (string, error) {
	if who.ID != "" && !strings.HasPrefix(who.ID, "term:") {
		s, err := tx.Speaker(ctx, who.ID)
		switch {
		case err == nil:
			return s.ID, saw(ctx, tx, s, d.Lang, who, at)
		case !errors.Is(err, news.ErrNotFound):
			return "", err
		}
	}
	if who.State == statement.Unresolved {
		return r.holderOf(ctx, tx, d, who)
	}
	who.Name = withoutAcronym(who.Name)
	speakers, err := tx.SpeakersLike(ctx, who.Name)
	if err != nil {
		return "", err
	}
	s, doubt := choose(speakers, d.Lang, who)
	switch {
	case s.ID != "":
		return s.ID, saw(ctx, tx, s, d.Lang, who, at)
	case doubt || !nameable(who, d.Lang):
		return "", nil
	}
	s, err = r.addSpeaker(ctx, tx, d.Lang, who, at, glossary)
	if err != nil {
		return "", err
	}
	return s.ID, saw(ctx, tx, s, d.Lang, who, at)
}

// withoutAcronym is a name of three words or more without the acronym that it begins with: of a country or a body that stands before
// the name in the article ("EUA Mike Pompeo"), or of an office.
func withoutAcronym(name string) string {
	words := strings.Fields(name)
	if len(words) < 3 || strings.ToUpper(words[0]) != words[0] || strings.Contains(words[0], ".") {
		return name
	}
	if n := utf8.RuneCountInString(words[0]); n >= 3 || n == 2 && slices.Contains([]string{"PM", "MP", "US", "UK", "EU", "UN", "UE"}, words[0]) {
		return strings.Join(words[1:], " ")
	}
	return name
}

// holderOf finds the speaker whom an editor gave the office that an article names, where the article has the speaker's name, too.
func (r *Room) holderOf(ctx context.Context, tx *store.Tx, d doc.Document, who statement.Speaker) (string, error) {
	role := store.FoldRole(who.Name)
	if role == "" {
		return "", nil
	}
	holders, err := tx.SpeakersTaught(ctx, string(lang.Tag(d.Lang).Bare()), role)
	if err != nil || len(holders) == 0 {
		return "", err
	}
	w := wordsOf(d)
	found := ""
	for _, s := range holders {
		named := slices.ContainsFunc(s.Names, func(n news.SpeakerName) bool {
			parts := strings.Fields(foldName(n.Name))
			return len(parts) > 0 && len(w.at[parts[len(parts)-1]]) > 0
		})
		if !named {
			continue
		}
		if found != "" {
			return "", nil
		}
		found = s.ID
	}
	return found, nil
}

// saw notes the name and the office under which an article quotes a speaker.
func saw(ctx context.Context, tx *store.Tx, s news.Speaker, tag string, who statement.Speaker, at int64) error {
	if s.Kind == "" && who.Kind != "" {
		if err := tx.UpdateSpeaker(ctx, s.ID, who.Kind, string(s.Home), at); err != nil {
			return err
		}
	}
	if strings.Contains(strings.TrimSpace(who.Name), " ") || s.Kind == term.Body || len(s.Names) == 0 {
		if _, err := tx.SawName(ctx, news.SpeakerName{Speaker: s.ID, Lang: tag, Name: who.Name, Source: news.FromArticle, LastAt: at}); err != nil {
			return err
		}
	}
	if who.Role == "" || len(who.Role) > maxRole {
		return nil
	}
	_, err := tx.SawRole(ctx, news.SpeakerRole{Speaker: s.ID, Lang: tag, Role: who.Role, Source: news.FromArticle, LastAt: at})
	return err
}

// maxRole and maxName are how long an office or a name may be, in bytes.
const (
	maxRole = 200
	maxName = 200
)

// choose finds among speakers whose names are alike the one that an article means. doubt says that several may be, or that one may be
// and nothing but a surname speaks for it: then nobody is made either.
func choose(speakers []news.Speaker, tag string, who statement.Speaker) (s news.Speaker, doubt bool) {
	var same, perhaps []news.Speaker
	for _, x := range speakers {
		switch alike := nameFits(x, tag, who.Name); {
		case alike == surely, alike == perchance && roleFits(x, tag, who.Role):
			same = append(same, x)
		case alike == perchance:
			perhaps = append(perhaps, x)
		}
	}
	if len(same) > 1 {
		var holders []news.Speaker
		for _, x := range same {
			if roleFits(x, tag, who.Role) {
				holders = append(holders, x)
			}
		}
		if len(holders) != 1 {
			return news.Speaker{}, true
		}
		same = holders
	}
	if len(same) == 1 {
		return same[0], false
	}
	return news.Speaker{}, len(perhaps) > 0 && !strings.Contains(strings.TrimSpace(who.Name), " ")
}

// A fit says whether a name can be a speaker's.
type fit int

const (
	never     fit = iota
	perchance     // by the surname, with an initial or alone: something else must speak for it
	surely
)

// nameFits compares a name with those of a speaker. In one language a name is spelt one way, accents aside; in another or in another
// script it is the same where it sounds alike.
func nameFits(s news.Speaker, tag, name string) fit {
	best := never
	for _, n := range s.Names {
		best = max(best, namesFit(n, s.Kind, tag, name))
	}
	return best
}

func namesFit(n news.SpeakerName, kind term.NameKind, tag, name string) fit {
	a, b := strings.Fields(foldName(n.Name)), strings.Fields(foldName(name))
	if len(a) == 0 || len(b) == 0 {
		return never
	}
	if slices.Equal(a, b) {
		if len(a) > 1 || kind == term.Body || n.Source != news.FromArticle {
			return surely
		}
		return perchance
	}
	if kind == term.Body {
		if !sameSpelling(n.Lang, tag, n.Name, name) && term.Key(n.Name) == term.Key(name) && len(a) == len(b) && letters(term.Key(name)) >= 5 {
			return surely
		}
		return never
	}
	alike := func(x, y string) bool { return x == y }
	if !sameSpelling(n.Lang, tag, n.Name, name) {
		alike = soundAlike
	}
	if !alike(a[len(a)-1], b[len(b)-1]) {
		return never
	}
	if len(a) == 1 || len(b) == 1 {
		return perchance
	}
	x, y := a[0], b[0]
	switch {
	case alike(x, y):
		return surely
	case utf8.RuneCountInString(x) == 1 && strings.HasPrefix(y, x), utf8.RuneCountInString(y) == 1 && strings.HasPrefix(x, y):
		return perchance
	case utf8.RuneCountInString(x) >= 3 && strings.HasPrefix(y, x), utf8.RuneCountInString(y) >= 3 && strings.HasPrefix(x, y):
		return perchance
	}
	return never
}

// sameSpelling reports whether two names of two languages are to be spelt alike if they are one: both languages are the same.
func sameSpelling(a, b, x, y string) bool {
	return lang.Tag(a).Is(lang.Tag(b)) && isCyrillic(x) == isCyrillic(y)
}

func isCyrillic(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) })
}

// soundAlike reports whether two words of names of two languages sound alike. Between two languages in Latin letters the vowels
// must agree as well as the consonants; out of another script only the consonants are sure.
func soundAlike(x, y string) bool {
	if x == y {
		return true
	}
	k, l := term.Key(x), term.Key(y)
	if k == "" || k != l {
		return false
	}
	if isCyrillic(x) != isCyrillic(y) {
		return true
	}
	return vowels(x) == vowels(y)
}

// vowels are those of a word as it is heard: Riadov, Ryadov and Rjadow have the same, Joan and John have not.
func vowels(s string) string {
	s = sameVowels.Replace(s)
	var b strings.Builder
	for _, r := range s {
		if strings.ContainsRune("aeiou", r) {
			b.WriteRune(r)
		}
	}
	return strings.TrimSuffix(b.String(), "i")
}

// sameVowels makes the vowels of several systems of transliteration one; the longer stand first, since the first that fits counts.
var sameVowels = strings.NewReplacer("iou", "u", "you", "u", "ya", "a", "ia", "a", "ja", "a", "ye", "e", "ie", "e", "je", "e", "yu", "u", "iu", "u", "ju", "u", "yo", "o", "io", "o", "jo", "o",
	"ou", "u", "oo", "u", "gue", "ge", "gui", "gi", "yy", "i", "iy", "i", "ij", "i", "yi", "i", "y", "i", "j", "i")

func letters(s string) int {
	n := 0
	for _, r := range s {
		if r != ' ' {
			n++
		}
	}
	return n
}

// roleFits reports whether a speaker is known by an office in the words of a language that shares a word of some length with this one.
func roleFits(s news.Speaker, tag, role string) bool {
	words := strings.Fields(store.FoldRole(role))
	for _, r := range s.Roles {
		if !lang.Tag(r.Lang).Is(lang.Tag(tag)) {
			continue
		}
		for _, w := range strings.Fields(store.FoldRole(r.Role)) {
			if utf8.RuneCountInString(w) >= 4 && slices.Contains(words, w) {
				return true
			}
		}
	}
	return false
}

// nameable reports whether an article gives enough of a name to make a speaker of it: two words of a person's, or what a body is called.
func nameable(who statement.Speaker, tag string) bool {
	words := strings.Fields(who.Name)
	if len(words) == 0 || len(who.Name) > maxName {
		return false
	}
	capitals := 0
	for _, w := range words {
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(r) {
			capitals++
		}
	}
	if len(words) > 1 {
		r, _ := utf8.DecodeRuneInString(words[0])
		return capitals >= 2 && unicode.IsUpper(r) || who.Kind == term.Body && capitals >= 1
	}
	switch {
	case who.Kind != term.Body || capitals == 0:
		return false
	case lang.Tag(tag).Is("de"): // where every noun has a capital
		return strings.ToUpper(who.Name) == who.Name
	}
	return true
}

// addSpeaker makes a speaker of a name, with the forms that the glossary has of it. It has no address before readers see something of it.
func (r *Room) addSpeaker(ctx context.Context, tx *store.Tx, tag string, who statement.Speaker, at int64, glossary []term.Name) (s news.Speaker, err error) {
	s = news.Speaker{ID: store.NewID(), Kind: who.Kind, CreatedAt: r.now(), ChangedAt: r.now()}
	var forms []news.SpeakerName
	for _, n := range glossary {
		if n.ID != who.ID && !slices.ContainsFunc(n.Forms[lang.Tag(tag).Bare()], func(f string) bool { return foldName(f) == foldName(who.Name) }) {
			continue
		}
		s.Kind, s.Home = n.Kind, n.Home
		for t, list := range n.Forms {
			for _, f := range list {
				forms = append(forms, news.SpeakerName{Speaker: s.ID, Lang: string(t), Name: f, Source: news.FromGlossary, LastAt: at})
			}
		}
		break
	}
	if err := tx.AddSpeaker(ctx, s); err != nil {
		return s, err
	}
	slices.SortFunc(forms, func(a, b news.SpeakerName) int { return strings.Compare(a.Lang+a.Name, b.Lang+b.Name) })
	for _, f := range forms {
		if _, err := tx.SawName(ctx, f); err != nil {
			return s, err
		}
	}
	return s, nil
}
