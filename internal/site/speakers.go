package site

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/term"
	"github.com/dragoman-newsroom/dragoman/internal/web"
)

const (
	speakersSize  = 60               // on a page
	speakersSpelt = 5000             // those quoted most, who can be found by letter
	speakersKept  = 60 * time.Second // as long as a page is
)

// speakersPage is what templates/speakers.html shows.
type speakersPage struct {
	web.Frame
	Letters  []string
	Letter   string // empty: all, those quoted most first
	Speakers []speakerLine
	First    string // path of the first page; empty on it
	More     string // path of the next page; empty on the last
}

// Header lets the list be shown again for a minute.
func (speakersPage) Header() http.Header { return web.Cached() }

// A speakerLine is a speaker in a list.
type speakerLine struct {
	Path, Name, Role, Count, Last string
	letter, sort                  string
}

// speakers lists those who are quoted in public articles: those quoted most first, or by a letter.
func (s *site) speakers(r *http.Request) (speakersPage, error) {
	ctx := r.Context()
	tag, err := s.part(r)
	if err != nil {
		return speakersPage{}, err
	}
	frame, t, err := s.told(r, tag)
	if err != nil {
		return speakersPage{}, err
	}
	spelt, err := s.spelt(ctx, t)
	if err != nil {
		return speakersPage{}, err
	}
	page := speakersPage{Frame: frame}
	page.Title, page.Description = frame.L.T("speakers"), frame.L.T("speakers.say")
	base, here := s.base(r), "/"+tag+"/speakers/"
	for _, l := range spelt {
		if !slices.Contains(page.Letters, l.letter) {
			page.Letters = append(page.Letters, l.letter)
		}
	}
	slices.Sort(page.Letters)
	v := r.URL.Query()
	after := v.Get("after")
	if page.Letter = v.Get("letter"); page.Letter != "" {
		if !slices.Contains(page.Letters, page.Letter) {
			return speakersPage{}, errNoPage
		}
		page.byLetter(here, spelt, after)
	} else {
		list, next, err := s.Store.PublicSpeakers(ctx, tag, after, speakersSize)
		if err != nil {
			return speakersPage{}, asked(err)
		}
		for _, c := range list {
			page.Speakers = append(page.Speakers, t.line(c))
		}
		if after != "" {
			page.First = here
		}
		if next != "" {
			page.More = here + "?after=" + url.QueryEscape(next)
		}
	}
	for i, l := range page.Langs {
		page.Langs[i].Href = "/" + l.Lang + "/speakers/"
		page.Alternates = append(page.Alternates, web.Alternate{Lang: l.Lang, URL: base + page.Langs[i].Href})
	}
	page.Canonical = base + here
	if after != "" || page.Letter != "" {
		page.NoIndex, page.Canonical, page.Alternates = true, "", nil
	}
	return page, nil
}

// byLetter fills the page with those of its letter, from after on: the form by which the last of the page before was sorted.
func (p *speakersPage) byLetter(here string, spelt []speakerLine, after string) {
	here += "?letter=" + url.QueryEscape(p.Letter)
	for _, l := range spelt {
		switch {
		case l.letter != p.Letter || after != "" && l.sort <= after:
		case len(p.Speakers) == speakersSize:
			p.More = here + "&after=" + url.QueryEscape(p.Speakers[speakersSize-1].sort)
			if after != "" {
				p.First = here
			}
			return
		default:
			p.Speakers = append(p.Speakers, l)
		}
	}
	if after != "" {
		p.First = here
	}
}

// A spelling is a list of speakers by name, as it was a short while ago.
type spelling struct {
	at   time.Time
	list []speakerLine
	work *spellingWork // making it anew; nil: nobody is
}

// A spellingWork is done when its channel is closed; err says whether there is a new list.
type spellingWork struct {
	done chan struct{}
	err  error
}

