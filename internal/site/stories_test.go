package site

import (
	"strings"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/news"
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
