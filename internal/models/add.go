package models

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// AddOptions says of a folder what its files do not.
type AddOptions struct {
	Pair    string // empty: read from the names of the files
	Licence string
	Origin  string
	Now     time.Time
}

// Add installs the model in a folder: model.*.bin, vocab.*.spm (or srcvocab.*.spm and trgvocab.*.spm) and, if there is
// one, lex.*.bin; each plain, .gz or .zst. The folder itself is left as it is. A model of the same pair is replaced.
// What a manifest in the folder says (it is another store's) holds where o says nothing.
func (s Store) Add(ctx context.Context, dir string, o AddOptions) (Manifest, error) {
	files, kinds, pair, err := find(dir)
	if err != nil {
		return Manifest{}, err
	}
	if err := complete(kinds); err != nil {
		return Manifest{}, fmt.Errorf("%s holds no whole model: %w", dir, err)
	}
	was := described(dir)
	if pair = cmp.Or(o.Pair, pair, was.Pair); pair == was.Pair {
		o.Licence, o.Origin = cmp.Or(o.Licence, was.Licence), cmp.Or(o.Origin, was.Origin)
	}
	if pair == "" {
		return Manifest{}, fmt.Errorf("the names of the files in %s do not tell the languages; name them: dragoman model add %s --pair en-pt", dir, dir)
	}
	if err := CheckPair(pair); err != nil {
		return Manifest{}, err
	}
	stage, err := s.staging(pair)
	if err != nil {
		return Manifest{}, err
	}
	defer os.RemoveAll(stage)
	m := Manifest{Pair: pair, Licence: stated(o.Licence), Origin: stated(o.Origin), AddedAt: o.Now.UTC().Truncate(time.Second)}
	for plainName, name := range files {
		if err := ctx.Err(); err != nil {
			return Manifest{}, err
		}
		f, err := unpack(filepath.Join(dir, name), filepath.Join(stage, plainName))
		if err != nil {
			return Manifest{}, fmt.Errorf("add model %s: %w", pair, spaced(err, s.Dir))
		}
		f.Name = plainName
		m.Files = append(m.Files, f)
	}
	m.Architecture, m.Version = was.Architecture, cmp.Or(was.Version, short(m.SHA256()))
	return m, s.install(stage, m)
}

// find names the files of the model in a folder, by the names they will have unpacked, their kinds, and the pair their
// names tell ("" if they tell none).
func find(dir string) (files, kinds map[string]string, pair string, err error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, nil, "", fmt.Errorf("add a model: %w", err)
	}
	files, kinds = map[string]string{}, map[string]string{}
	for _, e := range entries {
		name := strings.TrimSuffix(strings.TrimSuffix(e.Name(), ".gz"), ".zst")
		kind, tag, ok := parseName(name)
		if !ok || e.IsDir() {
			continue
		}
		if other := kinds[kind]; other != "" {
			return nil, nil, "", fmt.Errorf("%s holds two files of one kind, %s and %s; keep one", dir, other, e.Name())
		}
		kinds[kind], files[name] = e.Name(), e.Name()
		if kind == "model" && len(tag) == 4 {
			pair = tag[:2] + "-" + tag[2:]
		}
	}
	if pair == "" || !pairPattern.MatchString(pair) {
		if pair = filepath.Base(filepath.Clean(dir)); !pairPattern.MatchString(pair) {
			pair = ""
		}
	}
	if len(files) == 0 {
		return nil, nil, "", fmt.Errorf("%s holds no model: %w", dir, errors.New("no file model.*.bin"))
	}
	return files, kinds, pair, nil
}

// described reads what else the folder says of its model: our own manifest, or what translateLocally writes beside its
// models (the type and the version). The zero Manifest where there is neither.
func described(dir string) (m Manifest) {
	if b, err := os.ReadFile(filepath.Join(dir, manifestName)); err == nil && json.Unmarshal(b, &m) == nil && m.Files != nil {
		return m
	}
	var info struct {
		Type    string      `json:"type"`
		Version json.Number `json:"version"`
	}
	b, err := os.ReadFile(filepath.Join(dir, "model_info.json"))
	if err != nil || json.Unmarshal(b, &info) != nil {
		return Manifest{}
	}
	return Manifest{Architecture: info.Type, Version: info.Version.String()}
}

func short(sum string) string {
	if len(sum) > 12 {
		return sum[:12]
	}
	return sum
}
