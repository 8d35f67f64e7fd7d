package cli

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/dragoman-newsroom/dragoman/internal/config"
	"github.com/dragoman-newsroom/dragoman/internal/jobs"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

var backupCommand = command{
	name: "backup", args: "FILE", short: "the newsroom in one file",
	long: `Writes the database as it is at this moment and the pictures of published pages into one new file. A running serve goes on
meanwhile. Models are not in it: they can be fetched again.`,
	example: "dragoman backup /mnt/safe/newsroom-2026-11-25.tar.gz",
	set: func(a *app, fs *flags) func(context.Context, []string) error {
		return func(ctx context.Context, args []string) error {
			if err := count(args, 1, 1, "the file to write"); err != nil {
				return err
			}
			return a.with(ctx, officeOptions{}, func(h *office) error {
				if err := h.store.Backup(ctx, args[0], h.config.Media); err != nil {
					return err
				}
				info, err := os.Stat(args[0])
				if err != nil {
					return err
				}
				_, err = fmt.Fprintf(a.out, "%s: %s\n", args[0], megabytes(info.Size()))
				return err
			})
		}
	},
}

var restoreCommand = command{
	name: "restore", args: "FILE", short: "the newsroom out of such a file",
	long: `Puts a backup in the place of the newsroom in the data folder. No serve may be running on it. A newsroom that was there is
kept beside it under another name.`,
	example: "dragoman restore /mnt/safe/newsroom-2026-11-25.tar.gz --data ./newsroom",
	set: func(a *app, fs *flags) func(context.Context, []string) error {
		return func(ctx context.Context, args []string) error {
			if err := count(args, 1, 1, "the file of the backup"); err != nil {
				return err
			}
			return a.restore(ctx, args[0])
		}
	},
}

func (a *app) restore(ctx context.Context, file string) (err error) {
	_, c, err := a.config("")
	if err != nil {
		return err
	}
	if config.IsPostgres(c.Database) {
		return errors.New("the newsroom is kept in PostgreSQL: fill the database with pg_restore")
	}
	if _, err := os.Stat(file); err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	release, err := jobs.Hold(c.Database)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, release()) }()
	aside, err := store.Restore(ctx, file, c.Database, c.Media)
	if err != nil {
		return err
	}
	if aside != "" {
		fmt.Fprintf(a.out, "the newsroom that was there is now %s\n", aside)
	}
	_, err = fmt.Fprintf(a.out, "restored into %s\n", c.Database)
	return err
}
