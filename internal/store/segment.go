package store

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// A Segment is a sentence of an original and its translation.
type Segment struct {
	Article     string
	N           int       // from 0, in reading order
	Place       doc.Place // of the text it is in, the same in original and translation; Kind and Lang are not kept
	Key         string    // of its block; empty for deck and title
	Source      string    // the sentence
	Machine     string    // what the machine made of it; never changes
	Final       string    // what stands in the newest revision
	Engine      string    // identifier; empty if no engine was asked
	Score       float64   // the engine's mean log probability a token; 0 where it gives none
	State       string    // "translated", "reviewed", "final"
	SourceStart int       // bytes of the text
	SourceEnd   int
	TargetStart int // bytes of the text in the newest revision
	TargetEnd   int
}

// An Engine is a translator at a version.
type Engine struct {
	ID       string
	Name     string
	Pair     string // "en-pt"
	Version  string
	SHA256   string // of the model file, in hex; empty for a remote service
	OpenedAt int64
}

const segmentColumns = `article, n, block, part, cell_row, cell_col, link, block_key, source, machine, final, engine, score, state, source_start, source_end, target_start, target_end`

func scanSegment(r scanner) (Segment, error) {
	var s Segment
	var engine sql.NullString
	err := r.Scan(&s.Article, &s.N, &s.Place.Block, &s.Place.Part, &s.Place.Row, &s.Place.Col, &s.Place.Mark, &s.Key, &s.Source, &s.Machine, &s.Final, &engine, &s.Score, &s.State,
		&s.SourceStart, &s.SourceEnd, &s.TargetStart, &s.TargetEnd)
	s.Engine = engine.String
	return s, err
}

// Segments returns an article's sentences in reading order.
func (r Reads) Segments(ctx context.Context, article string) ([]Segment, error) {
	return all(ctx, r, "segments of article "+article, scanSegment, `SELECT `+segmentColumns+` FROM segment WHERE article = $1 ORDER BY n`, article)
}

// EnginesOf returns the engines that an article's sentences name.
func (r Reads) EnginesOf(ctx context.Context, article string) ([]Engine, error) {
	return all(ctx, r, "engines of article "+article, func(s scanner) (e Engine, err error) {
		err = s.Scan(&e.ID, &e.Name, &e.Pair, &e.Version, &e.SHA256, &e.OpenedAt)
		return e, err
	}, `
SELECT id, name, pair, version, sha256, opened_at
  FROM engine
 WHERE id IN (SELECT engine FROM segment WHERE article = $1)
 ORDER BY name, id`, article)
}

// saveEngine returns the identifier of the engine, which is added if it is new.
func (tx *Tx) saveEngine(ctx context.Context, e Engine, now int64) (string, error) {
	if _, err := tx.exec(ctx, "save engine "+e.Name, `
INSERT INTO engine (id, name, pair, version, sha256, opened_at) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (name, pair, version, sha256) DO NOTHING`, NewID(), e.Name, e.Pair, e.Version, e.SHA256, now); err != nil {
		return "", err
	}
	return one(ctx, tx.Reads, "engine "+e.Name, scanString, `
SELECT id FROM engine WHERE name = $1 AND pair = $2 AND version = $3 AND sha256 = $4`, e.Name, e.Pair, e.Version, e.SHA256)
}

// SaveEngines returns the identifiers of engines, in their order; those that are new are added.
func (tx *Tx) SaveEngines(ctx context.Context, engines []Engine, now int64) ([]string, error) {
	ids := make([]string, len(engines))
	for i, e := range engines {
		id, err := tx.saveEngine(ctx, e, now)
		if err != nil {
			return nil, err
		}
		ids[i] = id
	}
	return ids, nil
}

// saveSegments writes the sentences of a draft. Their order is their number.
func (tx *Tx) saveSegments(ctx context.Context, article string, d Draft, now int64) error {
	engines, err := tx.SaveEngines(ctx, d.Engines, now)
	if err != nil {
		return err
	}
	for n, s := range d.Segments {
		s.Article, s.N, s.Final = article, n, s.Machine
		if b := s.Place.Block; b >= 0 && b < len(d.Doc.Blocks) {
			s.Key = d.Doc.Blocks[b].Key
		}
		if s.Engine != "" {
			i, err := strconv.Atoi(s.Engine)
			if err != nil || i < 1 || i > len(engines) {
				return fmt.Errorf("segment %d of article %s names engine %q of %d", n, article, s.Engine, len(engines))
			}
			s.Engine = engines[i-1]
		}
		if err := tx.addSegment(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) addSegment(ctx context.Context, s Segment) error {
	_, err := tx.exec(ctx, "save segment of article "+s.Article, `
INSERT INTO segment (`+segmentColumns+`)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
		s.Article, s.N, s.Place.Block, int(s.Place.Part), s.Place.Row, s.Place.Col, s.Place.Mark, s.Key, s.Source, s.Machine, s.Final, orNull(s.Engine), s.Score, s.State,
		s.SourceStart, s.SourceEnd, s.TargetStart, s.TargetEnd)
	return err
}

// ReplaceSegments writes an article's sentences anew, after an edit moved them. Their order is their number.
func (tx *Tx) ReplaceSegments(ctx context.Context, article string, segments []Segment) error {
	if _, err := tx.exec(ctx, "replace segments of article "+article, `DELETE FROM segment WHERE article = $1`, article); err != nil {
		return err
	}
	for n, s := range segments {
		s.Article, s.N = article, n
		if err := tx.addSegment(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

// TextAt returns the text a place of a document names: a block's, the deck (-1) or the title (-2); false if there is none.
func TextAt(d doc.Document, block int) (doc.Text, bool) {
	switch {
	case block == doc.TitleBlock:
		return d.Title, true
	case block == doc.DeckBlock:
		return d.Deck, true
	case block >= 0 && block < len(d.Blocks):
		return d.Blocks[block].Text, true
	}
	return doc.Text{}, false
}
