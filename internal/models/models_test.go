package models

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"
)

// A registry is a catalogue on loopback whose answers a test can spoil.
type registry struct {
	*httptest.Server
	mu       sync.Mutex
	files    map[string][]byte // path under base/ → body
	models   map[string][]entry
	cutAt    int // a body is cut after so many bytes, once per file; 0: never
	cutDone  map[string]bool
	requests []string // path and Range of each file asked for
	noRanges bool
}

func newRegistry(t *testing.T) *registry {
	t.Helper()
	r := &registry{files: map[string][]byte{}, models: map[string][]entry{}, cutDone: map[string]bool{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /db/models.json", func(w http.ResponseWriter, _ *http.Request) {
		r.mu.Lock()
		defer r.mu.Unlock()
		_ = json.NewEncoder(w).Encode(map[string]any{"generated": "2026-11-01T00:00:00Z", "baseUrl": r.URL + "/base", "models": r.models})
	})
	mux.HandleFunc("GET /base/", r.serve)
	r.Server = httptest.NewServer(mux)
	t.Cleanup(r.Close)
	return r
}

func (r *registry) serve(w http.ResponseWriter, req *http.Request) {
	r.mu.Lock()
	name := strings.TrimPrefix(req.URL.Path, "/base/")
	body, ok := r.files[name]
	cut := r.cutAt
	if r.cutDone[name] {
		cut = 0
	}
	r.cutDone[name] = true
	r.requests = append(r.requests, name+" "+req.Header.Get("Range"))
	noRanges := r.noRanges
	r.mu.Unlock()
	if !ok {
		http.NotFound(w, req)
		return
	}
	sum := sha256.Sum256(body)
	w.Header().Set("ETag", `"`+hex.EncodeToString(sum[:8])+`"`)
	if noRanges {
		req.Header.Del("Range")
		w.Header().Del("ETag")
	}
	if cut > 0 && cut < len(body) {
		w.Header().Set("Content-Length", fmt.Sprint(len(body)))
		_, _ = w.Write(body[:cut])
		panic(http.ErrAbortHandler)
	}
	http.ServeContent(w, req, "", time.Time{}, bytes.NewReader(body))
}

// add files a model; spoil may change the entry.
func (r *registry) add(pair, architecture, status string, spoil func(*entry)) entry {
	from, to, _ := strings.Cut(pair, "-")
	tag := from + to
	model := bytes.Repeat([]byte("parameters of "+architecture+" "+pair+"\n"), 4000)
	sum := sha256.Sum256(model)
	dir := "models/" + pair + "/" + architecture + "/"
	e := entry{Architecture: architecture, ReleaseStatus: status, SourceLanguage: from, TargetLanguage: to, Files: map[string]catalogueEntry{
		"model":            {Path: dir + "model." + tag + ".intgemm.alphas.bin.gz", Size: int64(len(model)), Hash: hex.EncodeToString(sum[:])},
		"lexicalShortlist": {Path: dir + "lex.50.50." + tag + ".s2t.bin.gz", Size: 9},
		"vocab":            {Path: dir + "vocab." + tag + ".spm.gz", Size: 10},
	}}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.files[e.Files["model"].Path] = gzipped(model)
	r.files[e.Files["lexicalShortlist"].Path] = gzipped([]byte("shortlist"))
	r.files[e.Files["vocab"].Path] = gzipped([]byte("vocabulary"))
	if spoil != nil {
		spoil(&e)
	}
	r.models[pair] = append(r.models[pair], e)
	return e
}

func gzipped(b []byte) []byte {
	var out bytes.Buffer
	w, _ := gzip.NewWriterLevel(&out, gzip.NoCompression)
	_, _ = w.Write(b)
	_ = w.Close()
	return out.Bytes()
}

func options(r *registry) GetOptions {
	return GetOptions{Registry: r.URL + "/db/models.json", Now: time.Date(2026, 11, 25, 8, 0, 0, 0, time.UTC)}
}

