package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

var listCommand = command{
	name: "list", args: "[--state S] [--lang L] [--json]", short: "articles",
	long:    "Lists articles, those that moved last first. With --json each is one JSON object a line.",
	example: "dragoman list --state in_review --lang pt",
	set: func(a *app, fs *flags) func(context.Context, []string) error {
		state := fs.String("state", "", "`S`: "+strings.Join(states, ", "))
		tag := fs.String("lang", "", "`L`: the language of the translation")
		asJSON := fs.Bool("json", false, "JSON, one article a line")
		return func(ctx context.Context, args []string) error {
			if err := count(args, 0, 0, "nothing"); err != nil {
				return err
			}
			if *state != "" && !slices.Contains(states, *state) {
				return usagef("--state %q is none of %s", *state, strings.Join(states, ", "))
			}
			return a.with(ctx, officeOptions{}, func(h *office) error { return a.list(ctx, h, news.State(*state), *tag, *asJSON) })
		}
	},
}

// states are the states an article may be in, in the order in which it goes through them.
var states = []string{
	string(news.Drafted), string(news.InReview), string(news.Scheduled), string(news.Published), string(news.Corrected),
	string(news.Unpublished), string(news.Killed),
}

// An articleJSON is an article as list --json prints it. Times are RFC 3339 in UTC, empty where there is none.
type articleJSON struct {
	ID          string `json:"id"`
	Item        string `json:"item"`
	Outlet      string `json:"outlet"`
	Lang        string `json:"lang"`
	From        string `json:"from"`
	State       string `json:"state"`
	Title       string `json:"title"`
	Original    string `json:"original_title"`
	Revision    int    `json:"revision"`
	Stops       int    `json:"stops"`
	Asks        int    `json:"asks"`
	Notes       int    `json:"notes"`
	Approved    bool   `json:"approved"`
	Desk        string `json:"desk"`
	URL         string `json:"url,omitempty"` // where readers find it
	PublishedAt string `json:"published_at,omitempty"`
	MovedAt     string `json:"moved_at"`
}

func (a *app) list(ctx context.Context, h *office, state news.State, tag string, asJSON bool) error {
	const atOnce = 200
	e := json.NewEncoder(a.out)
	e.SetEscapeHTML(false)
	w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	moved, id, found := int64(math.MaxInt64), "", false
	for {
		rows, err := h.store.Queue(ctx, state, tag, moved, id, atOnce)
		if err != nil {
			return err
		}
		for _, r := range rows {
			found = true
			if asJSON {
				err = e.Encode(h.articleJSON(r))
			} else {
				_, err = fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", r.ID, r.State, r.Lang, short(r.OutletName, 24), short(r.Title, 72))
			}
			if err != nil {
				return err
			}
		}
		if len(rows) < atOnce {
			break
		}
		last := rows[len(rows)-1]
		moved, id = last.MovedAt, last.ID
	}
	if !found && !asJSON {
		fmt.Fprintln(a.err, "No articles.")
	}
	return w.Flush()
}

func (h *office) articleJSON(r store.QueueRow) articleJSON {
	j := articleJSON{
		ID: r.ID, Item: r.Item, Outlet: r.OutletName, Lang: r.Lang, From: r.SourceLang, State: string(r.State), Title: r.Title,
		Original: r.OriginalTitle, Revision: r.Revision, Stops: r.Stops, Asks: r.Asks, Notes: r.Notes, Approved: r.Approved,
		Desk: h.base() + "/desk/articles/" + r.ID, MovedAt: stamp(r.MovedAt), PublishedAt: stamp(r.PublishedAt),
	}
	if r.State.Public() {
		j.URL = h.base() + publicPath(r.Article)
	}
	return j
}

func stamp(ms int64) string {
	if ms == 0 {
		return ""
	}
	return time.UnixMilli(ms).UTC().Format(time.RFC3339)
}

// publicPath is where readers find an article: /LANG/YYYY/MM/slug/, by the day of its first publication here.
func publicPath(a news.Article) string {
	return fmt.Sprintf("/%s/%s/%s/", a.Lang, time.UnixMilli(a.PublishedAt).UTC().Format("2006/01"), a.Slug)
}
