package site

import (
	"fmt"
	"net/http"
	"slices"

	"github.com/dragoman-newsroom/dragoman/internal/lang"
	"github.com/dragoman-newsroom/dragoman/internal/locale"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/web"
)

var errNoPage = fmt.Errorf("page: %w", news.ErrNotFound)

// root sends a reader to the front page in the language he reads best of those that have something to read.
func (s *site) root(r *http.Request) (web.Move, error) {
	langs, err := s.Store.PublishedLangs(r.Context())
	if err != nil {
		return web.Move{}, err
	}
	if len(langs) == 0 {
		langs = locale.Tags()
	}
	tag := locale.Choose(r.Header.Get("Accept-Language"), langs)
	return web.Move{To: "/" + tag + "/", Header: http.Header{"Vary": {"Accept-Language"}}}, nil
}

// frame returns what stands around a page in the part of the site that is in the language tag.
func (s *site) frame(r *http.Request, tag string) (web.Frame, error) {
	settings, err := s.Store.Settings(r.Context())
	if err != nil {
		return web.Frame{}, err
	}
	langs, err := s.Store.PublishedLangs(r.Context())
	if err != nil {
		return web.Frame{}, err
	}
	if !slices.Contains(langs, tag) {
		langs = append(langs, tag)
		slices.Sort(langs)
	}
	frame := web.NewFrame(settings, tag, langs, s.Now())
	frame.Sections = true
	return frame, nil
}

// part returns the language of the part of the site that r asks for. It is news.ErrNotFound for what is no language, and for one
// that has neither an article nor a catalogue.
func (s *site) part(r *http.Request) (string, error) {
	tag := r.PathValue("lang")
	if !lang.Valid(tag) {
		return "", errNoPage
	}
	if slices.Contains(locale.Tags(), tag) {
		return tag, nil
	}
	langs, err := s.Store.PublishedLangs(r.Context())
	if err != nil {
		return "", err
	}
	if !slices.Contains(langs, tag) {
		return "", errNoPage
	}
	return tag, nil
}

// base returns the address of the site without a final slash.
func (s *site) base(r *http.Request) string { return web.BaseURL(s.Base, r) }
