package extract

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// TestFailures prints what is wrong on the pages of the shared data, field by field, for whoever works on a rule. It judges nothing, so
// it runs only where DRAGOMAN_WORST names fields: deck, authors, captions, links, emphasis, headings, title, snippets, body.
func TestFailures(t *testing.T) {
	fields := strings.FieldsFunc(os.Getenv("DRAGOMAN_WORST"), func(r rune) bool { return r == ',' })
	if len(fields) == 0 {
		t.Skip("DRAGOMAN_WORST names no field")
	}
	sets := allSets
	if s := os.Getenv("DRAGOMAN_SET"); s != "" {
		sets = strings.Split(s, ",")
	}
	for _, set := range sets {
		for _, s := range samples(t, set) {
			if id := os.Getenv("DRAGOMAN_PAGE"); id != "" && !strings.Contains(s.id, id) {
				continue
			}
			r := read(s)
			for _, f := range fields {
				showFailures(t, r, f)
			}
		}
	}
}

func showFailures(t *testing.T, r result, field string) {
	t.Helper()
	s := r.sample
	say := func(format string, args ...any) {
		t.Helper()
		t.Logf(s.set+" "+s.id+" "+format, args...)
	}
	switch field {
	case "deck":
		if s.Deck != "" && metricKey(s.Deck) != metricKey(r.doc.Deck.S) {
			say("deck\n  want %q\n  got  %q from %s", s.Deck, r.doc.Deck.S, r.report.Sources["deck"].From)
		}
	case "title":
		if s.Title != "" && metricKey(s.Title) != metricKey(r.doc.Title.S) {
			say("title\n  want %q\n  got  %q", s.Title, r.doc.Title.S)
		}
	case "authors":
		if len(s.Authors) > 0 && nameSet(s.Authors) != nameSet(r.doc.Byline) {
			say("authors\n  want %q\n  got  %q from %s", s.Authors, r.doc.Byline, r.report.Sources["byline"].From)
		}
	case "headings":
		got := map[string]bool{}
		for _, b := range r.doc.Blocks {
			if b.Kind.Heading() {
				got[metricKey(b.Text.S)] = true
			}
		}
		for _, h := range s.Heads {
			if !got[metricKey(h)] {
				say("heading %q, in the body %v", h, strings.Contains(metricKey(r.body), metricKey(h)))
			}
		}
	case "captions":
		var all strings.Builder
		for _, b := range r.doc.Blocks {
			if b.Media != nil {
				all.WriteString(" " + metricKey(b.Text.S+" "+b.Media.Credit) + " |")
			}
		}
		for _, c := range s.Caps {
			if !strings.Contains(all.String(), metricKey(c)) {
				say("caption %q", c)
			}
		}
	case "emphasis":
		got := map[string]int{}
		for _, m := range r.doc.Deck.Marks {
			got[metricKey(r.doc.Deck.S[m.Start:m.End])]++
		}
		for _, b := range r.doc.Blocks {
			for _, m := range b.Text.Marks {
				if m.Kind == doc.Emph || m.Kind == doc.Strong {
					got[metricKey(b.Text.S[m.Start:m.End])]++
				}
			}
		}
		for _, e := range s.Emph {
			k := metricKey(e)
			if got[k]--; got[k] < 0 && k != "" {
				say("emphasis %q, in the body %v", e, strings.Contains(metricKey(r.body), k))
			}
		}
	case "links":
		for _, l := range s.Links {
			k := linkKey(l.Text, l.Href)
			if !slices.ContainsFunc(r.doc.Blocks, func(b doc.Block) bool {
				return slices.ContainsFunc(b.Text.Marks, func(m doc.Mark) bool { return m.Kind == doc.Link && linkKey(b.Text.S[m.Start:m.End], m.Href) == k })
			}) {
				say("link %q %s, in the body %v", l.Text, l.Href, strings.Contains(metricKey(r.body), metricKey(l.Text)))
			}
		}
	case "snippets":
		flat := strings.Join(strings.Fields(r.body), " ")
		for _, w := range s.With {
			if !strings.Contains(flat, strings.Join(strings.Fields(w), " ")) {
				say("lacks %q", w)
			}
		}
		for _, w := range s.Without {
			if strings.Contains(flat, strings.Join(strings.Fields(w), " ")) {
				say("holds %q", w)
			}
		}
	case "body":
		if s.Body == "" || r.exact {
			return
		}
		truth, got := map[string]bool{}, map[string]bool{}
		for p := range strings.SplitSeq(s.Body, "\n") {
			truth[metricKey(p)] = true
		}
		flat, body := metricKey(s.Body), metricKey(r.body)
		say("F1 %.3f P %.3f R %.3f %v %s", r.f1(), r.precision, r.recall, r.err, s.URL)
		for p := range strings.SplitSeq(r.body, "\n") {
			k := metricKey(p)
			got[k] = true
			if !truth[k] && !strings.Contains(flat, k) {
				t.Logf("    + %q", p[:min(len(p), 160)])
			}
		}
		for p := range strings.SplitSeq(s.Body, "\n") {
			if k := metricKey(p); !got[k] && !strings.Contains(body, k) {
				t.Logf("    - %q", p[:min(len(p), 160)])
			}
		}
	}
}
