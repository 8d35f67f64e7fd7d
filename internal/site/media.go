package site

import (
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/locale"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/render"
	"github.com/dragoman-newsroom/dragoman/internal/rights"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/web"
)

// extensions of the pictures we keep, by their type.
var extensions = map[string]string{"image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "image/webp": ".webp"}

// pictures returns where the pictures of an article are served; nil if the outlet's terms let none be shown.
func (s *site) pictures(r *http.Request, p store.Public) (func(src string) (render.Picture, bool), error) {
	if !p.Terms.Images || mode(p) != rights.Full {
		return nil, nil
	}
	kept, err := s.Store.MediaOf(r.Context(), p.ID)
	if err != nil {
		return nil, err
	}
	return func(src string) (render.Picture, bool) {
		m, ok := kept[src]
		if !ok || extensions[m.Type] == "" {
			return render.Picture{}, false
		}
		return render.Picture{Path: "/media/" + m.SHA256 + extensions[m.Type], Width: m.Width, Height: m.Height}, true
	}, nil
}

// picture serves a picture that some public article shows.
func (s *site) picture(r *http.Request) (web.Body, error) {
	name, _, _ := strings.Cut(r.PathValue("name"), ".")
	m, err := s.Store.PublicMedia(r.Context(), name)
	if err != nil {
		return web.Body{}, err
	}
	if extensions[m.Type] == "" || s.Media == nil {
		return web.Body{}, fmt.Errorf("picture %s: %w", name, news.ErrNotFound)
	}
	b, err := fs.ReadFile(s.Media, m.SHA256)
	if errors.Is(err, fs.ErrNotExist) {
		return web.Body{}, fmt.Errorf("picture %s: %w", name, news.ErrNotFound)
	}
	if err != nil {
		return web.Body{}, fmt.Errorf("picture %s: %w", name, err)
	}
	return web.Body{Type: m.Type, Bytes: b, Header: http.Header{"Cache-Control": {"public, max-age=31536000, immutable"}}}, nil
}

// shareImage returns the first picture that may be shown, for those who show a link to the page; nil if there is none.
func shareImage(d doc.Document, pictures func(string) (render.Picture, bool), base string) *image {
	if pictures == nil {
		return nil
	}
	for _, b := range d.Blocks {
		if b.Kind != doc.Figure || b.Media == nil {
			continue
		}
		if p, ok := pictures(b.Media.Src); ok {
			return &image{URL: base + p.Path, Alt: b.Media.Alt}
		}
	}
	return nil
}

// ogLocale returns a language tag as Open Graph writes it: "pt_BR". A bare language stands for its likely region.
func ogLocale(tag string) string { return strings.ReplaceAll(locale.Region(tag), "-", "_") }
