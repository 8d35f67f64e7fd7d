package store

import (
	"context"
	"fmt"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"github.com/dragoman-newsroom/dragoman/internal/news"
)

const editorColumns = `editor.id, editor.name, editor.role, editor.created_at`

func scanEditor(r scanner) (news.Editor, error) {
	var e news.Editor
	err := r.Scan(&e.ID, &e.Name, &e.Role, &e.CreatedAt)
	return e, err
}

// login is the form in which names are compared: in any case, however its letters were typed.
func login(name string) string { return norm.NFC.String(cases.Fold().String(norm.NFC.String(name))) }

// Editors returns those who may enter the desk, by name.
func (r Reads) Editors(ctx context.Context) ([]news.Editor, error) {
	return all(ctx, r, "editors", scanEditor, `SELECT `+editorColumns+` FROM editor WHERE login IS NOT NULL ORDER BY login`)
}

// Editor returns an editor, also one who may no longer enter; news.ErrNotFound if there never was one.
func (r Reads) Editor(ctx context.Context, id string) (news.Editor, error) {
	return one(ctx, r, "editor "+id, scanEditor, `SELECT `+editorColumns+` FROM editor WHERE id = $1`, id)
}

// EditorByName returns the editor with this name, in any case, and the hash of the password; news.ErrNotFound if there is none.
func (r Reads) EditorByName(ctx context.Context, name string) (news.Editor, string, error) {
	type known struct {
		news.Editor
		hash string
	}
	k, err := one(ctx, r, "editor "+name, func(s scanner) (k known, err error) {
		err = s.Scan(&k.ID, &k.Name, &k.Role, &k.CreatedAt, &k.hash)
		return k, err
	}, `SELECT `+editorColumns+`, hash FROM editor WHERE login = $1`, login(name))
	return k.Editor, k.hash, err
}

// AddEditor lets a person in. hash is opaque here. A name that somebody has is news.ErrConflict.
func (tx *Tx) AddEditor(ctx context.Context, e news.Editor, hash string) error {
	n, err := tx.exec(ctx, "add editor "+e.Name, `
INSERT INTO editor (id, name, login, role, hash, created_at, removed_at) VALUES ($1, $2, $3, $4, $5, $6, 0)
ON CONFLICT (login) DO NOTHING`, e.ID, e.Name, login(e.Name), string(e.Role), hash, e.CreatedAt)
	if err == nil && n == 0 {
		return fmt.Errorf("there is an editor called %q: %w", e.Name, news.ErrConflict)
	}
	return err
}

// SetPassword changes the hash of an editor's password and ends all their sessions.
func (tx *Tx) SetPassword(ctx context.Context, editor, hash string) error {
	if err := tx.change(ctx, "set password of editor "+editor, `UPDATE editor SET hash = $2 WHERE id = $1 AND login IS NOT NULL`, editor, hash); err != nil {
		return err
	}
	return tx.dropSessions(ctx, editor)
}

// SetRole changes what an editor may do.
func (tx *Tx) SetRole(ctx context.Context, editor string, role news.Role) error {
	return tx.change(ctx, "set role of editor "+editor, `UPDATE editor SET role = $2 WHERE id = $1 AND login IS NOT NULL`, editor, string(role))
}

// RemoveEditor shuts the desk to an editor and ends their sessions. The name stays on what they did.
func (tx *Tx) RemoveEditor(ctx context.Context, editor string, at int64) error {
	if err := tx.change(ctx, "remove editor "+editor, `
UPDATE editor SET login = NULL, hash = '', removed_at = $2 WHERE id = $1 AND login IS NOT NULL`, editor, at); err != nil {
		return err
	}
	return tx.dropSessions(ctx, editor)
}

func (tx *Tx) dropSessions(ctx context.Context, editor string) error {
	_, err := tx.exec(ctx, "end sessions of editor "+editor, `DELETE FROM session WHERE editor = $1`, editor)
	return err
}

// Session returns who is at the desk with the token of this hash; news.ErrNotFound if it has ended.
func (r Reads) Session(ctx context.Context, tokenHash string, now int64) (news.Editor, error) {
	return one(ctx, r, "session", scanEditor, `
SELECT `+editorColumns+`
  FROM session JOIN editor ON editor.id = session.editor
 WHERE session.token = $1 AND session.until > $2 AND editor.login IS NOT NULL`, tokenHash, now)
}

// AddSession lets the holder of a token, of which only the hash is kept, be an editor until then. Sessions that have ended are forgotten.
func (tx *Tx) AddSession(ctx context.Context, tokenHash, editor string, now, until int64) error {
	if _, err := tx.exec(ctx, "forget old sessions", `DELETE FROM session WHERE until <= $1`, now); err != nil {
		return err
	}
	_, err := tx.exec(ctx, "add session of editor "+editor, `
INSERT INTO session (token, editor, created_at, until) VALUES ($1, $2, $3, $4)`, tokenHash, editor, now, until)
	return err
}

// DropSession ends a session. One that is not there has ended already.
func (tx *Tx) DropSession(ctx context.Context, tokenHash string) error {
	_, err := tx.exec(ctx, "end session", `DELETE FROM session WHERE token = $1`, tokenHash)
	return err
}
