package segment

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/dragoman-newsroom/dragoman/internal/require"
)

// sentences are the pieces of s as a reader sees them.
func sentences(tag, s string) []string {
	var out []string
	for _, r := range Split(tag, s) {
		if t := squeeze(s[r.Start:r.End]); t != "" {
			out = append(out, t)
		}
	}
	return out
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

func squeezed(list []string) []string {
	var out []string
	for _, s := range list {
		out = append(out, squeeze(s))
	}
	return out
}

// TestCases counts the cases of each set that are right, and holds the counts that were reached.
func TestCases(t *testing.T) {
	b, err := os.ReadFile("testdata/cases.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		ID, Lang, Set, Name, Text string
		Expect                    []string
		Accept                    [][]string
		Rewrites                  bool
	}
	if err := json.Unmarshal(b, &cases); err != nil {
		t.Fatal(err)
	}
	type key struct{ set, lang string }
	right, all := map[key]int{}, map[key]int{}
	for _, c := range cases {
		if c.Rewrites {
			continue
		}
		got := sentences(c.Lang, c.Text)
		ok := slices.Equal(got, squeezed(c.Expect))
		for _, a := range c.Accept {
			ok = ok || slices.Equal(got, squeezed(a))
		}
		k := key{c.Set, c.Lang}
		all[k]++
		if ok {
			right[k]++
		} else if testing.Verbose() {
			t.Logf("%s: %q", c.ID, got)
		}
	}
	for k, least := range map[key]int{
		{"golden", "en"}: 48, {"news", "en"}: 10, {"news", "fr"}: 41, {"news", "pt"}: 15,
	} {
		if right[k] < least {
			t.Errorf("%s %s: %d of %d right, want at least %d", k.set, k.lang, right[k], all[k], least)
		}
	}
	for k := range all {
		t.Logf("%s %s: %d of %d", k.set, k.lang, right[k], all[k])
	}
}

// TestRunningNews joins ten sentences and counts the boundaries found among them.
func TestRunningNews(t *testing.T) {
	shared := require.Shared(t)
	for _, c := range []struct {
		lang, file string
		least      float64 // 0.2 under the best splitter measured in design/mt-quality.md, section 4
	}{
		{"en", "newstest2013/en.txt", 99.1},
		{"fr", "newstest2013/fr.txt", 99.0},
		{"es", "newstest2013/es.txt", 98.1},
		{"de", "newstest2013/de.txt", 98.2},
		{"ru", "newstest2013/ru.txt", 98.7},
		{"fr", "ntrex/fra.txt", 97.6},
		{"pt", "ntrex/por.txt", 97.9},
		{"it", "ntrex/ita.txt", 99.3},
		{"uk", "ntrex/ukr.txt", 95.7},
		{"pl", "ntrex/pol.txt", 93.6},
		{"ca", "ntrex/cat.txt", 97.4},
	} {
		b, err := os.ReadFile(filepath.Join(shared, "data/mt", c.file))
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		for _, l := range strings.Split(string(b), "\n") {
			if l = squeeze(l); l != "" && strings.ContainsRune(".!?…", lastRune(strings.TrimRight(l, "\"'”’»“ )"))) {
				lines = append(lines, l)
			}
		}
		var hit, found, want int
		for len(lines) >= 10 {
			text, ends := "", map[int]bool{}
			for i, l := range lines[:10] {
				if i > 0 {
					text += " "
					ends[len(text)] = true
				}
				text += l
			}
			for _, r := range Split(c.lang, text)[1:] {
				found++
				if ends[r.Start] {
					hit++
				} else if testing.Verbose() {
					t.Logf("%s extra: %q | %q", c.lang, tail(text[:r.Start]), head(text[r.Start:]))
				}
				delete(ends, r.Start)
			}
			for e := range ends {
				if testing.Verbose() {
					t.Logf("%s missed: %q | %q", c.lang, tail(text[:e]), head(text[e:]))
				}
			}
			want += 9
			lines = lines[10:]
		}
		p, r := float64(hit)/float64(found), float64(hit)/float64(want)
		f := 200 * p * r / (p + r)
		t.Logf("%s %s: F1 %.2f (precision %.1f, recall %.1f)", c.lang, c.file, f, 100*p, 100*r)
		if f < c.least {
			t.Errorf("%s %s: F1 %.2f, want at least %.1f", c.lang, c.file, f, c.least)
		}
	}
}

func tail(s string) string { return s[max(0, len(s)-40):] }
func head(s string) string { return s[:min(len(s), 40)] }

func TestSplitKeepsEveryByte(t *testing.T) {
	for _, s := range []string{"", " ", "\n\n", ".", "...", "a.\xff B", "« a ! » B", "1. A 2. B 3.", "([{"} {
		tile(t, "en", s)
	}
}

func tile(t *testing.T, tag, s string) {
	t.Helper()
	at := 0
	for _, r := range Split(tag, s) {
		if r.Start != at || r.End <= r.Start {
			t.Fatalf("%q: piece %v, want one from %d", s, r, at)
		}
		if r.End < len(s) && !utf8.RuneStart(s[r.End]) && utf8.ValidString(s) {
			t.Fatalf("%q: cut inside a character at %d", s, r.End)
		}
		at = r.End
	}
	if at != len(s) {
		t.Fatalf("%q: pieces end at %d of %d", s, at, len(s))
	}
}

func FuzzSplit(f *testing.F) {
	f.Add("en", `"Is it?" Smith asked. At 5 a.m. Mr. Smith (no. 5. It) left. 1) A 2) B`)
	f.Add("fr", "M. Dupont a dit « Non ! » Il est parti.[3] — Oui… non")
	f.Add("de", "Am 3. Oktober, z. B. in Bonn. »Ja.« Sie")
	f.Add("ja", "はい。いいえ！")
	f.Fuzz(func(t *testing.T, tag, s string) { tile(t, tag, s) })
}

func BenchmarkSplit(b *testing.B) {
	s := strings.Repeat("The U.S. Senate voted on Jan. 6. “We lost. We will start again,” she said (in No. 12). It is 3.5 miles long, and nobody knew why. ", 800)
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		Split("en", s)
	}
}
