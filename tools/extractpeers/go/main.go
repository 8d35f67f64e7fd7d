// Command extractpeers runs one of the public extractors written in Go over pages, one a line:
//
//	extractpeers readeck|go-trafilatura <pages.jsonl
//
// A line in is {"id", "file", "base"}, the file a page in UTF-8; a line out is {"id", "html"} or {"id", "text"}, or {"id", "error"}.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"

	"codeberg.org/readeck/go-readability/v2"
	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"
)

type line struct {
	ID   string `json:"id"`
	File string `json:"file"`
	Base string `json:"base"`
}

type answer struct {
	ID    string `json:"id"`
	HTML  string `json:"html,omitempty"`
	Text  string `json:"text,omitempty"`
	Error string `json:"error,omitempty"`
}

var engines = map[string]func(page *html.Node, base *url.URL, a *answer) error{
	"readeck": func(page *html.Node, base *url.URL, a *answer) error {
		article, err := readability.FromDocument(page, base)
		if err != nil || article.Node == nil {
			return err
		}
		var b bytes.Buffer
		err = article.RenderHTML(&b)
		a.HTML = b.String()
		return err
	},
	"go-trafilatura": func(page *html.Node, base *url.URL, a *answer) error {
		found, err := trafilatura.ExtractDocument(page, trafilatura.Options{OriginalURL: base, EnableFallback: true, ExcludeComments: true})
		if err != nil || found == nil {
			return err
		}
		a.Text = found.ContentText
		return nil
	},
}

func read(l line, engine func(*html.Node, *url.URL, *answer) error) (a answer) {
	defer func() {
		if p := recover(); p != nil { // a peer that fails on one page goes on with the next
			a = answer{ID: l.ID, Error: fmt.Sprint("panic: ", p)}
		}
	}()
	a.ID = l.ID
	b, err := os.ReadFile(l.File)
	if err != nil {
		return answer{ID: l.ID, Error: err.Error()}
	}
	base, err := url.Parse(l.Base)
	if err != nil {
		return answer{ID: l.ID, Error: err.Error()}
	}
	page, err := html.Parse(bytes.NewReader(b))
	if err == nil {
		err = engine(page, base, &a)
	}
	if err != nil {
		a.Error = err.Error()
	}
	return a
}

func run(name string, in io.Reader, out io.Writer) error {
	engine, ok := engines[name]
	if !ok {
		return fmt.Errorf("%q is no engine here; readeck and go-trafilatura are", name)
	}
	r, e := bufio.NewReader(in), json.NewEncoder(out)
	e.SetEscapeHTML(false)
	for {
		b, err := r.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read the pages: %w", err)
		}
		var l line
		if err := json.Unmarshal(b, &l); err != nil {
			return fmt.Errorf("read the pages: %w", err)
		}
		if err := e.Encode(read(l, engine)); err != nil {
			return fmt.Errorf("write the answers: %w", err)
		}
	}
}

func main() {
	name := ""
	if len(os.Args) == 2 {
		name = os.Args[1]
	}
	if err := run(name, os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "extractpeers:", err)
		os.Exit(1)
	}
}
