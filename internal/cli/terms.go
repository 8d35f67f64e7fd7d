package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/rights"
)

var termsCommand = command{
	name: "terms", args: "OUTLET [--full-text] [--excerpt] [--translate] [--licence NAME] [--proof TEXT]", short: "what an outlet allows, from now on",
	long: `Records what an outlet allows, from now on; earlier records stay. Without a flag it prints what holds. Unless --basis says
another, the basis is the licence where one is named, else a permission. A licence such as CC-BY-4.0 that stands alone
brings what it allows by itself. Where the new terms allow less, what they no longer allow is taken from readers at once.`,
	example: "dragoman terms \"Meridian Wire\" --translate --full-text --licence CC0-1.0 --proof https://outlet.example/republish/",
	set: func(a *app, fs *flags) func(context.Context, []string) error {
		var t news.Terms
		var none bool
		fs.BoolVar(&t.FullText, "full-text", false, "the whole text may stand on our page")
		fs.BoolVar(&t.Excerpt, "excerpt", false, "a short excerpt may")
		fs.BoolVar(&t.Translate, "translate", false, "a translation may be public, one made by a machine too")
		fs.BoolVar(&t.Images, "images", false, "pictures may be shown")
		fs.BoolVar(&none, "none", false, "nothing may be public")
		fs.StringVar(&t.Licence, "licence", "", "`NAME`: the licence, such as CC-BY-4.0")
		fs.StringVar(&t.Proof, "proof", "", "`TEXT`: where that stands: an address, a letter")
		fs.StringVar(&t.Credit, "credit", "", "`TEXT`: what must stand on the page")
		fs.StringVar(&t.Basis, "basis", "", "`BASIS`: "+strings.Join(rights.Bases, ", "))
		return func(ctx context.Context, args []string) error {
			if err := count(args, 1, 1, "the outlet"); err != nil {
				return err
			}
			return a.with(ctx, officeOptions{}, func(h *office) error { return a.terms(ctx, h, args[0], t, none) })
		}
	},
}

func (a *app) terms(ctx context.Context, h *office, name string, t news.Terms, none bool) error {
	outlet, err := h.outlet(ctx, name)
	if err != nil {
		return err
	}
	asked := t != (news.Terms{})
	switch {
	case none && asked:
		return usagef("--none stands alone")
	case none:
		t.Basis = rights.Unknown
	case !asked:
		return a.printTerms(ctx, h, outlet)
	case t.Basis != "":
	case t.Licence != "":
		t.Basis = rights.ByLicence
	default:
		t.Basis = rights.Permission
	}
	t.ByMachine = t.Translate
	t.By = newsroom.CommandLine
	if err := h.room.SetTerms(ctx, outlet.ID, t); err != nil {
		return err
	}
	if err := h.work(ctx); err != nil { // pictures come or go with the terms
		return err
	}
	return a.printTerms(ctx, h, outlet)
}

func (a *app) printTerms(ctx context.Context, h *office, outlet news.Outlet) error {
	t, err := h.store.Terms(ctx, outlet.ID)
	if err != nil {
		return err
	}
	var allows []string
	for _, x := range []struct {
		is   bool
		name string
	}{{t.Translate, "translation"}, {t.ByMachine, "by machine"}, {t.FullText, "full text"}, {t.Excerpt, "excerpt"}, {t.Images, "pictures"}} {
		if x.is {
			allows = append(allows, x.name)
		}
	}
	if allows == nil {
		allows = []string{"nothing"}
	}
	fmt.Fprintf(a.out, "%s: %s, since %s; allows: %s; readers get: %s", outlet.Name, t.Basis, stamp(t.FromAt), strings.Join(allows, ", "), rights.Decide(t.Facts(), rights.Signals{}))
	for _, x := range []struct{ name, value string }{{"licence", t.Licence}, {"proof", t.Proof}, {"credit", t.Credit}, {"recorded by", t.By}} {
		if x.value != "" {
			fmt.Fprintf(a.out, "; %s: %s", x.name, x.value)
		}
	}
	_, err = fmt.Fprintln(a.out)
	return err
}
