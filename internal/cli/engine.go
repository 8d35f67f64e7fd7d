package cli

import (
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/dragoman-newsroom/dragoman/internal/lang"
	"github.com/dragoman-newsroom/dragoman/internal/models"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/translate"
	"github.com/dragoman-newsroom/dragoman/mt"
)

// pivotLanguage stands between two languages that have no model of their own: every published pair has English on one side.
const pivotLanguage = "en"

// checkModel reads a model's folder as the engine does.
func checkModel(dir string) error {
	m, err := mt.Open(dir, mt.Workers(1))
	if err != nil {
		return err
	}
	return m.Close()
}

// engines opens models when they are first asked for and keeps them open.
type engines struct {
	stores  []models.Store // the first that has a pair gives it
	workers int            // 0: one for each core

	mu   sync.Mutex
	open map[string]*mt.Model // by pair
	info map[string]store.Engine
}

// translator returns what translates from one language into another, by one model or by two through English.
// Without a model the error names the command that gets it.
func (e *engines) translator(from, to string) (translate.Translator, []store.Engine, error) {
	a, b, err := pairOf(from, to)
	if err != nil {
		return translate.Translator{}, nil, err
	}
	engine, info, err := e.engine(a, b)
	if err != nil {
		return translate.Translator{}, nil, err
	}
	return translate.Translator{Engine: engine, Name: info.Name, From: from, To: to}, []store.Engine{info}, nil
}

// invalid says of an error of translator that it will be the same until somebody installs a model.
func invalid(err error) error {
	if errors.Is(err, models.ErrMissing) {
		return fmt.Errorf("%w: %w", err, news.ErrInvalid)
	}
	return err
}

func (e *engines) engine(from, to string) (translate.Engine, store.Engine, error) {
	m, info, err := e.model(from + "-" + to)
	if err == nil || !errors.Is(err, models.ErrMissing) || from == pivotLanguage || to == pivotLanguage {
		return m, info, err
	}
	first, info1, err1 := e.model(from + "-" + pivotLanguage)
	second, info2, err2 := e.model(pivotLanguage + "-" + to)
	switch missing1, missing2 := errors.Is(err1, models.ErrMissing), errors.Is(err2, models.ErrMissing); {
	case missing1 && missing2:
		return nil, info, fmt.Errorf("no model for %s→%s; run: dragoman model get %s-en && dragoman model get en-%s: %w", from, to, from, to, models.ErrMissing)
	case missing1 || missing2:
		return nil, info, fmt.Errorf("%s→%s goes through English: %w", from, to, errors.Join(err1, err2))
	case err1 != nil || err2 != nil:
		return nil, info, errors.Join(err1, err2)
	}
	return translate.Through(first, second), store.Engine{
		Name: info1.Name + " + " + info2.Name, Pair: from + "-" + to,
		SHA256: info1.SHA256 + "+" + info2.SHA256, Version: info1.Version + " + " + info2.Version,
	}, nil
}

// model opens the model of a pair.
func (e *engines) model(pair string) (*mt.Model, store.Engine, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if m := e.open[pair]; m != nil {
		return m, e.info[pair], nil
	}
	var dir string
	var manifest models.Manifest
	var err error
	for _, s := range e.stores {
		if dir, manifest, err = s.Lookup(pair); !errors.Is(err, models.ErrMissing) {
			break
		}
	}
	if err != nil {
		return nil, store.Engine{}, err
	}
	m, err := mt.Open(dir, e.options()...)
	if err != nil {
		return nil, store.Engine{}, fmt.Errorf("open the model for %s: %w; to have it anew: dragoman model get %s", pair, err, pair)
	}
	if e.open == nil {
		e.open, e.info = map[string]*mt.Model{}, map[string]store.Engine{}
	}
	name := strings.TrimSpace(pair + " " + manifest.Architecture)
	e.open[pair], e.info[pair] = m, store.Engine{Name: name, Pair: pair, SHA256: manifest.SHA256(), Version: manifest.Version}
	return m, e.info[pair], nil
}

func (e *engines) options() []mt.Option {
	if e.workers > 0 {
		return []mt.Option{mt.Workers(e.workers)}
	}
	return nil
}

// pairs lists what the installed models can translate, directly or through English; nil if their folders cannot be read.
func (e *engines) pairs() []newsroom.Pair {
	installed := map[string]bool{}
	for _, s := range e.stores {
		list, err := s.List()
		if err != nil {
			continue // whoever asks for one of its models is told
		}
		for _, m := range list {
			installed[m.Pair] = true
		}
	}
	return reach(installed)
}

func (e *engines) close() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	var errs []error
	for _, m := range e.open {
		errs = append(errs, m.Close())
	}
	e.open, e.info = nil, nil
	return errors.Join(errs...)
}

// pairOf is the pair of bare languages that a model is named by.
func pairOf(from, to string) (a, b string, err error) {
	x, err := lang.Parse(from)
	if err != nil {
		return "", "", usageError{fmt.Errorf("from: %w", err)}
	}
	y, err := lang.Parse(to)
	if err != nil {
		return "", "", usageError{fmt.Errorf("to: %w", err)}
	}
	a, b = string(x.Bare()), string(y.Bare())
	if a == b {
		return "", "", usageError{fmt.Errorf("%s and %s are one language: there is nothing to translate", from, to)}
	}
	return a, b, nil
}
