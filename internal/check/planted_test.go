package check

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/require"
)

// planting is how many faults of each kind are planted, and found the least share of them that must be.
const (
	planting = 200
	least    = 0.95
)

// sentence is a pair to plant a fault in.
type sentence struct {
	from, to       string
	source, target string
}

// sound returns the pairs of a set that raise no stop.
func sound(t *testing.T, from, to, source, target string) []sentence {
	t.Helper()
	var out []sentence
	a, b := lines(t, source), lines(t, target)
	for i := range a {
		s := sentence{from, to, a[i], b[i]}
		if stops(s.flags()) == 0 {
			out = append(out, s)
		}
	}
	return out
}

func (s sentence) flags() []doc.Flag {
	return Compare(Pair{Original: plain(s.from, s.source), Translation: plain(s.to, s.target)})
}

func stops(flags []doc.Flag) int {
	n := 0
	for _, f := range flags {
		if f.Severity == doc.Stop {
			n++
		}
	}
	return n
}

// fresh counts the flags of after at severity at or above least that before does not have.
func fresh(before, after []doc.Flag, least doc.Severity) int {
	old := map[string]int{}
	for _, f := range before {
		old[f.Rule+f.Message]++
	}
	n := 0
	for _, f := range after {
		if old[f.Rule+f.Message]--; f.Severity >= least && old[f.Rule+f.Message] < 0 {
			n++
		}
	}
	return n
}

// plant makes faults with fault, which returns "" where a pair has no place for one, and counts how many are found.
func plant(t *testing.T, kind string, pairs []sentence, severity doc.Severity, fault func(r *rand.Rand, s sentence) string) {
	t.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	r.Shuffle(len(pairs), func(i, j int) { pairs[i], pairs[j] = pairs[j], pairs[i] })
	planted, caught := 0, 0
	for _, s := range pairs {
		if planted == planting {
			break
		}
		faulty := s
		faulty.target = fault(r, s)
		if faulty.target == "" || faulty.target == s.target {
			continue
		}
		planted++
		if fresh(s.flags(), faulty.flags(), severity) > 0 {
			caught++
		} else if testing.Verbose() {
			t.Logf("%s missed:\n  %s\n  %s\n  %s", kind, s.source, s.target, faulty.target)
		}
	}
	t.Logf("%s: %d of %d found", kind, caught, planted)
	if planted < planting/2 || float64(caught) < least*float64(planted) {
		t.Errorf("%s: %d of %d found, want %.0f %% of %d", kind, caught, planted, 100*least, planting)
	}
}

var digit = regexp.MustCompile(`[0-9]`)

