package site

import (
	"encoding/base64"
	"fmt"
	"html"
	"strings"
	"testing"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/statement"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
	"github.com/dragoman-newsroom/dragoman/internal/web/webtest"
)

func TestTimeline(t *testing.T) {
	n := straits(t, ccBy)
	n.link(t, n.ru[0], n.en[0], news.LinkFound)
	body := n.body(t, "/fr/stories/"+n.ru[0].ID+"/")
	webtest.Check(t, "timeline", body)
	has(t, "the timeline", body, "2\u00a0sources", "Sergueï Laptev : une déclaration, telle que rapportée", "Traduit : russe → français", "Traduit deux fois : russe → anglais → français", "<br>rapportée le 18 novembre 2026", "<br>rapportée le 19 novembre 2026")
	if strings.Index(body, "même s’il faut attendre") > strings.Index(body, "nous attendrons avril") {
		t.Error("the oldest does not come first")
	}
	list := n.body(t, "/fr/stories/")
	webtest.Check(t, "timelines", list)
	has(t, "the list", list, "même s’il faut attendre", "nous attendrons avril", `href="/fr/stories/`+n.ru[0].ID+`/"`)
}

// An outlet whose words may not stand here, or do not, has its place in the timeline by the day of its report.
func TestTimelineTellsOfOthersInTheirPlace(t *testing.T) {
	n := straits(t, ccBy)
	d := doc.Document{Lang: "en", Title: doc.Text{S: "Spring"}, Blocks: []doc.Block{{Kind: doc.Paragraph, Key: "b1", Text: doc.Text{S: "“The ferry sails in spring”", Marks: []doc.Mark{{Kind: doc.Quote, Start: 0, End: len("“The ferry sails in spring”")}}}}}}
	tell := func(name string, terms news.Terms, day time.Time) {
		o := storetest.AddOutlet(t, n.Store, name, "https://"+strings.ToLower(name)+".example/", "en", terms)
		d.Date = day
		original := storetest.AddOriginal(t, n.Store, o, o.Home+"1", d, at.UnixMilli())
		list := addStatements(t, n.Store, original, d, []statement.Statement{{Kind: statement.Direct, Speaker: statement.Speaker{Name: "Sergei Laptev", State: statement.Named}}}, map[string]string{"Sergei Laptev": n.minister.ID})
		n.link(t, n.ru[0], list[0], news.LinkFound)
	}
	tell("Early", news.Terms{Basis: "quotation"}, time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC))
	tell("Late", ccBy, time.Date(2026, 12, 2, 9, 0, 0, 0, time.UTC))
	tell("Silent", news.Terms{Basis: "unknown"}, time.Date(2026, 11, 3, 9, 0, 0, 0, time.UTC))
	story, err := n.Store.Statement(t.Context(), n.ru[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	body := n.body(t, "/fr/stories/"+story.Story+"/")
	webtest.Check(t, "timeline", body)
	hasNot(t, "the timeline", body, "Silent", "silent.example")
	last := 0
	for _, part := range []string{"3\u00a0sources", "rapportée le 2 novembre 2026", "Early l’a aussi rapportée\u202f; ses conditions", "même s’il faut attendre", "rapportée le 2 décembre 2026", "Late l’a aussi rapportée. <a"} {
		i := strings.Index(body, part)
		if i < last {
			t.Errorf("%q stands at %d, before %d", part, i, last)
		}
		last = i
	}
}

// A page past the end of a list, or one of which all was taken away meanwhile, says so and leads back.
func TestPagesPastTheEndLeadBack(t *testing.T) {
	n := straits(t, ccBy)
	n.link(t, n.ru[0], n.en[0], news.LinkFound)
	past := func(spot string) string { return base64.RawURLEncoding.EncodeToString([]byte(spot)) }
	for path, back := range map[string]string{
		"/fr/speakers/?after=" + past(`[0,"a"]`):                       "/fr/speakers/",
		"/fr/speakers/?letter=L&after=zz":                              "/fr/speakers/?letter=L",
		"/fr/speakers/sergei-laptev/?after=" + past(`[0,0,0]`):         "/fr/speakers/sergei-laptev/",
		"/fr/stories/?after=" + past(`[0,0,0]`):                        "/fr/stories/",
		"/fr/statements/?after=" + past(`[0,0,0]`):                     "/fr/statements/",
		"/fr/statements/?q=printemps&after=" + past(`[0,0,1]`):         "/fr/statements/?q=printemps",
		"/fr/?before=1-01900000-0000-7000-8000-000000000000":           "/fr/",
		"/pt/?before=1-01900000-0000-7000-8000-000000000000":           "/pt/",
		"/pt/stories/?after=" + past(`[0,0,0]`) + "&unknown=something": "/pt/stories/",
	} {
		body := n.body(t, path)
		webtest.Check(t, path, body)
		has(t, path, body, `<a href="`+html.EscapeString(back)+`" rel="prev">`)
		if !strings.Contains(body, "Il n’y a rien de plus ici.") && !strings.Contains(body, "Não há mais nada aqui.") {
			t.Errorf("%s does not say that nothing is there", path)
		}
		hasNot(t, path, body, "encore", "ainda")
	}
}

// Articles that may no longer be shown neither empty a front page nor hide those behind them.
func TestFrontPageLooksPastWhatMayNotBeShown(t *testing.T) {
	n := open(t, ccBy)
	closed := storetest.AddOutlet(t, n.Store, "Whisper", "https://whisper.example/", "en", news.Terms{Basis: "unknown"})
	for i := range 2*frontSize + 3 {
		source := storetest.AddOriginal(t, n.Store, closed, fmt.Sprint("https://whisper.example/", i), storetest.Doc(t, "testdata/harbour.en.doc.txt"), at.UnixMilli())
		a := storetest.AddDraft(t, n.Store, source, storetest.Doc(t, "testdata/harbour.fr.doc.txt"), at.UnixMilli())
		storetest.Publish(t, n.Store, a.ID, fmt.Sprint("secret-", i), at.Add(time.Duration(i+1)*time.Second).UnixMilli())
	}
	body := n.body(t, "/fr/")
	hasNot(t, "the front page", body, "secret-", "Whisper", `rel="next"`)
	has(t, "the front page", body, `href="/fr/2026/11/trains-de-nuit/"`)
	feed := n.body(t, "/fr/feed.xml")
	hasNot(t, "the feed", feed, "secret-", "Whisper")
	has(t, "the feed", feed, "/fr/2026/11/trains-de-nuit/")
}
