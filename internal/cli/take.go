package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

var takeCommand = command{
	name: "take", args: "URL [--into fr] [--part]", short: "one page: fetch, read, translate, ready for the desk",
	long: `Fetches one page, reads the article in it, translates it and puts it before the editors. Prints its address at the desk,
one a language.

A page that does not hold the whole article is kept and not translated: the command says what it holds, and --part gives leave to translate
that, as the desk does under "Pages that are not whole".`,
	example: "dragoman take https://outlet.example/news/2026/11/20/harbour/ --into fr",
	set: func(a *app, fs *flags) func(context.Context, []string) error {
		var o officeOptions
		fetchFlags(fs, &o)
		into := fs.String("into", "", "`TAGS`: the languages to translate into, with commas; else all that the models can")
		part := fs.Bool("part", false, "translate what is there of a page that does not hold the whole article")
		return func(ctx context.Context, args []string) error {
			if err := count(args, 1, 1, "the page's address"); err != nil {
				return err
			}
			tags, err := tagList(*into)
			if err != nil {
				return err
			}
			return a.with(ctx, o, func(h *office) error { return a.take(ctx, h, args[0], tags, *part) })
		}
	},
}

func (a *app) take(ctx context.Context, h *office, url string, into []string, part bool) error {
	id, err := h.room.TakeURL(ctx, url, into)
	if err != nil {
		return err
	}
	if err := h.work(ctx); err != nil {
		return err
	}
	item, err := h.store.Item(ctx, id)
	if err != nil {
		return err
	}
	if item.State == "asks" && part {
		if err := h.room.DecideLeave(ctx, id, store.LeaveGiven, newsroom.CommandLine); err != nil {
			return err
		}
		if err := h.work(ctx); err != nil {
			return err
		}
		if item, err = h.store.Item(ctx, id); err != nil {
			return err
		}
	}
	articles, err := h.store.ArticlesOf(ctx, id)
	if err != nil {
		return err
	}
	there := map[string]bool{}
	for _, article := range articles {
		there[article.Lang] = true
		fmt.Fprintf(a.out, "%s/desk/articles/%s\n", h.base(), article.ID)
	}
	whole := len(articles) > 0
	for _, tag := range into {
		whole = whole && there[tag]
	}
	switch {
	case whole: // what an earlier attempt complained of is past
		return nil
	case item.State == "asks":
		return a.asks(ctx, h, url, item)
	case item.Why != "":
		return errors.New(about(url, item.Why))
	case item.State == "new":
		return fmt.Errorf("%s could not be read yet; a running \"dragoman serve\" tries it again", url)
	case len(articles) == 0:
		o, err := h.store.Outlet(ctx, item.Outlet)
		if err != nil {
			return err
		}
		return fmt.Errorf("%s was read, and there is no language to translate it into: name one by --into, and see \"dragoman model list\" for the models of %s", url, o.Name)
	}
	return nil
}

// asks says that a page does not hold the whole article, and how a person gives leave to translate what is there.
func (a *app) asks(ctx context.Context, h *office, url string, item news.Item) error {
	how := "it waits at " + h.base() + "/desk/waiting"
	switch _, err := h.store.NewestOriginal(ctx, item.ID); {
	case err == nil:
		how = "give leave to translate what is there at " + h.base() + "/desk/waiting or by: dragoman take --part " + url
	case !errors.Is(err, news.ErrNotFound):
		return err
	}
	return fmt.Errorf("%s; nothing of it is translated: %s", about(url, item.Why), how)
}

// about is why a page could not be taken, with the page's address in it once.
func about(url, why string) string {
	for _, verb := range []string{"read", "get"} {
		why = strings.TrimPrefix(why, verb+" "+url+": ")
	}
	if strings.Contains(why, url) {
		return why
	}
	return url + ": " + why
}
