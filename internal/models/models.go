// Package models keeps the engine's model files: one folder to a pair of languages, each with a manifest that says where
// the files came from, under which licence, and what their bytes must be.
//
// A model is either there whole or not at all: files are gathered aside, verified (sha256, size, and the engine's own
// reading), and moved into place in one step. A download that was cut goes on where it stopped.
// The package touches the folder it was given and the catalogue it was told to ask; it logs nothing and opens no model itself.
package models

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// DefaultRegistry is the catalogue that is asked when the operator names no other.
const DefaultRegistry = "https://storage.googleapis.com/moz-fx-translations-data--303e-prod-translations-data/db/models.json"

// NotStated stands where a source does not say its licence or origin.
const NotStated = "not stated"

// maxFile bounds a single file of a model after decompression. The largest students published have 150 MB.
const maxFile = 1 << 30

// manifestName is the file in a model's folder that describes it.
const manifestName = "manifest.json"

// ErrMissing is what Dir and Remove return for a pair that is not installed. The message names the command that gets it.
var ErrMissing = errors.New("not installed")

// A missingError is ErrMissing for one pair.
type missingError struct{ pair string }

func (e missingError) Error() string {
	from, to, _ := strings.Cut(e.pair, "-")
	return fmt.Sprintf("no model for %s→%s; run: dragoman model get %s", from, to, e.pair)
}

func (e missingError) Is(target error) bool { return target == ErrMissing }

// A Store is a folder of models.
type Store struct {
	Dir string // made when the first model is added

	// Check reads a model's folder as the engine will. A model that it refuses is not installed.
	// Nil: no such reading is made.
	Check func(dir string) error
}

// A Manifest describes an installed model.
type Manifest struct {
	Pair         string    `json:"pair"`         // "en-pt"
	Architecture string    `json:"architecture"` // "tiny", "base", "base-memory", …; empty if not known
	Version      string    `json:"version"`      // as stated, else the first 12 hex digits of the model's sha256
	Licence      string    `json:"licence"`      // NotStated where the source says none
	Origin       string    `json:"origin"`       // address, or the operator's words; NotStated
	AddedAt      time.Time `json:"added_at"`     // UTC
	Files        []File    `json:"files"`        // sorted by name
}

// A File is one file of a model, decompressed.
type File struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"` // bytes
	SHA256 string `json:"sha256"`
}

// Size returns the bytes of all files.
func (m Manifest) Size() int64 {
	var n int64
	for _, f := range m.Files {
		n += f.Size
	}
	return n
}

// SHA256 returns the sum of the model's parameters, the file that makes a model this model.
func (m Manifest) SHA256() string {
	for _, f := range m.Files {
		if kind, _, ok := parseName(f.Name); ok && kind == "model" {
			return f.SHA256
		}
	}
	return ""
}

// Languages returns the two languages of the pair.
func (m Manifest) Languages() (from, to string) {
	from, to, _ = strings.Cut(m.Pair, "-")
	return from, to
}

var pairPattern = regexp.MustCompile(`^[a-z]{2,3}-[a-z]{2,3}$`)

// CheckPair says what a pair looks like when pair does not.
func CheckPair(pair string) error {
	if !pairPattern.MatchString(pair) {
		return fmt.Errorf("%q is no pair of languages; write it like en-pt", pair)
	}
	if from, to, _ := strings.Cut(pair, "-"); from == to {
		return fmt.Errorf("the pair %q goes from a language to itself", pair)
	}
	return nil
}

// List returns the installed models, sorted by pair; nil if there are none.
// A folder whose manifest cannot be read is an error that names it.
func (s Store) List() ([]Manifest, error) {
	entries, err := os.ReadDir(s.Dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("models: %w", err)
	}
	var list []Manifest
	for _, e := range entries {
		if !pairPattern.MatchString(e.Name()) {
			continue
		}
		m, err := s.manifest(e.Name())
		if err != nil {
			return nil, err
		}
		list = append(list, m)
	}
	return list, nil
}

// Lookup returns the folder of an installed model and its manifest. It returns ErrMissing if there is none,
// and an error that says so if a file is gone or has another size than when it was installed.
func (s Store) Lookup(pair string) (string, Manifest, error) {
	if err := CheckPair(pair); err != nil {
		return "", Manifest{}, err
	}
	s.recover(pair)
	m, err := s.manifest(pair)
	if err != nil {
		return "", Manifest{}, err
	}
	dir := filepath.Join(s.Dir, pair)
	for _, f := range m.Files {
		info, err := os.Stat(filepath.Join(dir, f.Name))
		if err != nil || info.Size() != f.Size {
			return "", Manifest{}, fmt.Errorf("the model for %s is damaged (%s is not as it was installed); run: dragoman model get %s", pair, f.Name, pair)
		}
	}
	return dir, m, nil
}

// Remove deletes an installed model. It returns ErrMissing if there is none.
func (s Store) Remove(pair string) error {
	if err := CheckPair(pair); err != nil {
		return err
	}
	s.recover(pair)
	dir := filepath.Join(s.Dir, pair)
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return missingError{pair}
	}
	// Renamed first: a model that is half deleted must not look like one.
	gone := filepath.Join(s.Dir, ".gone-"+pair)
	if err := errors.Join(os.RemoveAll(gone), os.Rename(dir, gone), os.RemoveAll(gone), os.RemoveAll(s.partDir(pair))); err != nil {
		return fmt.Errorf("remove model %s: %w", pair, err)
	}
	return nil
}

