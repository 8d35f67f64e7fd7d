package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
)

// A Confirmed is a sentence and the translation that an editor approved.
type Confirmed struct {
	From, To string // To is the tag of the article, which may name a country
	Source   string
	Target   string
	Article  string
	By       string // editor's identifier
	At       int64
}

const memoryColumns = `source_lang, target_lang, source, target, article, by_whom, at`

// Memory returns the confirmed sentences of a pair, each with its newest translation, the oldest first.
func (r Reads) Memory(ctx context.Context, from, to string) ([]Confirmed, error) {
	return all(ctx, r, "memory of "+from+" and "+to, func(s scanner) (c Confirmed, err error) {
		err = s.Scan(&c.From, &c.To, &c.Source, &c.Target, &c.Article, &c.By, &c.At)
		return c, err
	}, `SELECT `+memoryColumns+` FROM memory WHERE source_lang = $1 AND target_lang = $2 ORDER BY id`, from, to)
}

// A MemoryState says what the memory of a pair holds: it changes whenever a sentence is added, changed or taken out.
type MemoryState struct {
	Count  int
	Newest string // identifier of the row that was written last; empty for none
}

// MemoryState returns the state of a pair's memory.
func (r Reads) MemoryState(ctx context.Context, from, to string) (MemoryState, error) {
	return one(ctx, r, "memory of "+from+" and "+to, func(s scanner) (m MemoryState, err error) {
		err = s.Scan(&m.Count, &m.Newest)
		return m, err
	}, `SELECT COUNT(*), COALESCE(MAX(id), '') FROM memory WHERE source_lang = $1 AND target_lang = $2`, from, to)
}

// Remembered returns how many sentences the memory holds, of all pairs.
func (r Reads) Remembered(ctx context.Context) (int, error) {
	n, err := one(ctx, r, "memory", scanInt, `SELECT COUNT(*) FROM memory`)
	return int(n), err
}

// Remember keeps a confirmed sentence, in the place of an earlier translation of the same one.
func (tx *Tx) Remember(ctx context.Context, c Confirmed) error {
	hash := sha256.Sum256([]byte(c.Source))
	_, err := tx.exec(ctx, "remember a sentence of article "+c.Article, `
INSERT INTO memory (id, hash, `+memoryColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (source_lang, target_lang, hash) DO UPDATE
   SET id = excluded.id, target = excluded.target, article = excluded.article, by_whom = excluded.by_whom, at = excluded.at`,
		NewID(), hex.EncodeToString(hash[:]), c.From, c.To, c.Source, c.Target, c.Article, c.By, c.At)
	return err
}

// Forget takes out of the memory what was confirmed in an article.
func (tx *Tx) Forget(ctx context.Context, article string) error {
	_, err := tx.exec(ctx, "forget the sentences of article "+article, `DELETE FROM memory WHERE article = $1`, article)
	return err
}
