package web

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
)

// A Static serves files under names that hold a hash of their content, so that a browser keeps them for ever and never has a stale one.
type Static struct {
	prefix string
	names  map[string]string // "site.css" → "/static/site.1f0a….css"
	files  map[string]staticFile
}

type staticFile struct {
	kind   string
	plain  []byte
	gzip   []byte // nil if it would not be smaller
	tagged string
}

// kinds names the types of the files we have; the machine's own table differs from one to the next.
var kinds = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml", ".png": "image/png", ".woff2": "font/woff2", ".txt": "text/plain; charset=utf-8",
}

// NewStatic reads every file at the top of fsys; they are served under prefix, which ends in a slash. It panics if a file
// cannot be read: they are part of the program.
func NewStatic(fsys fs.FS, prefix string) *Static {
	s := &Static{prefix: prefix, names: map[string]string{}, files: map[string]staticFile{}}
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		panic(err)
	}
	for _, e := range entries {
		if e.IsDir() {
			continue
		}
		b, err := fs.ReadFile(fsys, e.Name())
		if err != nil {
			panic(err)
		}
		sum := sha256.Sum256(b)
		ext := path.Ext(e.Name())
		hashed := strings.TrimSuffix(e.Name(), ext) + "." + hex.EncodeToString(sum[:6]) + ext
		f := staticFile{kind: kinds[ext], plain: b, tagged: `"` + hex.EncodeToString(sum[:12]) + `"`}
		if f.kind == "" {
			f.kind = mime.TypeByExtension(ext)
		}
		if z := squeeze(b); len(z) < len(b) {
			f.gzip = z
		}
		s.names[e.Name()] = prefix + hashed
		s.files[hashed] = f
	}
	return s
}

// Path returns the address of a file. An unknown name is an error: a template that asks for one fails its test.
func (s *Static) Path(name string) (string, error) {
	p, ok := s.names[name]
	if !ok {
		return "", fmt.Errorf("no static file %q", name)
	}
	return p, nil
}

func (s *Static) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f, ok := s.files[strings.TrimPrefix(r.URL.Path, s.prefix)]
	if !ok || r.Method != http.MethodGet && r.Method != http.MethodHead {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", f.kind)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("ETag", f.tagged)
	h.Add("Vary", "Accept-Encoding")
	if matches(r.Header.Get("If-None-Match"), f.tagged) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	body := f.plain
	if f.gzip != nil && accepts(r.Header.Get("Accept-Encoding")) {
		body = f.gzip
		h.Set("Content-Encoding", "gzip")
	}
	h.Set("Content-Length", fmt.Sprint(len(body)))
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // the reader may have gone
	}
}
