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
// it says that it is not free; also words that the text has, and such as it must not have. At least ten for each state, and all are to be right.
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
		var has, lacks []string
		for line := range strings.Lines(string(a.Comment)) {
			switch name, value, _ := strings.Cut(strings.TrimSpace(line), ": "); name {
			case "has":
				has = append(has, value)
			case "lacks":
				lacks = append(lacks, value)
			default:
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
			t.Errorf("%s: state %s, paywall %v, %v\n%.600s", filepath.Base(file), report.State, report.Paywall, err, Text(d))
			continue
		}
		missing := func(s string) bool { return !strings.Contains(Text(d), s) }
		if slices.ContainsFunc(has, missing) || slices.ContainsFunc(lacks, func(s string) bool { return !missing(s) }) {
			t.Errorf("%s: wants %q, and not %q:\n%s", filepath.Base(file), has, lacks, Text(d))
			continue
		}
		right[state]++
	}
	for _, s := range states {
		t.Logf("%-8s %2d of %2d", s, right[s], pages[s])
		if pages[s] < 10 {
			t.Errorf("%s: %d pages, at least ten are wanted", s, pages[s])
		}
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
