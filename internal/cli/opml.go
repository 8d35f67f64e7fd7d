package cli

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
)

var opmlCommand = command{
	name: "opml", args: "export [FILE] | import FILE", short: "lists of outlets, from and for feed readers",
	long:    "Lists of feeds in OPML, which feed readers read and write.",
	example: "dragoman opml import feeds.opml --into fr",
	sub: []command{
		{
			name: "export", args: "[FILE]", short: "write the list of what is followed",
			long:    "Writes the feeds that are followed into a new file, or to standard output.",
			example: "dragoman opml export outlets.opml",
			set: func(a *app, _ *flags) func(context.Context, []string) error {
				return func(ctx context.Context, args []string) error {
					if err := count(args, 0, 1, "a file"); err != nil {
						return err
					}
					return a.with(ctx, officeOptions{}, func(h *office) error { return a.exportOPML(ctx, h, args) })
				}
			},
		},
		{
			name: "import", args: "FILE [--into fr,pt]", short: "follow the feeds of a list",
			long: `Follows each feed of the list as an outlet of its own; "-" is standard input. Nobody is asked at once: the first looks are
spread over the hours that follow. Nothing becomes public by that: what an outlet allows is unknown until "dragoman terms" says it.`,
			example: "dragoman opml import feeds.opml --into fr",
			set: func(a *app, fs *flags) func(context.Context, []string) error {
				into := fs.String("into", "", "`TAGS`: the languages to translate into, with commas; else all that the models can")
				return func(ctx context.Context, args []string) error {
					if err := count(args, 1, 1, "the list's file"); err != nil {
						return err
					}
					tags, err := tagList(*into)
					if err != nil {
						return err
					}
					return a.with(ctx, officeOptions{}, func(h *office) error { return a.importOPML(ctx, h, args, tags) })
				}
			},
		},
	},
}

func (a *app) exportOPML(ctx context.Context, h *office, args []string) (err error) {
	b, err := h.room.OPML(ctx, "dragoman")
	if err != nil {
		return err
	}
	if len(args) == 0 || args[0] == "-" {
		_, err = a.out.Write(b)
		return err
	}
	f, err := os.OpenFile(args[0], os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, os.ErrExist) {
		return fmt.Errorf("%s is there already: name a new file", args[0])
	}
	if err != nil {
		return fmt.Errorf("write the list: %w", err)
	}
	_, err = f.Write(b)
	return errors.Join(err, f.Close())
}

// importOPML follows a list in as many steps as it takes.
func (a *app) importOPML(ctx context.Context, h *office, args, into []string) error {
	in, err := a.input(args)
	if err != nil {
		return err
	}
	added, known := 0, -1
	for more := 1; more > 0; {
		var list, fresh []newsroom.Outline
		if list, more, err = h.room.ReadOPML(ctx, in.body); err != nil {
			return err
		}
		for _, o := range list {
			if !o.Known {
				fresh = append(fresh, o)
			}
		}
		if known < 0 {
			known = len(list) - len(fresh)
		}
		n, err := h.room.FollowOutlines(ctx, fresh, into)
		if err != nil {
			return err
		}
		if added += n; n == 0 {
			break
		}
	}
	fmt.Fprintf(a.out, "%d new\t%d followed already\n", added, known)
	return nil
}
