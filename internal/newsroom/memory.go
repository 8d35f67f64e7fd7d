package newsroom

import (
	"context"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/translate"
)

// memories are the memories that were read last, by pair: reading one takes longer than asking whether it changed.
type memories struct {
	mu   sync.Mutex
	read map[Pair]memory
}

type memory struct {
	state  store.MemoryState
	memory *translate.Memory
}

// Memory is what editors confirmed of translations from one language into another; nil if it is nothing.
func (r *Room) Memory(ctx context.Context, from, to string) (*translate.Memory, error) {
	pair := Pair{bare(from), to}
	state, err := r.Store.MemoryState(ctx, pair.From, pair.To)
	if err != nil || state.Count == 0 {
		return nil, err
	}
	r.memories.mu.Lock()
	defer r.memories.mu.Unlock()
	if m, ok := r.memories.read[pair]; ok && m.state == state {
		return m.memory, nil
	}
	list, err := r.Store.Memory(ctx, pair.From, pair.To)
	if err != nil {
		return nil, err
	}
	pairs := make([]translate.Confirmed, len(list))
	for i, c := range list {
		pairs[i] = translate.Confirmed{Source: c.Source, Target: c.Target}
	}
	if r.memories.read == nil {
		r.memories.read = map[Pair]memory{}
	}
	m := memory{state, translate.NewMemory(pairs)}
	r.memories.read[pair] = m
	return m.memory, nil
}

// remember keeps the sentences of a revision that an editor approves.
func (r *Room) remember(ctx context.Context, tx *store.Tx, a news.Article, d doc.Document, by string) error {
	original, _, err := tx.Original(ctx, a.Original)
	if err != nil {
		return err
	}
	segments, err := tx.Segments(ctx, a.ID)
	if err != nil {
		return err
	}
	for _, s := range confirmed(segments, original, d) {
		c := store.Confirmed{From: bare(original.Lang), To: a.Lang, Source: s.Source, Target: s.Final, Article: a.ID, By: by, At: r.now()}
		if err := tx.Remember(ctx, c); err != nil {
			return err
		}
	}
	return nil
}

// confirmed returns the sentences of which it is certain that the approved text has their translation, whole and alone. Where an editor
// joined sentences or moved words from one to another, nobody knows which words are whose.
func confirmed(segments []store.Segment, original, d doc.Document) []store.Segment {
	was, is := texts(original), texts(d)
	var list []store.Segment
	for i, s := range segments {
		p := place(s.Place)
		gone := func(j int) bool { // a neighbour that has no words of its own any more
			return j >= 0 && j < len(segments) && place(segments[j].Place) == p && strings.TrimSpace(segments[j].Final) == ""
		}
		switch {
		case s.State == "kept", strings.TrimSpace(s.Final) == "", gone(i - 1), gone(i + 1):
		case !stands(was[p], s.SourceStart, s.SourceEnd, s.Source), !stands(is[p], s.TargetStart, s.TargetEnd, s.Final):
		case s.Final != s.Machine && !wholeAlike(s.Source, s.Final):
		default:
			list = append(list, s)
		}
	}
	return list
}

// stands reports whether a text has the words at these bytes.
func stands(text string, start, end int, words string) bool {
	return start >= 0 && start <= end && end <= len(text) && text[start:end] == words
}

// wholeAlike reports whether two sentences begin and end alike: both as a sentence ends, or neither, and none with a small letter where
// the other has a capital. Half a sentence is told from a whole one by that.
func wholeAlike(a, b string) bool {
	return ends(a) == ends(b) && beginsSmall(a) == beginsSmall(b)
}

// quotes are what may stand around a sentence.
const quotes = "\"'“”„‘’‚«»‹›()[] \u00a0\u202f"

func ends(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, quotes))
	return strings.ContainsRune(".!?…:;", r)
}

func beginsSmall(s string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, quotes+"—–-"))
	return unicode.IsLower(r)
}