// leftovers names what lies in a store beside whole models.
func leftovers(t *testing.T, s Store) []string {
	t.Helper()
	entries, err := os.ReadDir(s.Dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") {
			names = append(names, e.Name())
		}
	}
	return names
}

func TestGetInstallsWhatTheCatalogueDescribes(t *testing.T) {
	r := newRegistry(t)
	r.add("en-pt", "tiny", "Release", nil)
	s := Store{Dir: filepath.Join(t.TempDir(), "models")}
	var told []string
	o := options(r)
	o.Progress = func(file string, done, total int64) {
		if done == total && (len(told) == 0 || told[len(told)-1] != file) {
			told = append(told, file)
		}
	}
	m, err := s.Get(t.Context(), "en-pt", o)
	if err != nil {
		t.Fatal(err)
	}
	if m.Licence != NotStated || m.Origin != o.Registry || m.Architecture != "tiny" || m.Size() == 0 || len(m.SHA256()) != 64 {
		t.Errorf("manifest: %+v", m)
	}
	if len(told) != 3 {
		t.Errorf("progress told of %v, want three files to their ends", told)
	}
	dir, again, err := s.Lookup("en-pt")
	if err != nil || again.SHA256() != m.SHA256() {
		t.Fatalf("Lookup: %v, %+v", err, again)
	}
	if b, err := os.ReadFile(filepath.Join(dir, "vocab.enpt.spm")); err != nil || string(b) != "vocabulary" {
		t.Errorf("vocabulary: %q, %v", b, err)
	}
	if l := leftovers(t, s); len(l) > 0 {
		t.Errorf("left behind: %v", l)
	}
}

// Some catalogues begin their paths with a slash; they lie under baseUrl all the same.
func TestGetTakesPathsThatBeginWithASlash(t *testing.T) {
	r := newRegistry(t)
	r.add("en-pt", "tiny", "Release", func(e *entry) {
		for key, f := range e.Files {
			f.Path = "/" + f.Path
			e.Files[key] = f
		}
	})
	if _, err := (Store{Dir: t.TempDir()}).Get(t.Context(), "en-pt", options(r)); err != nil {
		t.Fatal(err)
	}
}

func TestPick(t *testing.T) {
	entries := func(list ...string) []entry {
		var es []entry
		for _, x := range list {
			a, st, _ := strings.Cut(x, "/")
			es = append(es, entry{Architecture: a, ReleaseStatus: st, SourceLanguage: "en", TargetLanguage: "pt"})
		}
		return es
	}
	for _, c := range []struct {
		name, architecture string
		entries            []entry
		want, err          string
	}{
		{"the larger memory before tiny", "", entries("tiny/Release", "base-memory/Release", "base/Release"), "base-memory/Release", ""},
		{"released before better", "", entries("tiny/Release", "base-memory/Nightly"), "tiny/Release", ""},
		{"released everywhere before one kind of device", "", entries("base/Release Android", "tiny/Release"), "tiny/Release", ""},
		{"asked for", "tiny", entries("tiny/Release", "base-memory/Release"), "tiny/Release", ""},
		{"only a nightly", "", entries("base/Nightly"), "base/Nightly", ""},
		{"asked for and not there", "base", entries("tiny/Release", "base-memory/Release"), "", "it has: base-memory, tiny"},
		{"filed under another pair", "", []entry{{Architecture: "tiny", SourceLanguage: "pt", TargetLanguage: "en"}}, "", "has no model for en-pt"},
		{"nothing", "", nil, "", "has no model for en-pt"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := catalogue{Models: map[string][]entry{"en-pt": c.entries}}.pick("en-pt", c.architecture)
			if c.err != "" {
				if err == nil || !strings.Contains(err.Error(), c.err) {
					t.Fatalf("error %v, want one with %q", err, c.err)
				}
				return
			}
			if err != nil || got.Architecture+"/"+got.ReleaseStatus != c.want {
				t.Errorf("got %s/%s, %v; want %s", got.Architecture, got.ReleaseStatus, err, c.want)
			}
		})
	}
	_, err := catalogue{Models: map[string][]entry{"fr-en": {{}}, "en-pt": {{}}}}.pick("fr-pt", "")
	if err == nil || !strings.Contains(err.Error(), "dragoman model get fr-en && dragoman model get en-pt") {
		t.Errorf("a pair through English: %v", err)
	}
}

