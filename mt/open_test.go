package mt_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"github.com/dragoman-newsroom/dragoman/mt"
)

// copyModel puts files of a golden model into a new folder under other names; an empty name leaves one out.
func copyModel(t *testing.T, model string, names map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for from, to := range names {
		b, err := os.ReadFile(filepath.Join("testdata", "golden", model, from))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, to), packed(t, to, b), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// packed is b as a file of that name would have it.
func packed(t *testing.T, name string, b []byte) []byte {
	t.Helper()
	var out strings.Builder
	switch filepath.Ext(name) {
	case ".gz":
		w := gzip.NewWriter(&out)
		if _, err := w.Write(b); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	case ".zst":
		w, err := zstd.NewWriter(&out)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(b); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	default:
		return b
	}
	return []byte(out.String())
}

// TestOpen opens one model under the names that files have where they are published, packed and not.
func TestOpen(t *testing.T) {
	source := "The council voted on Tuesday."
	want, err := open(t, filepath.Join("testdata", "golden", "split-vocabulary"), mt.Shortlist(true)).Translate(t.Context(), []string{source})
	if err != nil {
		t.Fatal(err)
	}
	for name, files := range map[string]map[string]string{
		"plain": {"model.bin": "model.enpt.intgemm.alphas.bin", "srcvocab.spm": "srcvocab.en.spm", "trgvocab.spm": "trgvocab.pt.spm", "lex.bin": "lex.50.50.enpt.s2t.bin"},
		"gz":    {"model.bin": "model.enpt.intgemm.alphas.bin.gz", "srcvocab.spm": "srcvocab.en.spm.gz", "trgvocab.spm": "trgvocab.pt.spm.gz", "lex.bin": "lex.50.50.enpt.s2t.bin.gz"},
		"zst":   {"model.bin": "model.x.bin.zst", "srcvocab.spm": "srcvocab.x.spm", "trgvocab.spm": "trgvocab.x.spm.gz", "lex.bin": "lex.bin.zst"},
	} {
		got, err := open(t, copyModel(t, "split-vocabulary", files), mt.Shortlist(true)).Translate(t.Context(), []string{source})
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v, %v, want %v", name, got, err, want)
		}
	}
}

// TestOpenRefused wants errors that name the file and what is wrong.
func TestOpenRefused(t *testing.T) {
	whole := map[string]string{"model.bin": "model.bin", "vocab.spm": "vocab.spm", "lex.bin": "lex.bin"}
	without := func(name string) map[string]string {
		out := map[string]string{}
		for from, to := range whole {
			if from != name {
				out[from] = to
			}
		}
		return out
	}
	spoilt := func(name string, spoil func([]byte) []byte) string {
		dir := copyModel(t, "shared-vocabulary", whole)
		path := filepath.Join(dir, name)
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, spoil(b), 0o600); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	cut := func(b []byte) []byte { return b[:len(b)*2/3] }
	two := copyModel(t, "shared-vocabulary", whole)
	if err := os.WriteFile(filepath.Join(two, "model.other.bin"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	other := copyModel(t, "shared-vocabulary", without("vocab.spm"))
	large, err := os.ReadFile(filepath.Join("testdata", "golden", "split-vocabulary", "srcvocab.spm"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(other, "vocab.spm"), append(large, "\x0a\x03\x0a\x01\x07"...), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, dir, want string }{
		{"no folder", filepath.Join(t.TempDir(), "none"), "none"},
		{"no weights", copyModel(t, "shared-vocabulary", without("model.bin")), "no model.*.bin"},
		{"no vocabulary", copyModel(t, "shared-vocabulary", without("vocab.spm")), "no vocab.*.spm"},
		{"two files of weights", two, "both model.bin and model.other.bin"},
		{"weights cut short", spoilt("model.bin", cut), "the file ends inside it"},
		{"a vocabulary cut short", spoilt("vocab.spm", cut), "vocab.spm"},
		{"a shortlist cut short", spoilt("lex.bin", cut), "lex.bin"},
		{"a weight of -128", spoilt("model.bin", func(b []byte) []byte { return lowest(t, b) }), "is -128"},
		{"a vocabulary of another size", other, "pieces"},
	} {
		m, err := mt.Open(c.dir, mt.Shortlist(true))
		if err == nil {
			m.Close()
			t.Errorf("%s: no error", c.name)
			continue
		}
		if !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), filepath.Dir(c.dir)) {
			t.Errorf("%s: error %v, want %q and the folder", c.name, err, c.want)
		}
	}
	if _, err := mt.Open(filepath.Join(t.TempDir(), "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no folder: error %v", err)
	}
	if _, err := mt.Open(t.TempDir()); !errors.Is(err, mt.ErrNoModel) {
		t.Errorf("an empty folder: error %v", err)
	}
}

// lowest puts a -128 into the first matrix of a file of weights, which is that of the embeddings.
func lowest(t *testing.T, b []byte) []byte {
	t.Helper()
	at := len(b) / 2 // far inside the data, whose greater part is embeddings
	for i := at; i < at+64; i++ {
		b[i] = 0x80
	}
	return b
}
