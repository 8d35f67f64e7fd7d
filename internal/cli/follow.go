package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/lang"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
)

var followCommand = command{
	name: "follow", args: "URL [--into fr,pt] [--name N]", short: "an outlet: finds its feed",
	long: `Follows the outlet at an address: its feed, or the feed that the page there names. Nothing becomes public by that:
what an outlet allows is unknown until "dragoman terms" says it.`,
	example: "dragoman follow https://outlet.example/ --into fr,pt",
	set: func(a *app, fs *flags) func(context.Context, []string) error {
		var o officeOptions
		fetchFlags(fs, &o)
		into := fs.String("into", "", "`TAGS`: the languages to translate into, with commas; else all that the models can")
		name := fs.String("name", "", "`N`: what to call it; else its own name")
		return func(ctx context.Context, args []string) error {
			if err := count(args, 1, 1, "the outlet's address"); err != nil {
				return err
			}
			tags, err := tagList(*into)
			if err != nil {
				return err
			}
			return a.with(ctx, o, func(h *office) error {
				outlet, err := h.room.Follow(ctx, args[0], newsroom.FollowOptions{Into: tags, Name: *name})
				if err != nil {
					return err
				}
				fmt.Fprintf(a.out, "%s\t%s\n", outlet.ID, outlet.Name)
				a.hint(h, outlet)
				return nil
			})
		}
	},
}

// hint says, on standard error, what follows from following.
func (a *app) hint(h *office, o news.Outlet) {
	pairs := h.engines.pairs()
	for _, tag := range o.Into {
		from, to := string(lang.Tag(o.Lang).Bare()), string(lang.Tag(tag).Bare())
		if from == "" || from == to {
			continue
		}
		var can bool
		for _, p := range pairs {
			can = can || p.From == from && p.To == to
		}
		if !can {
			fmt.Fprintf(a.err, "There is no model for %s→%s yet; run: dragoman model get %s-%s\n", from, to, from, to)
		}
	}
	fmt.Fprintf(a.err, "A running \"dragoman serve\" looks at it by itself; to look now: dragoman check %q\n", o.Name)
}

// tagList reads language tags that are written with commas; nil for none.
func tagList(s string) ([]string, error) {
	var out []string
	for _, x := range commas(s) {
		tag, err := lang.Parse(x)
		if err != nil {
			return nil, usageError{err}
		}
		if !tag.IsLanguage() {
			return nil, usageError{fmt.Errorf("%q names no language to translate into: name one, such as fr or pt-BR", tag)}
		}
		out = append(out, string(tag))
	}
	return out, nil
}

var checkCommand = command{
	name: "check", args: "[OUTLET]", short: "look now",
	long: `Looks at an outlet's feeds now, or at those of all outlets, and reads and translates what is new. Beside a running serve
the work is done there; the command waits for its end.`,
	example: "dragoman check \"Meridian Wire\"",
	set: func(a *app, fs *flags) func(context.Context, []string) error {
		var o officeOptions
		fetchFlags(fs, &o)
		return func(ctx context.Context, args []string) error {
			if err := count(args, 0, 1, "one outlet"); err != nil {
				return err
			}
			return a.with(ctx, o, func(h *office) error { return a.check(ctx, h, args) })
		}
	},
}

func (a *app) check(ctx context.Context, h *office, args []string) error {
	var outlets []news.Outlet
	if len(args) == 1 {
		outlet, err := h.outlet(ctx, args[0])
		if err != nil {
			return err
		}
		outlets = []news.Outlet{outlet}
	} else {
		var err error
		if outlets, err = h.store.Outlets(ctx); err != nil {
			return err
		}
		if len(outlets) == 0 {
			return errors.New("no outlet is followed yet; run: dragoman follow URL")
		}
	}
	var failures []string
	for _, outlet := range outlets {
		result, err := h.room.Check(ctx, outlet.ID)
		if err != nil {
			return err
		}
		for _, f := range result.Feeds {
			if f.Err != nil {
				failures = append(failures, outlet.Name+": "+oneLine(f.Err))
			}
		}
		fmt.Fprintf(a.out, "%s\t%d new\n", outlet.Name, result.New)
	}
	if err := h.work(ctx); err != nil {
		return err
	}
	if len(failures) > 0 {
		return errors.New(strings.Join(failures, "; "))
	}
	return nil
}
