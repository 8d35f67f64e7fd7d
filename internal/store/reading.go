package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/news"
)

// A Report is what a reading of a page says of itself, for the desk.
type Report struct {
	State   string   `json:"state"`             // "full", "cut", "consent", "list", "empty", "live"
	Paywall bool     `json:"paywall,omitempty"` // the page says that it, or a part, is not free to read
	Rule    int      `json:"rule,omitempty"`    // number of the outlet's rule it was read by; 0: none
	Found   []Found  `json:"found,omitempty"`   // where each value was read, by field
	Notes   []string `json:"notes,omitempty"`   // what else is doubtful or was left out, in English
	Charset string   `json:"charset,omitempty"`
	Next    string   `json:"next,omitempty"` // the next page of the same article
}

// Found says where a value was read, and whether it is sure.
type Found struct {
	Field string `json:"field"` // "title", "deck", "byline", "published", …
	From  string `json:"from"`  // "json-ld", "og:title", "h1", …
	Sure  bool   `json:"sure,omitempty"`
	Value string `json:"value,omitempty"` // where the document does not hold it
}

// Whole reports whether the reading holds the whole article: only such may be translated without a person's leave.
// An original without a report is of before reports were kept, and whole.
func (r Report) Whole() bool { return (r.State == "full" || r.State == "") && !r.Paywall }

func scanReport(r scanner) (Report, error) {
	var text string
	if err := r.Scan(&text); err != nil {
		return Report{}, err
	}
	return parseReport(text)
}

func parseReport(text string) (Report, error) {
	var p Report
	if err := json.Unmarshal([]byte(text), &p); err != nil {
		return p, fmt.Errorf("report of a reading: %w", err)
	}
	return p, nil
}

// Report returns what the reading said of itself; the zero Report for one of before reports were kept.
func (r Reads) Report(ctx context.Context, original string) (Report, error) {
	p, err := one(ctx, r, "report of original "+original, scanReport, `SELECT report FROM original_report WHERE original = $1`, original)
	if errors.Is(err, news.ErrNotFound) {
		return Report{}, nil
	}
	return p, err
}

// SaveReport keeps what the reading said of itself.
func (tx *Tx) SaveReport(ctx context.Context, original string, p Report) error {
	text, err := json.Marshal(p)
	if err != nil {
		return fmt.Errorf("report of original %s: %w", original, err)
	}
	_, err = tx.exec(ctx, "save report of original "+original, `
INSERT INTO original_report (original, report) VALUES ($1, $2)
ON CONFLICT (original) DO UPDATE SET report = excluded.report`, original, string(text))
	return err
}

// A Rule says what to take and what to drop of an outlet's pages.
type Rule struct {
	Outlet string
	N      int    // from 1
	Text   string // as extract.ParseRule reads it; empty: no rule
	By     string // an editor's name or "command line"
	At     int64
}

func scanRule(r scanner) (Rule, error) {
	var x Rule
	err := r.Scan(&x.Outlet, &x.N, &x.Text, &x.By, &x.At)
	return x, err
}

// Rule returns the outlet's newest rule; the zero Rule if none was ever written.
func (r Reads) Rule(ctx context.Context, outlet string) (Rule, error) {
	x, err := one(ctx, r, "rule of outlet "+outlet, scanRule, `
SELECT outlet, n, rule, by_whom, at FROM outlet_rule WHERE outlet = $1 ORDER BY n DESC LIMIT 1`, outlet)
	if errors.Is(err, news.ErrNotFound) {
		return Rule{}, nil
	}
	return x, err
}

// Rules returns up to limit rules of the outlet that are older than number n, the newest first.
func (r Reads) Rules(ctx context.Context, outlet string, n, limit int) ([]Rule, error) {
	return all(ctx, r, "rules of outlet "+outlet, scanRule, `
SELECT outlet, n, rule, by_whom, at FROM outlet_rule WHERE outlet = $1 AND n < $2 ORDER BY n DESC LIMIT $3`, outlet, n, limit)
}

// AddRule writes a rule that supersedes those before it. If its number is taken, somebody was first: news.ErrConflict.
func (tx *Tx) AddRule(ctx context.Context, x Rule) error {
	n, err := tx.exec(ctx, "save rule of outlet "+x.Outlet, `
INSERT INTO outlet_rule (outlet, n, rule, by_whom, at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (outlet, n) DO NOTHING`, x.Outlet, x.N, x.Text, x.By, x.At)
	if err == nil && n == 0 {
		return fmt.Errorf("outlet %s has a rule %d: %w", x.Outlet, x.N, news.ErrConflict)
	}
	return err
}

