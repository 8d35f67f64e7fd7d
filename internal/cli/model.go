package cli

import (
	"context"
	"fmt"
	"text/tabwriter"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/models"
)

var modelCommand = command{
	name: "model", args: "list | get PAIR | add DIR | remove PAIR", short: "the translation models: list, get, add, remove",
	long: `The translation models of this machine. A model translates from one language into another: a pair, such as en-pt.
Pairs that do not begin or end in English go through English by two models.`,
	example: "dragoman model get en-pt",
	sub: []command{
		{
			name: "list", short: "what is installed",
			long:    "Lists the installed models with size, version, licence and origin.",
			example: "dragoman model list",
			set: func(a *app, fs *flags) func(context.Context, []string) error {
				return func(_ context.Context, args []string) error { return a.modelList(args) }
			},
		},
		{
			name: "get", args: "PAIR [--registry URL] [--architecture NAME]", short: "from the catalogue",
			long: `Downloads a model from the catalogue, verifies its sha256 and installs it. What was cut goes on where it stopped.
Of several models the released one is taken that translates best; --architecture tiny takes the smallest.`,
			example: "dragoman model get en-pt\ndragoman model get en-pt --registry https://mirror.example/models.json",
			set: func(a *app, fs *flags) func(context.Context, []string) error {
				registry := fs.String("registry", "", "`URL`: another catalogue than models.registry in dragoman.toml names")
				architecture := fs.String("architecture", "", "`NAME`: tiny, base or base-memory")
				return func(ctx context.Context, args []string) error {
					if err := count(args, 1, 1, "a pair, such as en-pt,"); err != nil {
						return err
					}
					return a.modelGet(ctx, args[0], *registry, *architecture)
				}
			},
		},
		{
			name: "add", args: "DIR [--licence NAME] [--origin TEXT] [--pair PAIR]", short: "from a folder",
			long: `Installs the model in a folder: model.*.bin, vocab.*.spm (or srcvocab and trgvocab) and, if there is one,
lex.*.bin; each plain, .gz or .zst. The folder stays as it is.`,
			example: "dragoman model add ./enpt --licence CC-BY-SA-4.0 --origin https://models.example/enpt",
			set: func(a *app, fs *flags) func(context.Context, []string) error {
				var o models.AddOptions
				fs.StringVar(&o.Licence, "licence", "", "`NAME`: under which the model may be used")
				fs.StringVar(&o.Origin, "origin", "", "`TEXT`: where it comes from")
				fs.StringVar(&o.Pair, "pair", "", "`PAIR`: the languages, where the names of the files do not tell")
				return func(ctx context.Context, args []string) error {
					if err := count(args, 1, 1, "the model's folder"); err != nil {
						return err
					}
					o.Now = time.Now()
					return a.modelAdd(ctx, args[0], o)
				}
			},
		},
		{
			name: "remove", args: "PAIR", short: "take one away",
			long:    "Removes an installed model.",
			example: "dragoman model remove en-pt",
			set: func(a *app, fs *flags) func(context.Context, []string) error {
				return func(_ context.Context, args []string) error {
					if err := count(args, 1, 1, "a pair, such as en-pt,"); err != nil {
						return err
					}
					_, c, err := a.config("")
					if err != nil {
						return err
					}
					return modelStore(c).Remove(args[0])
				}
			},
		},
	},
}

func (a *app) modelList(args []string) error {
	if err := count(args, 0, 0, "nothing"); err != nil {
		return err
	}
	_, c, err := a.config("")
	if err != nil {
		return err
	}
	list, err := modelStore(c).List()
	if err != nil {
		return err
	}
	if len(list) == 0 {
		fmt.Fprintf(a.err, "No models in %s. To install one: dragoman model get en-pt\n", c.Models.Dir)
		return nil
	}
	w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	for _, m := range list {
		fmt.Fprintf(w, "%s\t%s\t%s\tversion %s\tlicence: %s\torigin: %s\n", m.Pair, m.Architecture, megabytes(m.Size()), m.Version, m.Licence, m.Origin)
	}
	return w.Flush()
}

func (a *app) modelGet(ctx context.Context, pair, registry, architecture string) error {
	if err := models.CheckPair(pair); err != nil {
		return usageError{err}
	}
	_, c, err := a.config("")
	if err != nil {
		return err
	}
	if registry == "" {
		registry = c.Models.Registry
	}
	p := a.progress()
	m, err := modelStore(c).Get(ctx, pair, models.GetOptions{
		Registry: registry, Architecture: architecture, UserAgent: userAgent(""), Now: time.Now(), Progress: p.bytes,
	})
	p.end()
	if err != nil {
		return err
	}
	return a.printModel(m)
}

func (a *app) modelAdd(ctx context.Context, dir string, o models.AddOptions) error {
	_, c, err := a.config("")
	if err != nil {
		return err
	}
	m, err := modelStore(c).Add(ctx, dir, o)
	if err != nil {
		return err
	}
	return a.printModel(m)
}

func (a *app) printModel(m models.Manifest) error {
	name := m.Architecture
	if name != "" {
		name = " " + name
	}
	_, err := fmt.Fprintf(a.out, "%s%s installed: %s, version %s, licence: %s, origin: %s\n", m.Pair, name, megabytes(m.Size()), m.Version, m.Licence, m.Origin)
	return err
}
