package store_test

import (
	"strings"
	"testing"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
)

func TestOriginalDates(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		o := storetest.AddOutlet(t, s, "Meridian", "https://meridian.example/", "en", news.Terms{Basis: "unknown"})
		day := time.Date(2026, 3, 10, 23, 30, 0, 0, time.FixedZone("", 3600))
		read := time.Date(2026, 3, 12, 8, 0, 0, 0, time.UTC)
		var ids []string
		for _, d := range []doc.Document{
			{Title: doc.Text{S: "Dated"}, Date: day, Byline: []string{"Marta \"M\" Kolen"}},
			{Title: doc.Text{S: "Long " + strings.Repeat("“ä”, ", 900) + "end"}, Date: day},
			{Title: doc.Text{S: "Undated"}},
		} {
			d.Lang = "en"
			d.Blocks = []doc.Block{{Kind: doc.Paragraph, Key: "b1", Text: doc.Text{S: `"date":"2020-01-01" ` + strings.Repeat("word ", 20_000) + "end"}}}
			ids = append(ids, storetest.AddOriginal(t, s, o, "https://meridian.example/"+d.Title.S[:4], d, read.UnixMilli()).ID)
		}
		got, err := s.OriginalDates(t.Context(), append(ids, "none"))
		if err != nil {
			t.Fatal(err)
		}
		if len(got) != 3 || !got[ids[0]].Equal(day) || got[ids[0]].Day() != 10 || !got[ids[1]].Equal(day) || !got[ids[2]].Equal(read) {
			t.Errorf("dates %v", got)
		}
	})
}