// A Rereading is the last reading of all kept pages of an outlet, and how far it is.
type Rereading struct {
	Outlet    string
	By        string
	StartedAt int64
	Last      string // the item that was read last; empty before the first
	Items     int    // how many there are to read
	Done      int
	Changed   int    // of these: read otherwise than before
	Failed    int    // of these: not read
	Why       string // of the last failure, in English
	EndedAt   int64  // 0: it goes on
}

const rereadingColumns = `outlet, by_whom, started_at, last_item, items, done, changed, failed, why, ended_at`

func scanRereading(r scanner) (Rereading, error) {
	var x Rereading
	err := r.Scan(&x.Outlet, &x.By, &x.StartedAt, &x.Last, &x.Items, &x.Done, &x.Changed, &x.Failed, &x.Why, &x.EndedAt)
	return x, err
}

// Rereading returns the outlet's last one; news.ErrNotFound if there was none.
func (r Reads) Rereading(ctx context.Context, outlet string) (Rereading, error) {
	return one(ctx, r, "rereading of outlet "+outlet, scanRereading, `SELECT `+rereadingColumns+` FROM rereading WHERE outlet = $1`, outlet)
}

// OpenRereadings returns those that go on, by outlet.
func (r Reads) OpenRereadings(ctx context.Context) ([]Rereading, error) {
	return all(ctx, r, "rereadings", scanRereading, `SELECT `+rereadingColumns+` FROM rereading WHERE ended_at = 0 ORDER BY outlet`)
}

// SaveRereading keeps how far the outlet's is.
func (tx *Tx) SaveRereading(ctx context.Context, x Rereading) error {
	_, err := tx.exec(ctx, "save rereading of outlet "+x.Outlet, `
INSERT INTO rereading (outlet, by_whom, started_at, last_item, items, done, changed, failed, why, ended_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (outlet) DO UPDATE
   SET by_whom = excluded.by_whom, started_at = excluded.started_at, last_item = excluded.last_item, items = excluded.items,
       done = excluded.done, changed = excluded.changed, failed = excluded.failed, why = excluded.why, ended_at = excluded.ended_at`,
		x.Outlet, x.By, x.StartedAt, x.Last, x.Items, x.Done, x.Changed, x.Failed, x.Why, x.EndedAt)
	return err
}

// keptItem holds of items whose page is kept, but for those that are another's twin or that a person left.
const keptItem = `item.outlet = $1 AND item.state IN ('taken', 'asks', 'failed') AND EXISTS (SELECT 1 FROM page WHERE page.item = item.id)`

// KeptItems returns up to limit of an outlet's items whose page is kept, by identifier, those after the given one; "" for the beginning.
func (r Reads) KeptItems(ctx context.Context, outlet, after string, limit int) ([]news.Item, error) {
	return all(ctx, r, "items of outlet "+outlet, scanItem, `
SELECT `+itemColumns+` FROM item WHERE `+keptItem+` AND item.id > $2 ORDER BY item.id LIMIT $3`, outlet, after, limit)
}

// titledColumns are those of an item, with the title of its page where no feed gave one.
var titledColumns = strings.Replace(itemColumns, "item.title", `CASE WHEN item.title <> '' THEN item.title
	ELSE COALESCE((SELECT original.title FROM original WHERE original.item = item.id ORDER BY original.n DESC LIMIT 1), '') END`, 1)

// NewestKept returns up to limit of an outlet's items whose page is kept, those seen last first. One without a title has its page's.
func (r Reads) NewestKept(ctx context.Context, outlet string, limit int) ([]news.Item, error) {
	return all(ctx, r, "items of outlet "+outlet, scanItem, `
SELECT `+titledColumns+` FROM item WHERE `+keptItem+` ORDER BY item.seen_at DESC, item.id DESC LIMIT $2`, outlet, limit)
}

// CountKept returns how many of an outlet's items have their page kept.
func (r Reads) CountKept(ctx context.Context, outlet string) (int, error) {
	n, err := one(ctx, r, "items of outlet "+outlet, scanInt, `SELECT COUNT(*) FROM item WHERE `+keptItem, outlet)
	return int(n), err
}