func TestCutConnectionGoesOnWhereItStopped(t *testing.T) {
	r := newRegistry(t)
	e := r.add("en-pt", "tiny", "Release", nil)
	r.cutAt = 50_000
	s := Store{Dir: t.TempDir()}
	if _, err := s.Get(t.Context(), "en-pt", options(r)); err != nil {
		t.Fatal(err)
	}
	want := e.Files["model"].Path + " bytes=50000-"
	if got := strings.Join(r.requests, "\n"); !strings.Contains(got, want) {
		t.Errorf("asked for:\n%s\nwant a request %q", got, want)
	}
}

func TestNextCallGoesOnWhereTheLastStopped(t *testing.T) {
	r := newRegistry(t)
	e := r.add("en-pt", "tiny", "Release", nil)
	r.cutAt = 50_000
	s := Store{Dir: t.TempDir()}
	ctx, cancel := context.WithCancel(t.Context())
	o := options(r)
	o.Progress = func(file string, done, _ int64) {
		if strings.HasPrefix(file, "model.") && done >= 50_000 {
			cancel()
		}
	}
	if _, err := s.Get(ctx, "en-pt", o); !errors.Is(err, context.Canceled) {
		t.Fatalf("interrupted: %v", err)
	}
	if _, _, err := s.Lookup("en-pt"); !errors.Is(err, ErrMissing) {
		t.Fatalf("half a model is installed: %v", err)
	}
	if _, err := s.Get(t.Context(), "en-pt", options(r)); err != nil {
		t.Fatal(err)
	}
	last := r.requests[len(r.requests)-2:] // model, vocabulary; the shortlist had come whole
	if !strings.HasPrefix(last[0], e.Files["model"].Path+" bytes=") {
		t.Errorf("the second call asked for %v, want the rest of the model", last)
	}
}

func TestServerWithoutRangesStartsAnew(t *testing.T) {
	r := newRegistry(t)
	r.add("en-pt", "tiny", "Release", nil)
	r.cutAt, r.noRanges = 50_000, true
	s := Store{Dir: t.TempDir()}
	if _, err := s.Get(t.Context(), "en-pt", options(r)); err != nil {
		t.Fatal(err)
	}
}

