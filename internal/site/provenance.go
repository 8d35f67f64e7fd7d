package site

import (
	"net/url"
	"strings"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/locale"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/render"
	"github.com/dragoman-newsroom/dragoman/internal/rights"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/web"
)

// A provenance is what an article's page says of where it comes from and who answers for it.
type provenance struct {
	Label          string // the first thing said: who translated it, and who read it over
	ReadBy         string // empty if nobody did
	Responsible    string // a sentence; empty if nobody is named
	Outlet         string
	OutletHome     string
	URL            string // of the original
	Title          string // of the original, in its language
	Lang           string // of the original
	Dir            string
	LangName       string
	Byline         string
	Date           string // of the original, in the outlet's own time
	Stamp          string
	From           string // "Translated from English"
	Engine         string // "Marian en-pt 1.2 (3f0c91aa)"; empty if no machine took part
	Here           string // our date
	HereStamp      string
	Corrected      string // empty if it never was
	CorrectedStamp string
	CorrectedWhy   string
	Licence        string
	LicenceURL     string // empty where the licence has no address
	Credit         string
	Report         string // mailto of whoever takes corrections; empty if nobody is named
}

// mode says how much of a published article the outlet's terms of today let readers have. What the outlet's machines said was
// weighed when it was published.
func mode(p store.Public) rights.Mode { return rights.Decide(p.Terms.Facts(), rights.Signals{}) }

// notice says what must stand beside a published article.
func notice(p store.Public) rights.Notice {
	var review rights.Review
	if p.Review != nil {
		review = rights.Review{By: p.Review.ByName, At: p.Review.At, Decision: p.Review.Decision}
	}
	return rights.Label(p.Terms.Facts(), review)
}

// label says who translated an article and who read it over: the sentence that stands first.
func label(l *locale.Printer, p store.Public, zone *time.Location) string {
	st := notice(p)
	from, model := l.From(p.Original.Lang), p.Engine.Title()
	switch {
	case st.ReadBy != "" && model != "":
		return l.T("label.read", "from", from, "engine", model, "name", st.ReadBy, "date", l.Date(time.UnixMilli(st.ReadAt).In(zone)))
	case st.ReadBy != "":
		return l.T("label.read.bare", "from", from, "name", st.ReadBy, "date", l.Date(time.UnixMilli(st.ReadAt).In(zone)))
	case model != "":
		return l.T("label.machine", "from", from, "engine", model)
	}
	return l.T("label.machine.bare", "from", from)
}

// shortLabel is the label where an article is one of many.
func shortLabel(l *locale.Printer, p store.Public) string {
	if st := notice(p); st.ReadBy != "" {
		return l.T("label.short.read", "name", st.ReadBy)
	}
	return l.T("label.short.machine")
}

func newProvenance(frame web.Frame, settings map[string]string, p store.Public, events []news.Event, page string) provenance {
	l, zone := frame.L, web.Zone(settings)
	st := notice(p)
	here := time.UnixMilli(p.PublishedAt).In(zone)
	v := provenance{
		Label: label(l, p, zone), ReadBy: st.ReadBy,
		Outlet: p.Outlet.Name, OutletHome: p.Outlet.Home, URL: p.OriginalURL, Title: p.OriginalTitle,
		Lang: p.Original.Lang, Dir: render.Dir(p.Original.Lang), LangName: l.Language(p.Original.Lang),
		Byline: names(p.Doc.Byline), Date: l.Date(p.Doc.Date), From: l.T("translated", "from", l.From(p.Original.Lang)), Engine: p.Engine.Exact(),
		Here: l.Date(here), HereStamp: here.Format(time.RFC3339), Credit: p.Terms.Credit,
	}
	if !p.Doc.Date.IsZero() {
		v.Stamp = p.Doc.Date.Format(time.RFC3339)
		if p.Doc.DateOnly {
			v.Stamp = p.Doc.Date.Format(time.DateOnly)
		}
	}
	if name := settings["site.responsible"]; name != "" {
		v.Responsible = l.T("responsible", "name", name)
	}
	if p.ChangedAt > 0 {
		at := time.UnixMilli(p.ChangedAt).In(zone)
		v.Corrected, v.CorrectedStamp, v.CorrectedWhy = l.Date(at), at.Format(time.RFC3339), why(events, "corrected")
	}
	v.Licence, v.LicenceURL = licence(l, p.Terms, st)
	if contact := settings["site.contact"]; contact != "" {
		v.Report = mailto(contact, l.T("report.subject", "title", p.Doc.Title.Plain()), page)
	}
	return v
}

// licence returns how the page says by whose leave the text stands here, and the address of the licence.
func licence(l *locale.Printer, t news.Terms, st rights.Notice) (said, address string) {
	switch {
	case st.Licence.Name != "":
		return st.Licence.Name, st.Licence.URL
	case strings.HasPrefix(st.LicenceSaid, "https://"), strings.HasPrefix(st.LicenceSaid, "http://"):
		if render.Safe(st.LicenceSaid) {
			return strings.TrimPrefix(strings.TrimPrefix(st.LicenceSaid, "https://"), "http://"), st.LicenceSaid
		}
	case st.LicenceSaid != "":
		return st.LicenceSaid, ""
	}
	return l.T("basis." + strings.ReplaceAll(t.Basis, " ", "-")), ""
}

// why returns the reason of the newest event of that kind; empty if none is given.
func why(events []news.Event, what string) string {
	for i := len(events) - 1; i >= 0; i-- {
		if events[i].What == what {
			return events[i].Why
		}
	}
	return ""
}

// mailto returns an address that opens a message with a subject and a text.
func mailto(to, subject, body string) string {
	escape := func(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }
	return "mailto:" + strings.ReplaceAll(escape(to), "%40", "@") + "?subject=" + escape(subject) + "&body=" + escape(body)
}
