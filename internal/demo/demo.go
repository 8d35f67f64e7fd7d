// Package demo holds two made-up outlets, Meridian Wire in English and O Farol da Enseada in Portuguese, and serves them as
// real ones are served: front pages, articles dressed in navigation and advertisements, feeds, robots.txt, terms.
//
// Everything in it was made for this project and is CC0; its events are invented. What an outlet serves depends on nothing
// but the address it is asked at, so that a newsroom that follows it finds the same articles on every start.
// The package touches its own files only: it opens no socket and keeps nothing.
package demo

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

//go:embed meridian farol
var files embed.FS

// Licence is what both outlets grant on their terms pages.
const Licence = "CC0-1.0"

// An Outlet is one made-up publication.
type Outlet struct {
	Name   string // as its pages say it
	Lang   string // BCP 47
	Tag    string // its motto
	Home   string // path of the front page
	Feed   string // path of the feed
	Terms  string // path of the page that grants the licence
	folder string
	words  words
	pages  []page // the newest first
}

// words are what an outlet's furniture says in its language.
type words struct {
	By, And, Sections, Advertisement, More, Terms, TermsText, Missing, Archive string
	Months                                                                     []string
}

// A page is one article.
type page struct {
	Path                        string
	Section, Title, Social      string
	Deck                        string
	Authors, Tags               []string
	Date                        time.Time
	Image, Alt, Caption, Credit string
	Body                        string // HTML
	whole                       []byte // the page as it stands, in place of all the above but Path, Title, Deck, Authors and Date
}

// Outlets returns the outlets, the English one first.
func Outlets() ([]Outlet, error) {
	meridian := Outlet{
		Name: "Meridian Wire", Lang: "en", Tag: "News from invented places", folder: "meridian",
		Home: "/", Feed: "/rss/world.xml", Terms: "/republish/",
		words: words{
			By: "By", And: "and", Sections: "Sections", Advertisement: "Advertisement", More: "More from", Terms: "Republish our articles",
			TermsText: "Everything that Meridian Wire publishes, texts and pictures, is dedicated to the public domain under CC0 1.0. Translate it, by hand or by machine, publish it in full, change it. We are glad of a link, and ask for nothing.",
			Missing:   "This page is not here", Archive: "The archive of an invented outlet is short. The front page has what there is.",
			Months: strings.Fields("January February March April May June July August September October November December"),
		},
	}
	farol := Outlet{
		Name: "O Farol da Enseada", Lang: "pt-BR", Tag: "Notícias de lugares inventados", folder: "farol",
		Home: "/", Feed: "/feed.atom", Terms: "/republicar.html",
		words: words{
			By: "Por", And: "e", Sections: "Seções", Advertisement: "Publicidade", More: "Mais em", Terms: "Republique nossos textos",
			TermsText: "Tudo o que O Farol da Enseada publica, textos e imagens, está em domínio público, sob CC0 1.0. Traduza, à mão ou à máquina, publique na íntegra, modifique. Um link nos alegra; nada mais pedimos.",
			Missing:   "Esta página não existe", Archive: "O arquivo de um jornal inventado é curto. Na primeira página está tudo o que há.",
			Months: strings.Fields("janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"),
		},
	}
	outlets := []Outlet{meridian, farol}
	for i := range outlets {
		if err := outlets[i].read(); err != nil {
			return nil, err
		}
	}
	return outlets, nil
}

// Articles returns how many articles an outlet has.
func (o Outlet) Articles() int { return len(o.pages) }

// read reads the articles of an outlet's folder.
func (o *Outlet) read() error {
	names, err := fs.Glob(files, o.folder+"/*.txt")
	if err != nil {
		return err
	}
	for _, name := range names {
		b, err := files.ReadFile(name)
		if err != nil {
			return err
		}
		p, err := parse(string(b))
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		o.pages = append(o.pages, p)
	}
	if o.folder == "meridian" {
		b, err := files.ReadFile("meridian/nato-ukraine-combat-troops.html")
		if err != nil {
			return err
		}
		o.pages = append(o.pages, page{
			Path: "/news/2022/01/25/nato-ukraine-combat-troops/", Section: "World",
			Title: "NATO to keep combat troops out of Ukraine – Stoltenberg",
			Deck:  "Secretary General Jens Stoltenberg says the alliance will not deploy fighting units to Ukraine, but no bargaining over the bloc’s expansion",
			Date:  time.Date(2022, 1, 25, 19, 40, 0, 0, time.UTC), Authors: []string{"Nora Feld", "Tomas Aldea"}, whole: b,
		})
	}
	slices.SortFunc(o.pages, func(a, b page) int { return b.Date.Compare(a.Date) })
	return nil
}

// parse reads an article: lines "name: value", an empty line, the body as HTML.
func parse(s string) (page, error) {
	var p page
	head, body, ok := strings.Cut(s, "\n\n")
	if !ok {
		return p, fmt.Errorf("no empty line after the head")
	}
	p.Body = strings.TrimSpace(body)
	for line := range strings.Lines(head) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch name {
		case "path":
			p.Path = value
		case "section":
			p.Section = value
		case "title":
			p.Title = value
		case "social":
			p.Social = value
		case "deck":
			p.Deck = value
		case "author":
			p.Authors = append(p.Authors, value)
		case "date":
			t, err := time.Parse(time.RFC3339, value)
			if err != nil {
				return p, err
			}
			p.Date = t
		case "tags":
			p.Tags = strings.Split(value, ", ")
		case "image":
			p.Image = path.Join("/img", value)
		case "alt":
			p.Alt = value
		case "caption":
			p.Caption = value
		case "credit":
			p.Credit = value
		default:
			return p, fmt.Errorf("%q is no line of a head", name)
		}
	}
	return p, nil
}
