package models

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"net/url"
	"path"
	"slices"
	"strings"
)

// maxCatalogue bounds the catalogue; the published one has about 1 MB.
const maxCatalogue = 64 << 20

// A catalogue is what a registry answers: {"baseUrl", "models": {"en-fr": [entry, …]}}.
type catalogue struct {
	BaseURL string             `json:"baseUrl"`
	Models  map[string][]entry `json:"models"`
	address *url.URL           // where it was read
}

type entry struct {
	Architecture   string                    `json:"architecture"`
	ReleaseStatus  string                    `json:"releaseStatus"`
	SourceLanguage string                    `json:"sourceLanguage"`
	TargetLanguage string                    `json:"targetLanguage"`
	Version        string                    `json:"version"`
	License        string                    `json:"license"`
	Licence        string                    `json:"licence"`
	Files          map[string]catalogueEntry `json:"files"`
}

type catalogueEntry struct {
	Path string `json:"path"`
	Size int64  `json:"uncompressedSize"`
	Hash string `json:"uncompressedHash"`
}

// kindOf maps the catalogue's names of files to those that stand in the names of the files themselves.
var kindOf = map[string]string{
	"model": "model", "lexicalShortlist": "lex", "vocab": "vocab", "srcVocab": "srcvocab", "trgVocab": "trgvocab",
}

// wanted is one file of the chosen entry.
type wanted struct {
	name    string // its name unpacked
	address *url.URL
	size    int64  // unpacked; 0 if not stated
	hash    string // sha256 unpacked, lower case; "" if not stated
}