func TestFileThatChangedBetweenCallsIsNotMixed(t *testing.T) {
	r := newRegistry(t)
	e := r.add("en-pt", "tiny", "Release", nil)
	s := Store{Dir: t.TempDir()}
	parts := s.partDir("en-pt")
	if err := os.MkdirAll(parts, 0o755); err != nil {
		t.Fatal(err)
	}
	part := filepath.Join(parts, "model.enpt.intgemm.alphas.bin.part")
	state := cut{URL: r.URL + "/base/" + e.Files["model"].Path, Hash: e.Files["model"].Hash, Validator: `"of another day"`}
	if err := errors.Join(os.WriteFile(part, []byte("old bytes"), 0o644), state.save(part)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Get(t.Context(), "en-pt", options(r)); err != nil {
		t.Fatal(err)
	}
}

func TestGetRefuses(t *testing.T) {
	file := func(key string, change func(*catalogueEntry)) func(*entry) {
		return func(e *entry) {
			f := e.Files[key]
			change(&f)
			e.Files[key] = f
		}
	}
	for _, c := range []struct {
		name  string
		spoil func(*entry)
		want  string
	}{
		{"a wrong sha256", file("model", func(f *catalogueEntry) { f.Hash = strings.Repeat("0", 64) }), "is not the file that the catalogue describes"},
		{"no sha256", file("model", func(f *catalogueEntry) { f.Hash = "" }), "states no sha256"},
		{"a wrong size where there is no sum", file("vocab", func(f *catalogueEntry) { f.Size = 11 }), "it has 10 bytes, wanted 11"},
		{"a path out of the folder", file("vocab", func(f *catalogueEntry) { f.Path = "../../vocab.enpt.spm" }), "is no path under its baseUrl"},
		{"a path through the folder above", file("vocab", func(f *catalogueEntry) { f.Path = "models/../../vocab.enpt.spm" }), "is no path under its baseUrl"},
		{"a path that leaves its host", file("vocab", func(f *catalogueEntry) { f.Path = "//elsewhere.example/vocab.enpt.spm" }), "is no path under its baseUrl"},
		{"an address for a path", file("vocab", func(f *catalogueEntry) { f.Path = "https://elsewhere.example/vocab.enpt.spm" }), "is no path under its baseUrl"},
		{"a backslash", file("vocab", func(f *catalogueEntry) { f.Path = `models\..\vocab.enpt.spm` }), "is no path under its baseUrl"},
		{"a file that is no model's", file("vocab", func(f *catalogueEntry) { f.Path = "models/manifest.json" }), "is no name of one"},
		{"a file under another's name", file("vocab", func(f *catalogueEntry) { f.Path = "models/model.enpt.bin" }), "is no name of one"},
		{"a huge size", file("model", func(f *catalogueEntry) { f.Size = 1 << 40 }), "at most 1024 MB"},
		{"a file that is not there", file("vocab", func(f *catalogueEntry) { f.Path = "models/vocab.enpt.spm.gz" }), "404"},
		{"no vocabulary", func(e *entry) { delete(e.Files, "vocab") }, "no file vocab.*.spm"},
		{"another pair", func(e *entry) { e.SourceLanguage = "fr" }, "has no model for en-pt"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRegistry(t)
			r.add("en-pt", "tiny", "Release", c.spoil)
			s := Store{Dir: filepath.Join(t.TempDir(), "models")}
			_, err := s.Get(t.Context(), "en-pt", options(r))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("error %v, want one with %q", err, c.want)
			}
			if _, _, err := s.Lookup("en-pt"); !errors.Is(err, ErrMissing) {
				t.Errorf("installed all the same: %v", err)
			}
		})
	}
}

func TestTruncatedFileOnTheServerIsRefusedAndAskedForAnew(t *testing.T) {
	r := newRegistry(t)
	e := r.add("en-pt", "tiny", "Release", nil)
	name := e.Files["model"].Path
	whole := r.files[name]
	r.files[name] = whole[:len(whole)/2]
	s := Store{Dir: t.TempDir()}
	if _, err := s.Get(t.Context(), "en-pt", options(r)); err == nil || !strings.Contains(err.Error(), "nothing was installed") {
		t.Fatalf("truncated: %v", err)
	}
	r.files[name] = whole
	if _, err := s.Get(t.Context(), "en-pt", options(r)); err != nil {
		t.Fatalf("once the server has the whole file: %v", err)
	}
}

func TestModelThatTheEngineRefusesIsNotInstalledAndTheFormerStays(t *testing.T) {
	r := newRegistry(t)
	r.add("en-pt", "tiny", "Release", nil)
	s := Store{Dir: t.TempDir()}
	first, err := s.Get(t.Context(), "en-pt", options(r))
	if err != nil {
		t.Fatal(err)
	}
	s.Check = func(string) error { return errors.New("an architecture it does not know") }
	if _, err := s.Get(t.Context(), "en-pt", options(r)); err == nil || !strings.Contains(err.Error(), "an architecture it does not know") {
		t.Fatalf("refused by the engine: %v", err)
	}
	if _, m, err := s.Lookup("en-pt"); err != nil || m.SHA256() != first.SHA256() {
		t.Errorf("the former model: %v", err)
	}
}

