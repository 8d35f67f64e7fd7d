package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

var takeCommand = command{
	name: "take", args: "URL [--into fr]", short: "one page: fetch, read, translate, ready for the desk",
	long: `Fetches one page, reads the article in it, translates it and puts it before the editors. Prints its address at the desk,
one a language.`,
	example: "dragoman take https://outlet.example/news/2026/11/20/harbour/ --into fr",
	set: func(a *app, fs *flags) func(context.Context, []string) error {
		var o officeOptions
		fetchFlags(fs, &o)
		into := fs.String("into", "", "`TAGS`: the languages to translate into, with commas; else all that the models can")
		return func(ctx context.Context, args []string) error {
			if err := count(args, 1, 1, "the page's address"); err != nil {
				return err
			}
			tags, err := tagList(*into)
			if err != nil {
				return err
			}
			return a.with(ctx, o, func(h *office) error { return a.take(ctx, h, args[0], tags) })
		}
	},
}

func (a *app) take(ctx context.Context, h *office, url string, into []string) error {
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
