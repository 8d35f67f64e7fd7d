package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/rights"
)

// An Origin is what a server says in files about machine use of its texts.
type Origin struct {
	Name     string            // "https://outlet.example"
	TDMRep   string            // its tdmrep.json; empty if it has none
	Licences map[string]string // licence documents by address; an empty text if there was none
	ReadAt   int64             // 0: never
}

// Origin returns what is known of a server's files; a new one has only its name.
func (r Reads) Origin(ctx context.Context, name string) (Origin, error) {
	o, err := one(ctx, r, "files of "+name, func(s scanner) (Origin, error) {
		var o Origin
		var licences string
		if err := s.Scan(&o.Name, &o.TDMRep, &licences, &o.ReadAt); err != nil {
			return o, err
		}
		if err := json.Unmarshal([]byte(licences), &o.Licences); err != nil {
			return o, fmt.Errorf("licences of %s: %w", o.Name, err)
		}
		return o, nil
	}, `SELECT name, tdmrep, licences, read_at FROM origin WHERE name = $1`, name)
	if errors.Is(err, news.ErrNotFound) {
		return Origin{Name: name}, nil
	}
	return o, err
}

// SaveOrigin keeps a server's files.
func (tx *Tx) SaveOrigin(ctx context.Context, o Origin) error {
	licences, err := json.Marshal(o.Licences)
	if err != nil {
		return fmt.Errorf("save files of %s: %w", o.Name, err)
	}
	_, err = tx.exec(ctx, "save files of "+o.Name, `
INSERT INTO origin (name, tdmrep, licences, read_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (name) DO UPDATE
   SET tdmrep = excluded.tdmrep, licences = excluded.licences, read_at = excluded.read_at`, o.Name, o.TDMRep, string(licences), o.ReadAt)
	return err
}

// A SeenSignal is what an outlet's machine was seen to say about the use of its texts.
type SeenSignal struct {
	rights.Signal
	URL     string // where it was seen last
	FirstAt int64
	LastAt  int64
}

// SaveSignals notes what was seen at an address of an outlet. What was seen before keeps its first time.
func (tx *Tx) SaveSignals(ctx context.Context, outlet, url string, list []rights.Signal, now int64) error {
	for _, s := range list {
		_, err := tx.exec(ctx, "save a signal of outlet "+outlet, `
INSERT INTO outlet_signal (outlet, place, name, value, reserves, url, first_at, last_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $7)
ON CONFLICT (outlet, place, name, value) DO UPDATE
   SET reserves = excluded.reserves, url = excluded.url, last_at = excluded.last_at`,
			outlet, s.Place, s.Name, s.Value, s.Reserves, url, now)
		if err != nil {
			return err
		}
	}
	return nil
}

// OutletSignals returns up to limit of what an outlet's machines were seen to say, the newest first.
func (r Reads) OutletSignals(ctx context.Context, outlet string, limit int) ([]SeenSignal, error) {
	return all(ctx, r, "signals of outlet "+outlet, func(sc scanner) (s SeenSignal, err error) {
		err = sc.Scan(&s.Place, &s.Name, &s.Value, &s.Reserves, &s.URL, &s.FirstAt, &s.LastAt)
		return s, err
	}, `
SELECT place, name, value, reserves, url, first_at, last_at
  FROM outlet_signal
 WHERE outlet = $1
 ORDER BY first_at DESC, place, name, value
 LIMIT $2`, outlet, limit)
}

// NewSignals returns, by outlet, how many signals were first seen since the present terms were recorded: what a person has to look at.
func (r Reads) NewSignals(ctx context.Context) (map[string]int, error) {
	type count struct {
		outlet string
		n      int
	}
	rows, err := all(ctx, r, "new signals", func(s scanner) (c count, err error) {
		err = s.Scan(&c.outlet, &c.n)
		return c, err
	}, `
SELECT s.outlet, COUNT(*)
  FROM outlet_signal AS s
 WHERE s.first_at >= (SELECT MAX(terms.from_at) FROM terms WHERE terms.outlet = s.outlet)
 GROUP BY s.outlet`)
	counts := map[string]int{}
	for _, c := range rows {
		counts[c.outlet] = c.n
	}
	return counts, err
}
