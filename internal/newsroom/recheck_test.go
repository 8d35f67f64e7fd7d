package newsroom_test

import (
	"context"
	"testing"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/term"
)

// What follows from a change of the glossary is written where something follows, and nobody who writes waits for the rest.
func TestAChangeOfTheGlossaryHoldsNoWriter(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		b.translates(&engine{})
		a := b.article("one", "A day in the valley", council, newsText("river"))
		doubts := func() (n int) {
			flags, err := b.store.Flags(t.Context(), a.ID, a.Revision)
			b.ok(err)
			for _, f := range flags {
				if f.Rule == "terms" {
					n++
				}
			}
			return n
		}
		if n := doubts(); n != 0 {
			t.Fatalf("%d doubts before", n)
		}
		_, err := b.SaveTerm(t.Context(), "", term.Row{From: "en", To: "fr", Source: "harbour", Target: "port", Rule: term.Must}, "Ann")
		b.ok(err)
		b.ok(b.Room.Recheck(t.Context(), newsroom.Recheck{From: "pt", To: "fr"}))
		b.ok(b.Room.Recheck(t.Context(), newsroom.Recheck{From: "en", To: "pt"}))
		if n := doubts(); n != 0 {
			t.Errorf("%d doubts after a change for other languages", n)
		}
		b.ok(b.Room.Recheck(t.Context(), newsroom.Recheck{From: "en", To: "fr"}))
		if n := doubts(); n == 0 {
			t.Error("no doubt after the change")
		}
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		b.ok(b.store.Tx(ctx, func(*store.Tx) error { return b.Room.Recheck(ctx, newsroom.Recheck{From: "en"}) }))
	})
}
