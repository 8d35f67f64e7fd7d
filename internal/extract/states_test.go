package extract

import (
	"errors"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// Each file of testdata/states is a page made up for one state: a sentence on what is special about it, its address, its state, and whether
// it says that it is not free. At least ten for each state, and of all at least 95 of a hundred are to be right.
func TestStatesOfPages(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "states", "*.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	states := []State{Full, Cut, Consent, List, Empty, Live}
	pages, right := map[State]int{}, map[State]int{}
	for _, file := range files {
		a, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]string{}
		for line := range strings.Lines(string(a.Comment)) {
			if name, value, ok := strings.Cut(strings.TrimSpace(line), ": "); ok {
				want[name] = value
			}
		}
		state := State(want["state"])
		if len(a.Files) != 1 || !slices.Contains(states, state) || want["url"] == "" {
			t.Fatalf("%s: wants page.html, url and state", file)
		}
		pages[state]++
		d, report, err := Article(Page{HTML: a.Files[0].Data, URL: want["url"]}, Rule{})
		none := state == Consent || state == List || state == Empty
		if report.State != state || (want["paywall"] == "true") != report.Paywall || errors.Is(err, ErrNoArticle) != none {
			t.Logf("%s: state %s, paywall %v, %v\n%.600s", filepath.Base(file), report.State, report.Paywall, err, Text(d))
			continue
		}
		right[state]++
	}
	all, good := 0, 0
	for _, s := range states {
		t.Logf("%-8s %2d of %2d", s, right[s], pages[s])
		if pages[s] < 10 {
			t.Errorf("%s: %d pages, at least ten are wanted", s, pages[s])
		}
		all, good = all+pages[s], good+right[s]
	}
	if good*100 < all*95 {
		t.Errorf("%d of %d right", good, all)
	}
}

// notFree is how data for machines say that an article, or a part of it, is not free.
var notFree = regexp.MustCompile(`(?i)"isAccessibleForFree"\s*:\s*"?(?:https?://schema\.org/)?false`)

// TestStatesOfFundus reads the pages of the shared set of publishers: each is an article, cut where its own data say that it is not free.
func TestStatesOfFundus(t *testing.T) {
	list := samples(t, "fundus")
	right := 0
	for _, s := range list {
		r := read(s)
		want := Full
		if notFree.Match(s.html) {
			want = Cut
		}
		if r.report.State != want || r.err != nil {
			t.Logf("%s: %s, want %s, %v", s.id, r.report.State, want, r.err)
			continue
		}
		right++
	}
	if t.Logf("%d of %d", right, len(list)); right*100 < len(list)*95 {
		t.Error("below 95 of a hundred")
	}
}
