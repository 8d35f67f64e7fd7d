package store

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/news"
)

// What a backup holds: the database under this name, and the pictures in this folder.
const (
	backupDB    = "dragoman.db"
	backupMedia = "media/"
)

// maxRestored bounds what is unpacked of one file in a backup.
const maxRestored = 1 << 40

// Backup writes the database as it is at this moment, and the pictures of the media folder, into a new file (a gzipped tar).
// Work may go on meanwhile. On PostgreSQL it is news.ErrInvalid, and says what does it there.
func (s *Store) Backup(ctx context.Context, file, media string) (err error) {
	if s.dialect != SQLite {
		return fmt.Errorf("the newsroom is kept in PostgreSQL: back it up with pg_dump, and the folder %s with it: %w", media, news.ErrInvalid)
	}
	out, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600) // holds addresses of readers and hashes of passwords
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s is there already: name another file: %w", file, news.ErrConflict)
	}
	if err != nil {
		return fmt.Errorf("back up: %w", err)
	}
	defer func() {
		err = errors.Join(err, out.Close())
		if err != nil {
			err = s.help(fmt.Errorf("back up: %w", errors.Join(err, os.Remove(file))))
		}
	}()
	snapshot := file + ".snapshot"
	defer func() {
		if gone := os.Remove(snapshot); !errors.Is(gone, fs.ErrNotExist) {
			err = errors.Join(err, gone)
		}
	}()
	if err := s.snapshot(ctx, snapshot); err != nil {
		return err
	}
	zip := gzip.NewWriter(out)
	w := tar.NewWriter(zip)
	if err := addFile(w, snapshot, backupDB); err != nil {
		return err
	}
	if err := addFolder(ctx, w, media); err != nil {
		return err
	}
	return errors.Join(w.Close(), zip.Close(), out.Sync())
}

// snapshot copies the database with VACUUM INTO, on a connection of its own: writers go on.
func (s *Store) snapshot(ctx context.Context, to string) (err error) {
	db, err := sql.Open("sqlite", sqliteAddress(s.path))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	_, err = db.ExecContext(ctx, `VACUUM INTO $1`, to)
	return err
}

func addFile(w *tar.Writer, path, name string) (err error) {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if err := w.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: info.Size(), ModTime: info.ModTime()}); err != nil {
		return err
	}
	_, err = io.CopyN(w, f, info.Size())
	return err
}

// addFolder adds the pictures; one that goes while we look is no longer shown anywhere.
func addFolder(ctx context.Context, w *tar.Writer, media string) error {
	entries, err := os.ReadDir(media)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, e := range entries {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if !e.Type().IsRegular() || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		if err := addFile(w, filepath.Join(media, e.Name()), backupMedia+e.Name()); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// Restore puts a backup in the place of the database at path and adds its pictures to the media folder. A database that was there is
// kept beside it, and aside is its new name. The caller must hold the lock beside the database: nobody may be working on it.
// A file that is no backup, or holds a damaged database, changes nothing.
func Restore(ctx context.Context, file, path, media string) (aside string, err error) {
	fresh := path + ".restored"
	defer func() {
		for _, suffix := range []string{"", "-wal", "-shm", "-journal"} {
			if gone := os.Remove(fresh + suffix); !errors.Is(gone, fs.ErrNotExist) {
				err = errors.Join(err, gone)
			}
		}
	}()
	if err := unpack(ctx, file, fresh, media); err != nil {
		return "", fmt.Errorf("restore %s: %w", file, err)
	}
	if err := sound(ctx, fresh); err != nil {
		return "", fmt.Errorf("restore %s: %w", file, err)
	}
	if _, err := os.Stat(path); err == nil {
		aside = path + ".before-" + time.Now().UTC().Format("20060102T150405Z")
		for _, suffix := range []string{"", "-wal", "-shm"} {
			if err := os.Rename(path+suffix, aside+suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return "", fmt.Errorf("restore %s: %w", file, err)
			}
		}
	}
	if err := os.Rename(fresh, path); err != nil {
		return aside, fmt.Errorf("restore %s: %w", file, err)
	}
	return aside, nil
}

// unpack writes the files of a backup: the database to fresh, pictures into media.
func unpack(ctx context.Context, file, fresh, media string) (err error) {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	zip, err := gzip.NewReader(f)
	if err != nil {
		return fmt.Errorf("it is no backup: %w", err)
	}
	if err := os.MkdirAll(media, 0o755); err != nil {
		return err
	}
	found := false
	for r := tar.NewReader(zip); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return fmt.Errorf("it is no backup, or cut off: %w", err)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		to := ""
		switch name, isMedia := strings.CutPrefix(h.Name, backupMedia); {
		case h.Name == backupDB:
			to, found = fresh, true
		case isMedia && name != "" && name == filepath.Base(name) && !strings.HasPrefix(name, "."):
			to = filepath.Join(media, name)
		default:
			return fmt.Errorf("it is no backup: it holds %q", h.Name)
		}
		if err := writeRestored(to, io.LimitReader(r, maxRestored)); err != nil {
			return err
		}
	}
	if !found {
		return errors.New("it is no backup: there is no database in it")
	}
	return nil
}

func writeRestored(to string, r io.Reader) error {
	mode := fs.FileMode(0o644)
	if filepath.Ext(to) == ".restored" {
		mode = 0o600
	}
	f, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, mode)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, r)
	return errors.Join(err, f.Sync(), f.Close())
}

// sound reports what is wrong with the database in a file, and notes in it that it was restored: who sends letters asks first then.
func sound(ctx context.Context, path string) (err error) {
	s, err := Open(ctx, "sqlite "+path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	if says, err := one(ctx, s.Reads, "check of the database", scanString, `PRAGMA quick_check(1)`); err != nil || says != "ok" {
		return errors.Join(err, fmt.Errorf("the database in it is damaged: %s", says))
	}
	if err := s.Tx(ctx, func(tx *Tx) error {
		return tx.PutSetting(ctx, SettingRestored, fmt.Sprint(time.Now().UnixMilli()))
	}); err != nil {
		return err
	}
	_, err = s.writer.ExecContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`)
	return err
}

// SettingRestored is the setting that says when the database was restored from a backup, in UTC milliseconds.
const SettingRestored = "store.restored"

// cachePragma lets each connection keep 16 MiB of pages: words and statements are found all over the file.
const cachePragma = "cache_size(-16384)"

// sqliteAddress is how a file is opened.
func sqliteAddress(path string) string {
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + url.Values{
		"_pragma": {"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)", "temp_store(MEMORY)", cachePragma},
	}.Encode()
}