// spellings are kept by language: the alphabet of a site that quotes thousands is no work for every request.
type spellings struct {
	mu   sync.Mutex // of the map; nothing slow is done under it
	turn sync.Mutex // of who makes a list: one at a time
	of   map[string]*spelling
}

// spellingTime is how long making a list may take.
const spellingTime = time.Minute

// spelt returns those quoted most, in the order of their names. The list is made for all who ask for it, whoever of them leaves; whoever
// comes meanwhile gets the one before, and waits only where there is none.
func (s *site) spelt(ctx context.Context, t teller) ([]speakerLine, error) {
	now := s.Now()
	s.spellings.mu.Lock()
	if s.spellings.of == nil {
		s.spellings.of = map[string]*spelling{}
	}
	kept := s.spellings.of[t.tag]
	if kept == nil {
		kept = &spelling{}
		s.spellings.of[t.tag] = kept
	}
	list, work := kept.list, kept.work
	if age := now.Sub(kept.at); work == nil && (list == nil || age < 0 || age >= speakersKept) {
		work = &spellingWork{done: make(chan struct{})}
		kept.work = work
		go s.spellAnew(kept, work, t, now)
	}
	s.spellings.mu.Unlock()
	if list != nil {
		return list, nil
	}
	select {
	case <-work.done:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if work.err != nil {
		return nil, work.err
	}
	s.spellings.mu.Lock()
	defer s.spellings.mu.Unlock()
	return kept.list, nil
}

// spellAnew does the work of a spelling.
func (s *site) spellAnew(kept *spelling, work *spellingWork, t teller, now time.Time) {
	s.spellings.turn.Lock()
	ctx, cancel := context.WithTimeout(context.Background(), spellingTime)
	list, err := s.spell(ctx, t)
	cancel()
	s.spellings.turn.Unlock()
	if err != nil {
		s.Log.Warn("the alphabet of speakers stays as it was", "lang", t.tag, "err", err)
	}
	s.spellings.mu.Lock()
	defer s.spellings.mu.Unlock()
	if err == nil {
		kept.at, kept.list = now, list
	}
	work.err, kept.work = err, nil
	close(work.done)
}

func (s *site) spell(ctx context.Context, t teller) ([]speakerLine, error) {
	known, err := s.Store.PublicSpeakerNames(ctx, t.tag, speakersSpelt)
	if err != nil {
		return nil, err
	}
	list := make([]speakerLine, 0, len(known))
	for _, by := range known {
		list = append(list, t.spelt(by))
	}
	slices.SortFunc(list, func(a, b speakerLine) int { return strings.Compare(a.sort, b.sort) })
	return list, nil
}

// line is a speaker in a list, with how much there is to read of him.
func (t teller) line(c store.SpeakerCount) speakerLine {
	l := t.spelt(c.Speaker)
	l.Count = t.l.T("said.count", "n", c.Statements)
	l.Last = t.l.T("speakers.last", "date", t.l.Date(time.UnixMilli(c.LastAt).In(t.zone)))
	return l
}

// spelt is a speaker in an alphabet. A person is found by the last word of his name, a body by the first.
func (t teller) spelt(by news.Speaker) speakerLine {
	l := speakerLine{Path: speakerPath(t.tag, by.Slug), Name: nameOf(by, t.tag), Role: by.RoleIn(t.tag)}
	key := l.Name
	if i := strings.LastIndexByte(key, ' '); i >= 0 && by.Kind != term.Body {
		key = key[i+1:] + " " + key[:i]
	}
	key = plain(key)
	first, _ := utf8.DecodeRuneInString(key)
	if !unicode.IsLetter(first) {
		first = '#'
	}
	l.letter, l.sort = string(unicode.ToUpper(first)), key+" "+by.Slug
	return l
}

// plain is a name in small letters without accents, from its first letter on.
func plain(name string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(name)) {
		if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(r)
		}
	}
	return strings.TrimLeftFunc(b.String(), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}
