package cli

import (
	"context"
	"fmt"

	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
)

var publishCommand = command{
	name: "publish", args: "ID", short: "show an article to readers",
	long: `Publishes an article as the desk does, by the same rules: the outlet's terms must allow it, and no stop flag may be open.
Prints the article's address.`,
	example: "dragoman publish 0192f0c1-7a3e-7cc2-9d3c-0f1b6f0c9a55",
	set: func(a *app, fs *flags) func(context.Context, []string) error {
		return func(ctx context.Context, args []string) error {
			return a.onArticle(ctx, args, func(h *office, id string) error {
				return h.room.Publish(ctx, id, newsroom.CommandLine)
			})
		}
	},
}

var correctCommand = command{
	name: "correct", args: "ID --why TEXT", short: "show readers the newest revision, and say why",
	long:    "Replaces the text that readers see by the newest revision. The page says that it was corrected, and why.",
	example: "dragoman correct 0192f0c1-7a3e-7cc2-9d3c-0f1b6f0c9a55 --why 'The figure for 2024 was wrong.'",
	set: func(a *app, fs *flags) func(context.Context, []string) error {
		why := fs.String("why", "", "`TEXT`: what readers are told")
		return func(ctx context.Context, args []string) error {
			if *why == "" {
				return usagef("--why is missing: readers are told what was corrected")
			}
			return a.onArticle(ctx, args, func(h *office, id string) error {
				return h.room.Correct(ctx, id, newsroom.CommandLine, *why)
			})
		}
	},
}

var killCommand = command{
	name: "kill", args: "ID --why TEXT", short: "withdraw an article for good",
	long:    "Withdraws an article, published or not. Its address then says that it was withdrawn.",
	example: "dragoman kill 0192f0c1-7a3e-7cc2-9d3c-0f1b6f0c9a55 --why 'The outlet withdrew it.'",
	set: func(a *app, fs *flags) func(context.Context, []string) error {
		why := fs.String("why", "", "`TEXT`: the reason, for the record")
		return func(ctx context.Context, args []string) error {
			if *why == "" {
				return usagef("--why is missing: the record keeps the reason")
			}
			return a.onArticle(ctx, args, func(h *office, id string) error {
				return h.room.Kill(ctx, id, newsroom.CommandLine, *why)
			})
		}
	},
}

// onArticle calls a verb on the article that args name, and prints where readers find it, if they do. The pictures that
// publishing copies are copied before it returns, by a running serve or here.
func (a *app) onArticle(ctx context.Context, args []string, verb func(*office, string) error) error {
	if err := count(args, 1, 1, "the article's identifier"); err != nil {
		return err
	}
	return a.with(ctx, officeOptions{}, func(h *office) error {
		if _, err := h.article(ctx, args[0]); err != nil {
			return err
		}
		if err := verb(h, args[0]); err != nil {
			return err
		}
		if err := h.work(ctx); err != nil {
			return err
		}
		article, err := h.article(ctx, args[0])
		if err == nil && article.State.Public() {
			_, err = fmt.Fprintln(a.out, h.base()+publicPath(article))
		}
		return err
	})
}