func (s Store) manifest(pair string) (Manifest, error) {
	b, err := os.ReadFile(filepath.Join(s.Dir, pair, manifestName))
	if errors.Is(err, fs.ErrNotExist) {
		if _, err := os.Stat(filepath.Join(s.Dir, pair)); err == nil {
			return Manifest{}, fmt.Errorf("the folder %s has no %s; remove it, and add its files by: dragoman model add DIR", filepath.Join(s.Dir, pair), manifestName)
		}
		return Manifest{}, missingError{pair}
	}
	if err != nil {
		return Manifest{}, fmt.Errorf("model %s: %w", pair, err)
	}
	var m Manifest
	if err := json.Unmarshal(b, &m); err != nil {
		return Manifest{}, fmt.Errorf("read %s of model %s: %w; run: dragoman model get %s", manifestName, pair, err, pair)
	}
	m.Pair = pair
	for _, f := range m.Files {
		if _, _, ok := parseName(f.Name); !ok {
			return Manifest{}, fmt.Errorf("%s of model %s names %q, which is no file of a model", manifestName, pair, f.Name)
		}
	}
	return m, nil
}

// install moves a gathered folder into the place of its pair. Between the two renames a crash leaves the old folder
// under another name, from which recover brings it back.
func (s Store) install(dir string, m Manifest) error {
	slices.SortFunc(m.Files, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	b, err := json.MarshalIndent(m, "", "\t")
	if err != nil {
		return fmt.Errorf("manifest of model %s: %w", m.Pair, err)
	}
	if err := os.WriteFile(filepath.Join(dir, manifestName), append(b, '\n'), 0o644); err != nil {
		return fmt.Errorf("install model %s: %w", m.Pair, spaced(err, s.Dir))
	}
	if s.Check != nil {
		if err := s.Check(dir); err != nil {
			return fmt.Errorf("the engine cannot use this model for %s: %w", m.Pair, err)
		}
	}
	place, old := filepath.Join(s.Dir, m.Pair), filepath.Join(s.Dir, ".old-"+m.Pair)
	if err := os.RemoveAll(old); err != nil {
		return fmt.Errorf("install model %s: %w", m.Pair, err)
	}
	if err := os.Rename(place, old); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("install model %s: %w", m.Pair, err)
	}
	if err := os.Rename(dir, place); err != nil {
		s.recover(m.Pair)
		return fmt.Errorf("install model %s: %w", m.Pair, err)
	}
	if err := os.RemoveAll(old); err != nil {
		return fmt.Errorf("remove the former model %s: %w", m.Pair, err)
	}
	return nil
}

// recover brings back the former model of a pair if a crash interrupted install between its renames.
func (s Store) recover(pair string) {
	place, old := filepath.Join(s.Dir, pair), filepath.Join(s.Dir, ".old-"+pair)
	if _, err := os.Stat(place); errors.Is(err, fs.ErrNotExist) {
		_ = os.Rename(old, place) // there is usually nothing to bring back; Lookup then says ErrMissing
	}
}

// staging makes an empty folder on the same file system as the models.
func (s Store) staging(pair string) (string, error) {
	if err := os.MkdirAll(s.Dir, 0o755); err != nil {
		return "", fmt.Errorf("make the folder of models: %w", err)
	}
	dir, err := os.MkdirTemp(s.Dir, ".new-"+pair+"-")
	if err != nil {
		return "", fmt.Errorf("make a folder for model %s: %w", pair, spaced(err, s.Dir))
	}
	return dir, nil
}

var namePattern = regexp.MustCompile(`^(model|lex|vocab|srcvocab|trgvocab)\.([A-Za-z0-9][A-Za-z0-9_.-]*\.)?(bin|spm)$`)

// parseName tells the kind of a model's file ("model", "lex", "vocab", "srcvocab", "trgvocab") and what stands between
// the first and the second point, which by custom is the pair without its hyphen. ok is false for any other name, and so
// for every name that could leave its folder.
func parseName(name string) (kind, pair string, ok bool) {
	m := namePattern.FindStringSubmatch(name)
	if m == nil || strings.Contains(name, "..") {
		return "", "", false
	}
	if wantSPM := strings.HasSuffix(m[1], "vocab"); wantSPM != (m[3] == "spm") {
		return "", "", false
	}
	pair, _, _ = strings.Cut(m[2], ".")
	return m[1], pair, true
}

// complete says what is missing from a set of kinds.
func complete(kinds map[string]string) error {
	switch {
	case kinds["model"] == "":
		return errors.New("no file model.*.bin")
	case kinds["vocab"] == "" && (kinds["srcvocab"] == "" || kinds["trgvocab"] == ""):
		return errors.New("no file vocab.*.spm, nor srcvocab.*.spm and trgvocab.*.spm")
	case kinds["vocab"] != "" && (kinds["srcvocab"] != "" || kinds["trgvocab"] != ""):
		return errors.New("both a shared vocabulary and separate ones")
	}
	return nil
}

func stated(s string) string {
	if s = strings.Join(strings.Fields(s), " "); s != "" {
		return s
	}
	return NotStated
}
