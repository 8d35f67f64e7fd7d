package extract

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/dragoman-newsroom/dragoman/internal/address"
	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/require"
)

// A sample is a page whose article is known.
type sample struct {
	set, id string
	html    []byte
	File    string        `json:"file"`
	URL     string        `json:"url"`
	Body    string        `json:"articleBody"`
	Title   string        `json:"title"`
	Deck    string        `json:"deck"`
	Date    string        `json:"date"`
	Lang    string        `json:"lang"`
	Authors []string      `json:"authors"`
	Heads   []string      `json:"headings"`
	Links   []linkedWords `json:"links"`
	Emph    []string      `json:"emphasis"`
	Caps    []string      `json:"captions"`
	With    []string      `json:"with"`
	Without []string      `json:"without"`
}

type linkedWords struct {
	Text string `json:"text"`
	Href string `json:"href"`
}

var allSets = []string{"scrapinghub", "fundus", "naeb", "wcxb-articles", "trafilatura", "mozilla-readability"}

// samples reads a set of the shared data, in the order of the ids.
func samples(t testing.TB, set string) []*sample {
	t.Helper()
	dir := filepath.Join(require.Shared(t), "data", "extraction", set)
	b, err := os.ReadFile(filepath.Join(dir, "ground-truth.json"))
	if err != nil {
		t.Fatal(err)
	}
	var byID map[string]*sample
	if err := json.Unmarshal(b, &byID); err != nil {
		t.Fatalf("%s: %v", set, err)
	}
	var list []*sample
	for id, s := range byID {
		s.set, s.id = set, id
		s.html = unzipped(t, filepath.Join(dir, "html", s.File))
		if set == "mozilla-readability" && s.Body == "" {
			// The truth is the tree that Readability.js gives.
			root, err := parse(string(unzipped(t, filepath.Join(dir, "expected", s.File))))
			if err != nil {
				t.Fatal(err)
			}
			s.Body = textOf(root)
		}
		list = append(list, s)
	}
	slices.SortFunc(list, func(a, b *sample) int { return strings.Compare(a.id, b.id) })
	return list
}

func unzipped(t testing.TB, path string) []byte {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(z)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return b
}

// metricTokens and shingles are the public article-extraction-benchmark's: runs of letters and digits, in fours.
func metricTokens(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && r != '_' })
}

func shingles(toks []string) map[string]int {
	m := map[string]int{}
	if len(toks) > 0 && len(toks) < 4 {
		m[strings.Join(toks, " ")]++
	}
	for i := 0; i+4 <= len(toks); i++ {
		m[strings.Join(toks[i:i+4], " ")]++
	}
	return m
}

// A result is how one page was read.
type result struct {
	sample                   *sample
	doc                      doc.Document
	report                   Report
	err                      error
	body                     string
	precision, recall        float64
	hasPrecision, hasRecall  bool
	exact                    bool
	with, without, kept, hit int
}

func read(s *sample) result {
	d, report, err := Article(Page{HTML: s.html, URL: s.URL}, Rule{})
	r := result{sample: s, doc: d, report: report, err: err, body: Text(d)}
	truth, pred := metricTokens(s.Body), metricTokens(r.body)
	a, b := shingles(truth), shingles(pred)
	var tp, fp, fn int
	for k, n := range a {
		tp += min(n, b[k])
		fn += max(0, n-b[k])
	}
	for k, n := range b {
		fp += max(0, n-a[k])
	}
	if tp+fp > 0 {
		r.precision, r.hasPrecision = float64(tp)/float64(tp+fp), true
	}
	if tp+fn > 0 {
		r.recall, r.hasRecall = float64(tp)/float64(tp+fn), true
	}
	r.exact = slices.Equal(truth, pred)
	flat := strings.Join(strings.Fields(r.body), " ")
	for _, w := range s.With {
		r.with++
		if strings.Contains(flat, strings.Join(strings.Fields(w), " ")) {
			r.hit++
		}
	}
	for _, w := range s.Without {
		r.without++
		if strings.Contains(flat, strings.Join(strings.Fields(w), " ")) {
			r.kept++
		}
	}
	return r
}

func (r result) f1() float64 {
	if r.precision+r.recall == 0 {
		return 0
	}
	return 2 * r.precision * r.recall / (r.precision + r.recall)
}

