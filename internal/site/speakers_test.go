package site

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/locale"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/term"
)

// The alphabet is made for all who ask, and nobody waits for it but the first.
func TestAlphabetHoldsNobodyUp(t *testing.T) {
	n := straits(t, ccBy)
	now := at.Add(24 * time.Hour)
	s := &site{Config: Config{Store: n.Store, Log: quiet, Now: func() time.Time { return now }}}
	tell := teller{l: locale.Match("fr"), tag: "fr", zone: time.UTC}
	gone, leave := context.WithCancel(t.Context())
	leave()
	s.spellings.turn.Lock() // somebody's list is being made
	if _, err := s.spelt(gone, tell); !errors.Is(err, context.Canceled) {
		t.Errorf("who left got %v", err)
	}
	work := s.spellings.of["fr"].work
	s.spellings.turn.Unlock()
	<-work.done
	list, err := s.spelt(gone, tell)
	if err != nil || len(list) != 2 {
		t.Fatalf("the list that the one who left began: %v, %v", list, err)
	}
	addSpeaker(t, n.Store, news.Speaker{Slug: "new", Kind: term.Person}, []string{"en", "New"}, nil)
	now = now.Add(time.Hour)
	s.spellings.turn.Lock()
	for range 3 { // the list before, while the next waits for its turn
		if list, err = s.spelt(t.Context(), tell); err != nil || len(list) != 2 {
			t.Errorf("meanwhile: %v, %v", list, err)
		}
	}
	work = s.spellings.of["fr"].work
	if work == nil {
		t.Fatal("nobody makes the list anew")
	}
	s.spellings.turn.Unlock()
	<-work.done
	if kept := s.spellings.of["fr"]; !kept.at.Equal(now) || kept.work != nil {
		t.Errorf("the list is of %v", kept.at)
	}

	closed := &site{Config: s.Config}
	if closed.Store, err = store.Open(t.Context(), "sqlite "+t.TempDir()+"/x.db"); err != nil {
		t.Fatal(err)
	}
	if err := closed.Store.Close(); err != nil {
		t.Fatal(err)
	}
	for range 2 { // each that failed is tried again
		if _, err := closed.spelt(t.Context(), tell); err == nil {
			t.Error("a list without a database")
		}
	}
}
