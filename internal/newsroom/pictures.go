package newsroom

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/fetch"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/rights"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// maxPicture is how many bytes of a picture are fetched.
const maxPicture = 20 << 20

// Pictures copies the pictures of a public article, made anew without what a camera notes in them, so that no reader's browser asks
// the outlet. Where terms do not allow them it does nothing. Pictures that cannot be had are left out; the error then says which.
func (r *Room) Pictures(ctx context.Context, article string) error {
	a, err := r.Store.Article(ctx, article)
	if err != nil || !a.State.Public() {
		return err
	}
	terms, err := r.Store.Terms(ctx, a.Outlet)
	if err != nil || !terms.Images || rights.Decide(terms.Facts(), rights.Signals{}) != rights.Full {
		return err
	}
	d, _, err := r.Store.Document(ctx, a.ID, a.Public)
	if err != nil {
		return err
	}
	have, err := r.Store.MediaOf(ctx, a.ID)
	if err != nil {
		return err
	}
	var errs []error
	for _, src := range pictures(d) {
		if _, ok := have[src]; ok {
			continue
		}
		if err := r.copyPicture(ctx, a.ID, src); err != nil {
			if ctx.Err() != nil {
				return err
			}
			errs = append(errs, fmt.Errorf("picture %s: %w", src, err))
		}
	}
	return errors.Join(errs...)
}

func (r *Room) copyPicture(ctx context.Context, article, src string) error {
	response, err := r.Fetch.Get(ctx, fetch.Request{URL: src, Kind: fetch.Picture, MaxBytes: maxPicture})
	if err != nil {
		return err
	}
	p, err := remake(response.Body)
	if err != nil {
		return final(err)
	}
	m := news.Media{SHA256: p.name(), URL: src, Type: p.mime, Width: p.width, Height: p.height, Size: int64(len(p.bytes)), At: r.now()}
	if err := writeFile(r.Media, m.SHA256, p.bytes); err != nil {
		return err
	}
	if err := r.Store.Tx(ctx, func(tx *store.Tx) error { return tx.SaveMedia(ctx, article, src, m) }); err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(r.Media, m.SHA256)); errors.Is(err, fs.ErrNotExist) {
		return writeFile(r.Media, m.SHA256, p.bytes) // Sweep took the same picture away between the two
	}
	return nil
}

// Sweep removes the kept pictures that no article shows any longer.
func (r *Room) Sweep(ctx context.Context) error {
	names, err := r.Store.UnusedMedia(ctx)
	if err != nil {
		return err
	}
	for _, name := range names {
		err := r.Store.Tx(ctx, func(tx *store.Tx) error {
			removed, err := tx.RemoveMedia(ctx, name)
			if err != nil || !removed {
				return err
			}
			if err := os.Remove(filepath.Join(r.Media, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return fmt.Errorf("remove picture: %w", err)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// writeFile writes a file whole or not at all; one that is there already has the same bytes.
func writeFile(dir, name string, b []byte) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("keep a picture: %w", err)
	}
	f, err := os.CreateTemp(dir, ".new-*")
	if err != nil {
		return fmt.Errorf("keep a picture: %w", err)
	}
	_, err = f.Write(b)
	err = errors.Join(err, f.Chmod(0o644), f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), filepath.Join(dir, name))
	}
	if err != nil {
		return fmt.Errorf("keep a picture: %w", errors.Join(err, os.Remove(f.Name())))
	}
	return nil
}

// pictures returns the addresses of the pictures that a document's figures show, each once, in their order.
func pictures(d doc.Document) []string {
	var list []string
	seen := map[string]bool{}
	for _, b := range d.Blocks {
		if b.Kind == doc.Figure && b.Media != nil && b.Media.Src != "" && !seen[b.Media.Src] {
			seen[b.Media.Src] = true
			list = append(list, b.Media.Src)
		}
	}
	return list
}