// A score sums up a set as the public benchmark does: F1 of the mean precision and the mean recall.
type score struct {
	pages                              int
	f1, precision, recall, exact, snip float64
}

func summed(list []result) score {
	var s score
	var np, nr, ne, with, hit, kept int
	for _, r := range list {
		with, hit, kept = with+r.with, hit+r.hit, kept+r.kept
		if r.sample.Body == "" {
			continue
		}
		s.pages++
		if r.hasPrecision {
			s.precision += r.precision
			np++
		}
		if r.hasRecall {
			s.recall += r.recall
			nr++
		}
		if r.exact {
			ne++
		}
	}
	s.precision /= float64(max(1, np))
	s.recall /= float64(max(1, nr))
	s.exact = float64(ne) / float64(max(1, s.pages))
	if s.precision+s.recall > 0 {
		s.f1 = 2 * s.precision * s.recall / (s.precision + s.recall)
	}
	if hit > 0 {
		p, r := float64(hit)/float64(hit+kept), float64(hit)/float64(with)
		s.snip = 2 * p * r / (p + r)
	}
	return s
}

func (s score) String() string {
	return fmt.Sprintf("pages %3d  F1 %.3f  P %.3f  R %.3f  exact %.3f  snippets %.3f", s.pages, s.f1, s.precision, s.recall, s.exact, s.snip)
}

// metaLine compares the fields of the head, as the shared scorer does.
func metaLine(list []result) string {
	type tally struct{ right, wrong, missing int }
	var title, deck, date, authors, language tally
	add := func(t *tally, got, want string) {
		switch {
		case want == "":
		case got == "":
			t.missing++
		case got == want:
			t.right++
		default:
			t.wrong++
		}
	}
	for _, r := range list {
		s := r.sample
		add(&title, metricKey(r.doc.Title.S), metricKey(s.Title))
		add(&deck, metricKey(r.doc.Deck.S), metricKey(s.Deck))
		add(&date, firstTen(r.report.Published.String()), firstTen(s.Date))
		add(&authors, nameSet(r.doc.Byline), nameSet(s.Authors))
		add(&language, strings.ToLower(firstPart(r.doc.Lang)), strings.ToLower(firstPart(s.Lang)))
	}
	line := ""
	for _, f := range []struct {
		name string
		t    tally
	}{{"title", title}, {"deck", deck}, {"date", date}, {"authors", authors}, {"lang", language}} {
		if n := f.t.right + f.t.wrong + f.t.missing; n > 0 {
			line += fmt.Sprintf("  %s n %d right %.3f wrong %.3f missing %.3f", f.name, n, float64(f.t.right)/float64(n), float64(f.t.wrong)/float64(n), float64(f.t.missing)/float64(n))
		}
	}
	return line
}

func metricKey(s string) string { return strings.Join(metricTokens(strings.ToLower(s)), " ") }

func firstTen(s string) string { return s[:min(10, len(s))] }

func firstPart(s string) string {
	head, _, _ := strings.Cut(strings.ReplaceAll(s, "_", "-"), "-")
	return head
}

func nameSet(names []string) string {
	var list []string
	for _, n := range names {
		if k := metricKey(n); k != "" {
			list = append(list, k)
		}
	}
	slices.Sort(list)
	return strings.Join(list, "|")
}

