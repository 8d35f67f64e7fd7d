package store_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
)

func TestWhatWasBackedUpIsRestored(t *testing.T) {
	ctx, dir := t.Context(), t.TempDir()
	media, file := filepath.Join(dir, "media"), filepath.Join(dir, "backup.tgz")
	s := storetest.SQLite(t)
	n := furnish(t, s)
	for name, text := range map[string]string{"aa": "picture", ".new-1": "half a picture"} {
		if err := os.MkdirAll(media, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(media, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Backup(ctx, file, media); err != nil {
		t.Fatal(err)
	}
	is(t, s.Backup(ctx, file, media), news.ErrConflict)
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others may read the backup: %v %v", info.Mode(), err)
	}

	// Into an empty folder, and over a newsroom that is there.
	path := filepath.Join(dir, "new", "dragoman.db")
	other := filepath.Join(dir, "new", "media")
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if aside, err := store.Restore(ctx, file, path, other); err != nil || aside != "" {
		t.Fatal(aside, err)
	}
	restored, err := store.Open(ctx, "sqlite "+path)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, must(restored.Article(ctx, n.article.ID))(t), n.article)
	if v := must(restored.Setting(ctx, store.SettingRestored))(t); v == "" {
		t.Error("a restored copy does not know that it is one")
	}
	if b, err := os.ReadFile(filepath.Join(other, "aa")); err != nil || string(b) != "picture" {
		t.Error(string(b), err)
	}
	if _, err := os.Stat(filepath.Join(other, ".new-1")); err == nil {
		t.Error("half a picture was backed up")
	}
	if err := restored.Tx(ctx, func(tx *store.Tx) error { return tx.PutSetting(ctx, "later", "1") }); err != nil {
		t.Fatal(err)
	}
	if err := restored.Close(); err != nil {
		t.Fatal(err)
	}
	aside, err := store.Restore(ctx, file, path, other)
	if err != nil || aside == "" {
		t.Fatal(aside, err)
	}
	old := storetest.Open(t, "sqlite "+aside)
	equal(t, must(old.Setting(ctx, "later"))(t), "1") // nothing that was there is lost
	again := storetest.Open(t, "sqlite "+path)
	equal(t, must(again.Setting(ctx, "later"))(t), "")
}

func TestWhatIsNoBackupChangesNothing(t *testing.T) {
	ctx, dir := t.Context(), t.TempDir()
	s := storetest.SQLite(t)
	furnish(t, s)
	good := filepath.Join(dir, "good.tgz")
	if err := s.Backup(ctx, good, filepath.Join(dir, "none")); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "dragoman.db")
	if err := os.WriteFile(path, []byte("as it was"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string][]byte{"text": []byte("a letter"), "cut": whole[:len(whole)/2], "empty archive": gzipped(make([]byte, 1024)), "path out of the folder": gzipped(tarOf("media/../../x"))} {
		file := filepath.Join(dir, "bad")
		if err := os.WriteFile(file, b, 0o600); err != nil {
			t.Fatal(err)
		}
		if aside, err := store.Restore(ctx, file, path, filepath.Join(dir, "m")); err == nil || aside != "" {
			t.Errorf("%s was restored: %s %v", name, aside, err)
		}
		if now, err := os.ReadFile(path); err != nil || string(now) != "as it was" {
			t.Errorf("%s: the database was changed", name)
		}
	}
}

func gzipped(b []byte) []byte {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	_, _ = w.Write(b)
	_ = w.Close()
	return out.Bytes()
}

// tarOf is an archive with one empty file of a name.
func tarOf(name string) []byte {
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	_ = w.WriteHeader(&tar.Header{Name: name, Mode: 0o600})
	_ = w.Close()
	return out.Bytes()
}

func TestDoctor(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		n := furnish(t, s)
		found := func() map[string]store.Finding {
			m := map[string]store.Finding{}
			for _, f := range must(s.Doctor(t.Context(), 200))(t) {
				m[f.Name] = f
				if !f.OK && f.Do == "" {
					t.Errorf("%s does not say what to do", f.Name)
				}
			}
			return m
		}
		for name, f := range found() {
			if !f.OK {
				t.Errorf("%s: %s", name, f.Says)
			}
		}
		f := n.feed
		f.Fails = 3
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			if err := tx.SaveFeed(ctx, f); err != nil {
				return err
			}
			return tx.MoveItem(ctx, n.item.ID, "held", "why")
		})
		if m := found(); m["feeds"].OK || m["items"].OK {
			t.Errorf("%+v", m)
		}
	})
}
