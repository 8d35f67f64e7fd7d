package newsroom

import (
	"context"
	"strings"
	"time"
	"unicode"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// When two articles of a site are one by their text, whatever their addresses say. The bounds are strict: an article that is taken for
// another's twin is not translated.
const (
	twinSpan    = 3 * 24 * time.Hour
	twinRecent  = 200 // articles of the site that are looked at by headline
	twinWords   = 80  // fewer make no article that could be told by its text
	twinTitle   = 0.5 // of the words of both headlines are in both
	twinText    = 0.9 // of the runs of words of both texts are in both
	twinRun     = 5   // words
	twinCompare = 5   // texts that are compared
)

// nearTwin returns the item of the same site, taken lately, whose article is this one under another address; the zero Item if there is
// none. What an editor parted is not joined again.
func nearTwin(ctx context.Context, r store.Reads, site string, item news.Item, d doc.Document, now time.Time) (news.Item, error) {
	runs := runsOf(d)
	if len(runs) < twinWords {
		return news.Item{}, nil
	}
	recent, err := r.RecentTitles(ctx, site, millis(now.Add(-twinSpan)), twinRecent)
	if err != nil {
		return news.Item{}, err
	}
	title := wordSet(d.Title.S)
	compared := 0
	for _, t := range recent {
		if t.Item == item.ID || t.Lang != d.Lang || alike(title, wordSet(t.Title)) < twinTitle {
			continue
		}
		if compared++; compared > twinCompare {
			break
		}
		other, _, err := r.Original(ctx, t.Original)
		if err != nil {
			return news.Item{}, err
		}
		if alike(runs, runsOf(other)) < twinText {
			continue
		}
		if parted, err := r.Parted(ctx, item.ID, t.Item); err != nil {
			return news.Item{}, err
		} else if !parted {
			return r.Item(ctx, t.Item)
		}
	}
	return news.Item{}, nil
}

// wordList is the words of a text, in small letters, without signs.
func wordList(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })
}

func wordSet(s string) map[string]bool {
	set := map[string]bool{}
	for _, w := range wordList(s) {
		set[w] = true
	}
	return set
}

// runsOf are the runs of words of an article's text; of a block that is shorter than a run, the block.
func runsOf(d doc.Document) map[string]bool {
	set := map[string]bool{}
	for _, b := range d.Blocks {
		list := wordList(b.Text.S)
		if len(list) > 0 && len(list) < twinRun {
			set[strings.Join(list, " ")] = true
		}
		for i := 0; i+twinRun <= len(list); i++ {
			set[strings.Join(list[i:i+twinRun], " ")] = true
		}
	}
	return set
}

// alike is the share of the members of two sets that are in both: from 0, nothing, to 1, all.
func alike(a, b map[string]bool) float64 {
	both := 0
	for x := range a {
		if b[x] {
			both++
		}
	}
	if all := len(a) + len(b) - both; all > 0 {
		return float64(both) / float64(all)
	}
	return 0
}