// structureLine measures links, emphasis, headings and captions in the paragraphs that were kept.
func structureLine(list []result) string {
	var links, linksFound, linksGiven, linksRight, emph, emphFound, heads, headsFound, caps, capsFound, titleAgain int
	for _, r := range list {
		s := r.sample
		truthParagraphs := map[string]bool{}
		for p := range strings.SplitSeq(s.Body, "\n") {
			truthParagraphs[metricKey(p)] = true
		}
		want := map[string]int{}
		kept := keptParagraphs(r, truthParagraphs)
		for _, l := range s.Links {
			if k := metricKey(l.Text); k != "" {
				want[linkKey(l.Text, l.Href)]++
				if inKept(k, kept, truthParagraphs) {
					links++
				}
			}
		}
		gotEmph, gotHeads := map[string]int{}, map[string]int{}
		var captions strings.Builder
		for _, m := range r.doc.Deck.Marks {
			if m.Kind == doc.Emph || m.Kind == doc.Strong {
				gotEmph[metricKey(r.doc.Deck.S[m.Start:m.End])]++
			}
		}
		for _, b := range r.doc.Blocks {
			if b.Media != nil {
				captions.WriteString(" " + metricKey(b.Text.S+" "+b.Media.Credit) + " |")
				continue
			}
			if b.Kind.Heading() {
				gotHeads[metricKey(b.Text.S)]++
			}
			if k := metricKey(b.Text.S); k == metricKey(r.doc.Title.S) && k != "" && !truthParagraphs[k] {
				titleAgain++
			}
			inTruth := truthParagraphs[metricKey(b.Text.S)]
			for _, m := range b.Text.Marks {
				words := b.Text.S[m.Start:m.End]
				switch m.Kind {
				case doc.Link:
					if inTruth && len(s.Links) > 0 && metricKey(words) != "" {
						linksGiven++
						if k := linkKey(words, m.Href); want[k] > 0 {
							want[k]--
							linksRight++
							if inKept(metricKey(words), kept, truthParagraphs) {
								linksFound++
							}
						}
					}
				case doc.Emph, doc.Strong:
					gotEmph[metricKey(words)]++
				}
			}
		}
		for _, e := range s.Emph {
			k := metricKey(e)
			if k == "" {
				continue
			}
			emph++
			if gotEmph[k] > 0 {
				gotEmph[k]--
				emphFound++
			}
		}
		for _, h := range s.Heads {
			k := metricKey(h)
			if k == "" {
				continue
			}
			heads++
			if gotHeads[k] > 0 {
				gotHeads[k]--
				headsFound++
			}
		}
		for _, c := range s.Caps {
			if k := metricKey(c); k != "" {
				caps++
				if strings.Contains(captions.String(), k) {
					capsFound++
				}
			}
		}
	}
	share := func(a, b int) string { return fmt.Sprintf("%d/%d %.3f", a, b, float64(a)/float64(max(1, b))) }
	return "links recall " + share(linksFound, links) + " precision " + share(linksRight, linksGiven) + "  emphasis " + share(emphFound, emph) +
		"  headings " + share(headsFound, heads) + "  captions " + share(capsFound, caps) + fmt.Sprintf("  title again %d", titleAgain)
}

// keptParagraphs are the paragraphs of the truth that the document has word for word.
func keptParagraphs(r result, truth map[string]bool) map[string]bool {
	kept := map[string]bool{}
	for _, b := range r.doc.Blocks {
		if k := metricKey(b.Text.S); truth[k] {
			kept[k] = true
		}
	}
	return kept
}

// inKept reports whether folded words of a link stand in a paragraph that was kept, and in none that was not: the truth does not say in
// which paragraph a link is.
func inKept(words string, kept, truth map[string]bool) bool {
	in := false
	for p := range truth {
		if strings.Contains(" "+p+" ", " "+words+" ") {
			if !kept[p] {
				return false
			}
			in = true
		}
	}
	return in
}

func linkKey(text, href string) string {
	return metricKey(text) + " -> " + address.Key(href)
}

// TestScores reads every page of the shared data and prints how well; it fails where a figure falls below what was reached.
func TestScores(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 470 pages")
	}
	floors := map[string]float64{"scrapinghub": .980, "fundus": .970, "naeb": .935, "wcxb-articles": .962, "mozilla-readability": .97}
	snippets := map[string]float64{"trafilatura": .946}
	worst := os.Getenv("DRAGOMAN_WORST")
	for _, set := range allSets {
		var list []result
		for _, s := range samples(t, set) {
			list = append(list, read(s))
		}
		s := summed(list)
		t.Logf("%-20s %s", set, s)
		t.Logf("%-20s%s", "", metaLine(list))
		if set == "fundus" {
			t.Logf("%-20s %s", "", structureLine(list))
		}
		if s.f1 < floors[set] {
			t.Errorf("%s: F1 %.3f, below %.3f", set, s.f1, floors[set])
		}
		if s.snip < snippets[set] {
			t.Errorf("%s: snippets %.3f, below %.3f", set, s.snip, snippets[set])
		}
		if worst != "" {
			slices.SortFunc(list, func(a, b result) int {
				switch {
				case a.f1() < b.f1():
					return -1
				case a.f1() > b.f1():
					return 1
				}
				return 0
			})
			for _, r := range list[:min(len(list), 12)] {
				t.Logf("   %.3f P %.3f R %.3f %s %v", r.f1(), r.precision, r.recall, r.sample.id, r.err)
			}
		}
	}
}
