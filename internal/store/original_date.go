package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// originalHead is how much of a document is read for its date, in characters: what stands before its blocks.
const originalHead = 16_000

// OriginalDates returns when outlets published what they are readings of, in the outlets' own time, by identifier; where a page does not
// say it, when it was read, in UTC. No document is read beyond its head. Those that there are not are left out.
func (r Reads) OriginalDates(ctx context.Context, ids []string) (map[string]time.Time, error) {
	type dated struct {
		id string
		at time.Time
	}
	days := map[string]time.Time{}
	for len(ids) > 0 {
		part := ids[:min(len(ids), maxAsked)]
		ids = ids[len(part):]
		marks, args := placeholders(1, part)
		list, err := all(ctx, r, "dates of originals", func(s scanner) (d dated, err error) {
			var head string
			var at int64
			if err := s.Scan(&d.id, &head, &at); err != nil {
				return d, err
			}
			if d.at, err = headDate(head); err != nil {
				return d, fmt.Errorf("original %s: %w", d.id, err)
			}
			if d.at.IsZero() {
				d.at = time.UnixMilli(at).UTC()
			}
			return d, nil
		}, fmt.Sprintf(`SELECT id, SUBSTR(doc, 1, %d), at FROM original WHERE id IN (%s)`, originalHead, marks), args...)
		if err != nil {
			return nil, err
		}
		for _, d := range list {
			days[d.id] = d.at
		}
	}
	return days, nil
}

// headDate reads the date of a document as doc.Marshal writes it, of which the end may be missing; zero if it stands not before it.
func headDate(s string) (time.Time, error) {
	dec := json.NewDecoder(strings.NewReader(s))
	var head struct {
		Version json.RawMessage `json:"version"`
		Date    json.RawMessage `json:"date,omitempty"`
	}
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return time.Time{}, nil //nolint:nilerr // a head without a date says none
	}
	for head.Date == nil && dec.More() {
		key, err := dec.Token()
		if err != nil || key == "blocks" {
			return time.Time{}, nil //nolint:nilerr // a head without a date says none
		}
		var v json.RawMessage
		if err := dec.Decode(&v); err != nil { // cut within it
			return time.Time{}, nil //nolint:nilerr // a head without a date says none
		}
		switch key {
		case "version":
			head.Version = v
		case "date":
			head.Date = v
		}
	}
	if head.Date == nil {
		return time.Time{}, nil
	}
	b, err := json.Marshal(head)
	if err != nil {
		return time.Time{}, err
	}
	d, err := doc.Unmarshal(b)
	return d.Date, err
}