func TestRegistryAddresses(t *testing.T) {
	for address, want := range map[string]string{
		"http://elsewhere.example/models.json": "must be asked over https",
		"file:///etc/passwd":                   "is no address of a registry",
		"models.json":                          "is no address of a registry",
	} {
		_, err := Store{Dir: t.TempDir()}.Get(t.Context(), "en-pt", GetOptions{Registry: address})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", address, err, want)
		}
	}
	page := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<!DOCTYPE html>") }))
	defer page.Close()
	if _, err := (Store{Dir: t.TempDir()}).Get(t.Context(), "en-pt", GetOptions{Registry: page.URL}); err == nil || !strings.Contains(err.Error(), "is no catalogue of models") {
		t.Errorf("a page for a catalogue: %v", err)
	}
	page.Close()
	if _, err := (Store{Dir: t.TempDir()}).Get(t.Context(), "en-pt", GetOptions{Registry: page.URL}); err == nil || !strings.Contains(err.Error(), "--registry URL") {
		t.Errorf("nobody there: %v, want what else can be done", err)
	}
}

func TestAdd(t *testing.T) {
	zipped := func(b string) string {
		w, err := zstd.NewWriter(nil)
		if err != nil {
			t.Fatal(err)
		}
		defer w.Close()
		return string(w.EncodeAll([]byte(b), nil))
	}
	for _, c := range []struct {
		name  string
		files map[string]string
		pair  string
		want  string // of the error; empty: installed
	}{
		{"plain", map[string]string{"model.enpt.intgemm.alphas.bin": "m", "vocab.enpt.spm": "v", "lex.50.50.enpt.s2t.bin": "l"}, "", ""},
		{"gzip and zstd", map[string]string{"model.enpt.bin.gz": string(gzipped([]byte("m"))), "vocab.enpt.spm.zst": zipped("v")}, "", ""},
		{"separate vocabularies", map[string]string{"model.enpt.bin": "m", "srcvocab.enpt.spm": "v", "trgvocab.enpt.spm": "v"}, "", ""},
		{"names that tell no pair", map[string]string{"model.bin": "m", "vocab.spm": "v"}, "", "--pair en-pt"},
		{"names that tell no pair, pair given", map[string]string{"model.bin": "m", "vocab.spm": "v"}, "en-pt", ""},
		{"no model", map[string]string{"vocab.enpt.spm": "v"}, "", "no file model.*.bin"},
		{"no vocabulary", map[string]string{"model.enpt.bin": "m"}, "", "no file vocab.*.spm"},
		{"one of two vocabularies", map[string]string{"model.enpt.bin": "m", "srcvocab.enpt.spm": "v"}, "", "no file vocab.*.spm"},
		{"two models", map[string]string{"model.enpt.a.bin": "m", "model.enpt.b.bin": "m", "vocab.enpt.spm": "v"}, "", "two files of one kind"},
		{"a damaged gzip", map[string]string{"model.enpt.bin.gz": string(gzipped([]byte("model")))[:14], "vocab.enpt.spm": "v"}, "", "unpack"},
		{"an empty folder", nil, "", "holds no model"},
		{"a pair that is none", map[string]string{"model.bin": "m", "vocab.spm": "v"}, "../../etc", "is no pair of languages"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			for name, body := range c.files {
				if err := os.WriteFile(filepath.Join(dir, name), []byte(body), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			s := Store{Dir: filepath.Join(t.TempDir(), "models")}
			m, err := s.Add(t.Context(), dir, AddOptions{Pair: c.pair, Licence: "CC0-1.0", Now: time.Now()})
			if c.want != "" {
				if err == nil || !strings.Contains(err.Error(), c.want) {
					t.Fatalf("error %v, want one with %q", err, c.want)
				}
				if list, err := s.List(); err != nil || len(list) > 0 {
					t.Errorf("installed all the same: %v, %v", list, err)
				}
				return
			}
			if err != nil || m.Pair != "en-pt" || m.Licence != "CC0-1.0" || m.Origin != NotStated {
				t.Fatalf("%+v, %v", m, err)
			}
			if sum := sha256.Sum256([]byte("m")); m.SHA256() != hex.EncodeToString(sum[:]) {
				t.Errorf("sha256 %s is not that of the unpacked model", m.SHA256())
			}
			list, err := s.List()
			if err != nil || len(list) != 1 {
				t.Errorf("List: %v, %v", list, err)
			}
			if l := leftovers(t, s); len(l) > 0 {
				t.Errorf("left behind: %v", l)
			}
		})
	}
}

// A model that is taken from another machine's store keeps what that one knew of it.
func TestAddFromAnotherStoreKeepsWhatItKnew(t *testing.T) {
	r := newRegistry(t)
	r.add("en-pt", "base-memory", "Release", func(e *entry) { e.License, e.Version = "MPL-2.0", "3.1" })
	there, here := Store{Dir: t.TempDir()}, Store{Dir: t.TempDir()}
	was, err := there.Get(t.Context(), "en-pt", options(r))
	if err != nil {
		t.Fatal(err)
	}
	m, err := here.Add(t.Context(), filepath.Join(there.Dir, "en-pt"), AddOptions{Now: time.Now()})
	if err != nil || m.Architecture != "base-memory" || m.Version != "3.1" || m.Licence != "MPL-2.0" || m.Origin != was.Origin || m.SHA256() != was.SHA256() {
		t.Errorf("%+v, %v", m, err)
	}
	m, err = here.Add(t.Context(), filepath.Join(there.Dir, "en-pt"), AddOptions{Licence: "CC0-1.0", Now: time.Now()})
	if err != nil || m.Licence != "CC0-1.0" {
		t.Errorf("what the operator says comes first: %+v, %v", m, err)
	}
}

func TestLookupAndRemove(t *testing.T) {
	s := Store{Dir: filepath.Join(t.TempDir(), "models")}
	_, _, err := s.Lookup("en-pt")
	if !errors.Is(err, ErrMissing) || err.Error() != "no model for en→pt; run: dragoman model get en-pt" {
		t.Fatalf("missing: %v", err)
	}
	if err := s.Remove("en-pt"); !errors.Is(err, ErrMissing) {
		t.Errorf("remove what is not there: %v", err)
	}
	if err := s.Remove("../en-pt"); err == nil || errors.Is(err, ErrMissing) {
		t.Errorf("remove out of the folder: %v", err)
	}
	r := newRegistry(t)
	r.add("en-pt", "tiny", "Release", nil)
	if _, err := s.Get(t.Context(), "en-pt", options(r)); err != nil {
		t.Fatal(err)
	}
	// A crash between the two renames of install leaves the former model aside.
	if err := os.Rename(filepath.Join(s.Dir, "en-pt"), filepath.Join(s.Dir, ".old-en-pt")); err != nil {
		t.Fatal(err)
	}
	dir, _, err := s.Lookup("en-pt")
	if err != nil {
		t.Fatalf("after a crash in install: %v", err)
	}
	if err := os.Truncate(filepath.Join(dir, "model.enpt.intgemm.alphas.bin"), 10); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Lookup("en-pt"); err == nil || !strings.Contains(err.Error(), "is damaged") {
		t.Errorf("truncated after it was installed: %v", err)
	}
	if err := s.Remove("en-pt"); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Lookup("en-pt"); !errors.Is(err, ErrMissing) {
		t.Errorf("after Remove: %v", err)
	}
}