func TestPlantedFaults(t *testing.T) {
	flores := func() []sentence {
		return sound(t, "en", "pt", "flores-dev/en.txt", "outputs/flores-dev.en-pt.bergamot-base-memory.txt")
	}
	plant(t, "number changed", flores(), doc.Stop, func(r *rand.Rand, s sentence) string {
		at := digit.FindAllStringIndex(s.target, -1)
		if at == nil {
			return ""
		}
		i := at[r.IntN(len(at))][0]
		return s.target[:i] + string('0'+(s.target[i]-'0'+1+byte(r.IntN(9)))%10) + s.target[i+1:]
	})
	plant(t, "number dropped", flores(), doc.Stop, func(r *rand.Rand, s sentence) string {
		at := regexp.MustCompile(`[0-9][0-9.,]*[0-9]|[0-9]`).FindAllStringIndex(s.target, -1)
		if at == nil {
			return ""
		}
		m := at[r.IntN(len(at))]
		return s.target[:m[0]] + s.target[m[1]:]
	})
	plant(t, "loop of a word", flores(), doc.Stop, func(r *rand.Rand, s sentence) string {
		w := strings.Fields(s.target)
		i := r.IntN(len(w))
		again := strings.Repeat(w[i]+" ", 3)
		return strings.Join(append(append(append([]string{}, w[:i+1]...), strings.TrimSpace(again)), w[i+1:]...), " ")
	})
	plant(t, "loop of a phrase", flores(), doc.Stop, func(r *rand.Rand, s sentence) string {
		w := strings.Fields(s.target)
		n := 2 + r.IntN(3)
		if len(w) < n+2 {
			return ""
		}
		i := r.IntN(len(w) - n)
		phrase := strings.Join(w[i:i+n], " ")
		return strings.Join(w[:i], " ") + " " + strings.TrimSpace(strings.Repeat(phrase+" ", 4)) + " " + strings.Join(w[i+n:], " ")
	})
	plant(t, "sentence untranslated", flores(), doc.Stop, func(_ *rand.Rand, s sentence) string { return s.source })
	for _, size := range []struct{ least, most int }{{3, 3}, {3, 6}} {
		plant(t, fmt.Sprintf("%d to %d words left over", size.least, size.most), flores(), doc.Stop, func(r *rand.Rand, s sentence) string {
			a, b := strings.Fields(s.source), strings.Fields(s.target)
			n := size.least + r.IntN(size.most-size.least+1)
			if len(a) < n+2 || len(b) < n+2 {
				return ""
			}
			i := r.IntN(len(a) - n)
			j := min(i*len(b)/len(a), len(b)-n)
			return strings.Join(b[:j], " ") + " " + strings.Join(a[i:i+n], " ") + " " + strings.Join(b[j+n:], " ")
		})
	}
	plant(t, "half left over", flores(), doc.Stop, func(_ *rand.Rand, s sentence) string {
		a, b := strings.Fields(s.source), strings.Fields(s.target)
		return strings.Join(b[:len(b)/2], " ") + " " + strings.Join(a[len(a)/2:], " ")
	})
	named := regexp.MustCompile(`[\pL\pN,] (\p{Lu}\p{Ll}{3,})`)
	for kind, other := range map[string]string{"name replaced": "Zacarias", "name dropped": ""} {
		plant(t, kind, flores(), doc.Ask, func(r *rand.Rand, s sentence) string {
			var places [][]int
			for _, m := range named.FindAllStringSubmatchIndex(s.target, -1) {
				if name := s.target[m[2]:m[3]]; strings.Count(s.source, name) == 1 && strings.Count(s.target, name) == 1 && regexp.MustCompile(`\b`+name+`\b`).MatchString(s.source) {
					places = append(places, m)
				}
			}
			if places == nil {
				return ""
			}
			m := places[r.IntN(len(places))]
			return strings.ReplaceAll(strings.Join(strings.Fields(s.target[:m[2]]+other+s.target[m[3]:]), " "), " ,", ",")
		})
	}
	news := func() []sentence {
		return sound(t, "en", "fr", "newstest2013/en.txt", "outputs/newstest2013.en-fr.bergamot-tiny.txt")
	}
	plant(t, "quotation mark dropped", news(), doc.Stop, func(r *rand.Rand, s sentence) string {
		at := regexp.MustCompile(`["«»“”]`).FindAllStringIndex(s.target, -1)
		if len(at) == 0 {
			return ""
		}
		m := at[r.IntN(len(at))]
		return s.target[:m[0]] + s.target[m[1]:]
	})
	plant(t, "quotation marks dropped", news(), doc.Stop, func(_ *rand.Rand, s sentence) string {
		return regexp.MustCompile(`["«»“”]\s?`).ReplaceAllString(s.target, "")
	})
	plant(t, "quotation marks added", news(), doc.Stop, func(r *rand.Rand, s sentence) string {
		w := strings.Fields(s.target)
		if len(w) < 6 || strings.ContainsAny(s.target, `"«»“”'`) {
			return ""
		}
		i := r.IntN(len(w) - 3)
		w[i], w[i+2] = `"`+w[i], w[i+2]+`"`
		return strings.Join(w, " ")
	})
	titles(t, flores())
	placed(t)
}