// readCatalogue fetches a registry's catalogue.
func (g getter) readCatalogue(ctx context.Context, registry string) (catalogue, error) {
	address, err := url.Parse(registry)
	if err != nil {
		return catalogue{}, fmt.Errorf("the registry's address %q: %w", registry, err)
	}
	if err := allowed(address); err != nil {
		return catalogue{}, err
	}
	req, err := g.request(ctx, address)
	if err != nil {
		return catalogue{}, err
	}
	req.Header.Set("Accept", "application/json")
	resp, err := g.client.Do(req)
	if err != nil {
		return catalogue{}, unreachable(address, err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return catalogue{}, fmt.Errorf("%s answered %s; another registry can be named by --registry URL or by models.registry in dragoman.toml", address, resp.Status)
	}
	b, err := io.ReadAll(io.LimitReader(resp.Body, maxCatalogue+1))
	if err != nil {
		return catalogue{}, unreachable(address, err)
	}
	if len(b) > maxCatalogue {
		return catalogue{}, fmt.Errorf("%s is larger than %d MB: no catalogue of models", address, maxCatalogue>>20)
	}
	c := catalogue{address: address}
	if err := json.Unmarshal(b, &c); err != nil {
		return catalogue{}, fmt.Errorf("%s is no catalogue of models: %w", address, err)
	}
	return c, nil
}

// pick chooses among the entries of a pair: those that were released before the others, then the architecture that was
// asked for, else the one that translates best.
func (c catalogue) pick(pair, architecture string) (entry, error) {
	from, to, _ := strings.Cut(pair, "-")
	var fit []entry
	var others []string
	for _, e := range c.Models[pair] {
		if e.SourceLanguage != "" && e.SourceLanguage != from || e.TargetLanguage != "" && e.TargetLanguage != to {
			continue // filed under a pair that is not its own
		}
		if architecture != "" && e.Architecture != architecture {
			others = append(others, e.Architecture)
			continue
		}
		fit = append(fit, e)
	}
	if len(fit) > 0 {
		return slices.MinFunc(fit, func(a, b entry) int {
			if d := status(a.ReleaseStatus) - status(b.ReleaseStatus); d != 0 {
				return d
			}
			return quality(b.Architecture) - quality(a.Architecture)
		}), nil
	}
	if len(others) > 0 {
		slices.Sort(others)
		return entry{}, fmt.Errorf("%s has no %s model for %s; it has: %s", c.address, architecture, pair, strings.Join(slices.Compact(others), ", "))
	}
	if from != "en" && to != "en" && len(c.Models[from+"-en"]) > 0 && len(c.Models["en-"+to]) > 0 {
		return entry{}, fmt.Errorf("%s has no model for %s, but two that go through English; run: dragoman model get %s-en && dragoman model get en-%s", c.address, pair, from, to)
	}
	return entry{}, fmt.Errorf("%s has no model for %s", c.address, pair)
}

func status(s string) int {
	switch {
	case s == "Release":
		return 0
	case strings.HasPrefix(s, "Release"): // for one kind of device only
		return 1
	case s == "":
		return 2
	}
	return 3 // Nightly and whatever else is not released
}

func quality(architecture string) int {
	return slices.Index([]string{"tiny", "base", "base-memory"}, architecture)
}

// files lists what an entry consists of, checked: the names are those of a model's files and cannot leave a folder, the
// addresses lie under baseUrl, and the model has a sum.
func (c catalogue) files(e entry) ([]wanted, error) {
	base, err := c.address.Parse(c.BaseURL)
	if err != nil {
		return nil, fmt.Errorf("the baseUrl of %s: %w", c.address, err)
	}
	if err := allowed(base); err != nil {
		return nil, fmt.Errorf("the baseUrl of %s: %w", c.address, err)
	}
	if c.BaseURL == "" {
		base = c.address.JoinPath("..")
	}
	kinds := map[string]string{}
	var list []wanted
	for key, f := range e.Files {
		kind := kindOf[key]
		if kind == "" {
			continue // a quality model, a configuration: not read by the engine
		}
		f.Path = strings.TrimPrefix(f.Path, "/")
		if f.Path != path.Clean(f.Path) || path.IsAbs(f.Path) || strings.HasPrefix(f.Path, "..") || strings.ContainsAny(f.Path, "\\:?#%") {
			return nil, fmt.Errorf("%s names a file %q, which is no path under its baseUrl", c.address, f.Path)
		}
		name := strings.TrimSuffix(strings.TrimSuffix(path.Base(f.Path), ".gz"), ".zst")
		if got, _, ok := parseName(name); !ok || got != kind {
			return nil, fmt.Errorf("%s names a file %q as %s, which is no name of one", c.address, f.Path, key)
		}
		if f.Size < 0 || f.Size > maxFile {
			return nil, fmt.Errorf("%s gives %s a size of %d bytes; at most %d MB are taken", c.address, name, f.Size, maxFile>>20)
		}
		kinds[kind] = name
		list = append(list, wanted{name: name, address: base.JoinPath(f.Path), size: f.Size, hash: strings.ToLower(strings.TrimPrefix(f.Hash, "sha256:"))})
		if w := list[len(list)-1]; kind == "model" && len(w.hash) != 64 {
			return nil, fmt.Errorf("%s states no sha256 for %s; without it nothing is installed", c.address, name)
		}
	}
	if err := complete(kinds); err != nil {
		return nil, fmt.Errorf("the entry of %s: %w", c.address, err)
	}
	slices.SortFunc(list, func(a, b wanted) int { return strings.Compare(a.name, b.name) })
	return list, nil
}

// allowed holds that a catalogue and its files come over https, or from this machine or network.
func allowed(u *url.URL) error {
	switch u.Scheme {
	case "https":
		return nil
	case "http":
		if u.Hostname() == "localhost" {
			return nil
		}
		if a, err := netip.ParseAddr(u.Hostname()); err == nil && (a.IsLoopback() || a.IsPrivate()) {
			return nil
		}
		return fmt.Errorf("%s: a registry outside the own network must be asked over https", u)
	}
	return fmt.Errorf("%q is no address of a registry; it starts with https://", u)
}

func unreachable(u *url.URL, err error) error {
	if errors.Is(err, context.Canceled) {
		return err
	}
	var ue *url.Error
	if errors.As(err, &ue) {
		err = ue.Err // it would repeat the address
	}
	return fmt.Errorf("%s cannot be reached: %w; another registry can be named by --registry URL, and files that are already here are added by: dragoman model add DIR", u, err)
}
