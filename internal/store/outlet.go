package store

import (
	"context"
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/news"
)

const outletColumns = `outlet.id, outlet.name, outlet.home, outlet.lang, outlet.site, outlet.targets, outlet.created_at`

func scanOutlet(r scanner) (news.Outlet, error) {
	var o news.Outlet
	var into string
	err := r.Scan(&o.ID, &o.Name, &o.Home, &o.Lang, &o.Site, &into, &o.CreatedAt)
	o.Into = languages(into)
	return o, err
}

// languages reads what is kept with commas; nil for none.
func languages(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, ",")
}

// Outlet returns the outlet; news.ErrNotFound if there is none.
func (r Reads) Outlet(ctx context.Context, id string) (news.Outlet, error) {
	return one(ctx, r, "outlet "+id, scanOutlet, `SELECT `+outletColumns+` FROM outlet WHERE id = $1`, id)
}

// OutletByName returns the outlet with this name (in any case), identifier or home address; news.ErrNotFound if there is none.
func (r Reads) OutletByName(ctx context.Context, name string) (news.Outlet, error) {
	return one(ctx, r, `outlet "`+name+`"`, scanOutlet, `
SELECT `+outletColumns+`
  FROM outlet
 WHERE id = $1 OR name = $1 OR LOWER(name) = LOWER($1) OR home = $1 OR home = $2
 ORDER BY CASE WHEN id = $1 THEN 0 WHEN name = $1 THEN 1 ELSE 2 END, created_at, id
 LIMIT 1`, name, strings.TrimSuffix(name, "/")+"/")
}

// OutletsOfSite returns the outlets that share the identity of items, the oldest first.
func (r Reads) OutletsOfSite(ctx context.Context, site string) ([]news.Outlet, error) {
	return all(ctx, r, "outlets of "+site, scanOutlet, `SELECT `+outletColumns+` FROM outlet WHERE site = $1 ORDER BY created_at, id`, site)
}

// Outlets returns all outlets by name.
func (r Reads) Outlets(ctx context.Context) ([]news.Outlet, error) {
	return all(ctx, r, "outlets", scanOutlet, `SELECT `+outletColumns+` FROM outlet ORDER BY LOWER(name), id`)
}

// SaveOutlet adds the outlet, or changes the one with its identifier. A name that another outlet has is news.ErrConflict.
func (tx *Tx) SaveOutlet(ctx context.Context, o news.Outlet) error {
	_, err := tx.exec(ctx, "save outlet "+o.Name, `
INSERT INTO outlet (id, name, home, lang, site, targets, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (id) DO UPDATE
   SET name = excluded.name, home = excluded.home, lang = excluded.lang, site = excluded.site, targets = excluded.targets`,
		o.ID, o.Name, o.Home, o.Lang, o.Site, strings.Join(o.Into, ","), o.CreatedAt)
	return taken(err, `another outlet is called "`+o.Name+`"`)
}