// titles plants a title that is repeated, or missing, in documents of three lines.
func titles(t *testing.T, pairs []sentence) {
	t.Helper()
	found := map[string]int{}
	n := 0
	for i := 0; i+2 < len(pairs) && n < planting; i += 3 {
		article := func(lang string, s func(sentence) string) doc.Document {
			d := doc.Document{Lang: lang, Title: doc.Text{S: s(pairs[i])}}
			for k := 1; k < 3; k++ {
				d.Blocks = append(d.Blocks, doc.Block{Kind: doc.Paragraph, Key: fmt.Sprint("b", k), Text: doc.Text{S: s(pairs[i+k])}})
			}
			return d
		}
		original := article("en", func(s sentence) string { return s.source })
		good := article("pt", func(s sentence) string { return s.target })
		before := Compare(Pair{Original: original, Translation: good})
		if stops(before) > 0 {
			continue
		}
		n++
		for kind, fault := range map[string]func(*doc.Document){
			"as first block":  func(d *doc.Document) { d.Blocks[0].Text.S = d.Title.S },
			"before the text": func(d *doc.Document) { d.Blocks[0].Text.S = d.Title.S + " " + d.Blocks[0].Text.S },
			"as a new block": func(d *doc.Document) {
				d.Blocks = append([]doc.Block{{Kind: doc.Heading2, Key: "t", Text: d.Title}}, d.Blocks...)
			},
			"as deck":      func(d *doc.Document) { d.Deck = d.Title },
			"missing":      func(d *doc.Document) { d.Title = doc.Text{} },
			"untranslated": func(d *doc.Document) { d.Title.S = original.Title.S },
		} {
			bad := article("pt", func(s sentence) string { return s.target })
			fault(&bad)
			if fresh(before, Compare(Pair{Original: original, Translation: bad}), doc.Stop) > 0 {
				found[kind]++
			}
		}
	}
	t.Logf("titles, of %d each: %v", n, found)
	for kind, k := range found {
		if float64(k) < least*float64(n) {
			t.Errorf("title %s: %d of %d found", kind, k, n)
		}
	}
}

// placed plants links that are lost, exchanged, empty or changed in tagged news.
func placed(t *testing.T) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(require.Shared(t), "data/markup/news.json"))
	if err != nil {
		t.Fatal(err)
	}
	var set []struct {
		Tags  []struct{ El, Href string }
		Sides map[string]struct {
			Text  string
			Spans [][2]int
		}
	}
	if err := json.Unmarshal(b, &set); err != nil {
		t.Fatal(err)
	}
	found, planted := map[string]int{}, map[string]int{}
	for _, s := range set {
		side := func(name string) doc.Document {
			d := plain(map[string]string{"en": "en", "pt-PT": "pt-PT"}[name], s.Sides[name].Text)
			text := &d.Blocks[0].Text
			for i, sp := range s.Sides[name].Spans {
				kind := map[string]doc.MarkKind{"a": doc.Link, "em": doc.Emph, "strong": doc.Strong}[s.Tags[i].El]
				text.Marks = append(text.Marks, doc.Mark{Kind: kind, Href: s.Tags[i].Href, Start: doc.ByteOffset(text.S, sp[0]), End: doc.ByteOffset(text.S, sp[1])})
			}
			return d
		}
		original, good := side("en"), side("pt-PT")
		before := Compare(Pair{Original: original, Translation: good})
		var links []int
		for i, m := range good.Blocks[0].Text.Marks {
			if m.Kind == doc.Link {
				links = append(links, i)
			}
		}
		if len(links) == 0 || stops(before) > 0 {
			continue
		}
		for kind, fault := range map[string]func(*doc.Text) bool{
			"lost": func(x *doc.Text) bool {
				x.Marks = append(x.Marks[:links[0]:links[0]], x.Marks[links[0]+1:]...)
				return true
			},
			"changed": func(x *doc.Text) bool { x.Marks[links[0]].Href = "https://example.org/other"; return true },
			"emptied": func(x *doc.Text) bool { x.Marks[links[0]].End = x.Marks[links[0]].Start; return true },
			"exchanged": func(x *doc.Text) bool {
				if len(links) < 2 {
					return false
				}
				a, b := &x.Marks[links[0]], &x.Marks[links[1]]
				a.Href, b.Href = b.Href, a.Href
				return true
			},
		} {
			bad := side("pt-PT")
			if !fault(&bad.Blocks[0].Text) {
				continue
			}
			planted[kind]++
			if fresh(before, Compare(Pair{Original: original, Translation: bad}), doc.Stop) > 0 {
				found[kind]++
			} else if testing.Verbose() {
				t.Logf("link %s missed: %s | %s", kind, doc.Format(original), doc.Format(bad))
			}
		}
	}
	t.Logf("links: %v of %v", found, planted)
	for kind, n := range planted {
		if float64(found[kind]) < least*float64(n) {
			t.Errorf("link %s: %d of %d found", kind, found[kind], n)
		}
	}
}
