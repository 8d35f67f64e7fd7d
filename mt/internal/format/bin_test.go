package format

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
)

var golden = filepath.Join("..", "..", "testdata", "golden")

// A testItem is an item of a file that write makes.
type testItem struct {
	name  string
	kind  uint64
	shape []int32
	data  []byte
}

// write makes a file as Marian does, but for what a test spoils.
func write(items ...testItem) []byte {
	var b []byte
	u64 := func(v ...int) {
		for _, x := range v {
			b = binary.LittleEndian.AppendUint64(b, uint64(x))
		}
	}
	u64(1, len(items))
	for _, it := range items {
		u64(len(it.name)+1, int(it.kind), len(it.shape), len(it.data))
	}
	for _, it := range items {
		b = append(append(b, it.name...), 0)
	}
	for _, it := range items {
		for _, n := range it.shape {
			b = binary.LittleEndian.AppendUint32(b, uint32(n))
		}
	}
	gap := 256 - (len(b)+8)%256
	u64(gap)
	b = append(b, make([]byte, gap)...)
	for _, it := range items {
		b = append(b, it.data...)
	}
	return b
}

const goodYML = `dec-cell: ssru
dec-depth: 2
dim-emb: 16
dim-vocabs:
  - 8
  - 8
enc-depth: 2
input-types:
  []
tied-embeddings-all: true
transformer-decoder-autoreg: rnn
transformer-dim-ffn: 32
transformer-ffn-activation: relu
transformer-guided-alignment-layer: last
transformer-heads: 8
transformer-postprocess: dan
transformer-postprocess-emb: d
transformer-preprocess: ""
type: transformer
`

func settings(text string) testItem {
	return testItem{"special:model.yml", typeInt8, []int32{int32(len(text) + 1)}, append([]byte(text), 0)}
}

func floats(values ...float32) []byte {
	var b []byte
	for _, v := range values {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
	}
	return b
}

func TestParseWeights(t *testing.T) {
	w, err := ParseWeights(write(
		testItem{"m_W", typeIntgemm8, []int32{2, 3}, append([]byte{1, 2, 3, 4, 5, 255}, append(floats(50), make([]byte, 246)...)...)},
		testItem{"b", typeFloat32, []int32{1, 2}, floats(1, -2)},
		testItem{"m_W_QuantMultA", typeFloat32, []int32{1}, floats(8)},
		testItem{"Wemb_QuantMultA", typeIntgemm8, []int32{1, 1}, append([]byte{127}, floats(14.467)...)},
		settings(goodYML),
	))
	if err != nil {
		t.Fatal(err)
	}
	if m, err := w.Product("m_W"); err != nil || m.Rows != 3 || m.Cols != 2 || m.Mult != 50 || !slices.Equal(m.Values, []int8{1, 2, 3, 4, 5, -1}) {
		t.Errorf("a product: %+v, %v", m, err)
	}
	if m, err := w.Embeddings("m_W"); err != nil || m.Rows != 2 || m.Cols != 3 {
		t.Errorf("embeddings: %+v, %v", m, err)
	}
	if v, err := w.Floats("b", 2); err != nil || !slices.Equal(v, []float32{1, -2}) {
		t.Errorf("floats: %v, %v", v, err)
	}
	if a, err := w.Alpha("m_W"); err != nil || a != 8 {
		t.Errorf("a multiplier: %v, %v", a, err)
	}
	if a, err := w.Alpha("Wemb"); err != nil || math.Abs(float64(a)-127/14.467) > 1e-5 {
		t.Errorf("a quantised multiplier: %v, %v", a, err)
	}
	if c := w.Config; c.Dim != 16 || c.Heads != 8 || c.EncoderDepth != 2 || c.DecoderDepth != 2 || c.SourceVocab != 8 || !c.Tied {
		t.Errorf("settings: %+v", c)
	}
}

// TestRefused wants each fault of a file named.
func TestRefused(t *testing.T) {
	spoil := func(at int, v uint64) []byte {
		b := write(settings(goodYML))
		binary.LittleEndian.PutUint64(b[at:], v)
		return b
	}
	with := func(old, by string) []byte { return write(settings(strings.Replace(goodYML, old, by, 1))) }
	whole := write(settings(goodYML))
	for _, c := range []struct {
		name string
		b    []byte
		want string
	}{
		{"nothing", nil, "not a Marian binary model"},
		{"another version", spoil(0, 2), "not a Marian binary model"},
		{"a head that asks for exabytes of items", spoil(8, 1<<60), "items"},
		{"a name longer than any", spoil(16, 1<<40), "name of"},
		{"more data than the file has", spoil(40, 1<<50), "special:model.yml: the file ends inside it"},
		{"cut in the data", whole[:len(whole)-5], "special:model.yml: the file ends inside it"},
		{"cut in the head", whole[:20], "list of its items"},
		{"a type of another machine", write(testItem{"x", 0x5101, nil, nil}, settings(goodYML)), "x: type intgemm8avx2 (0x5101)"},
		{"half floats", write(testItem{"x", 0x0402, nil, nil}, settings(goodYML)), "x: type float16"},
		{"an unknown type", write(testItem{"x", 0x7777, nil, nil}, settings(goodYML)), "x: unknown type 0x7777"},
		{"a shape that needs more than there is", write(testItem{"x", typeFloat32, []int32{1 << 20, 1 << 20}, nil}, settings(goodYML)), "x: shape"},
		{"a negative side", write(testItem{"x", typeFloat32, []int32{-1}, nil}, settings(goodYML)), "x: a side of -1"},
		{"an item twice", write(settings(goodYML), settings(goodYML)), "twice"},
		{"no settings", write(), "no settings"},
		{"another decoder", with("autoreg: rnn", "autoreg: self-attention"), "transformer-decoder-autoreg: self-attention, where this engine needs rnn"},
		{"another cell", with("dec-cell: ssru", "dec-cell: gru"), "dec-cell: gru"},
		{"no cell", with("dec-cell: ssru", "x: y"), "dec-cell: absent"},
		{"another activation", with("activation: relu", "activation: swish"), "transformer-ffn-activation: swish"},
		{"norm before", with(`preprocess: ""`, "preprocess: n"), "transformer-preprocess: n"},
		{"another norm", with("postprocess: dan", "postprocess: da"), "transformer-postprocess: da"},
		{"trained positions", with("type: transformer", "transformer-train-position-embeddings: true\ntype: transformer"), "transformer-train-position-embeddings: true"},
		{"factors", with("type: transformer", "factors-dim-emb: 8\ntype: transformer"), "factors-dim-emb: 8"},
		{"no width", with("dim-emb: 16", "dim-emb: wide"), "dim-emb: wide"},
		{"a width larger than any", with("dim-emb: 16", "dim-emb: 99999999"), "dim-emb: 99999999"},
		{"one vocabulary only", with("  - 8\n", ""), "dim-vocabs"},
		{"two vocabularies tied", with("  - 8\n", "  - 9\n"), "embeddings in common"},
	} {
		if _, err := ParseWeights(c.b); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", c.name, err, c.want)
		}
	}
}

// TestOpenFile reads one content plain, packed in both ways, and refuses what is cut.
func TestOpenFile(t *testing.T) {
	want := bytes.Repeat([]byte("weights "), 5000)
	dir := t.TempDir()
	var gz, zst bytes.Buffer
	g := gzip.NewWriter(&gz)
	z, err := zstd.NewWriter(&zst)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range []interface {
		Write([]byte) (int, error)
		Close() error
	}{g, z} {
		if _, err := w.Write(want); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
	for name, content := range map[string][]byte{"a.bin": want, "a.bin.gz": gz.Bytes(), "a.bin.zst": zst.Bytes()} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		f, err := OpenFile(path)
		if err != nil || !bytes.Equal(f.Bytes, want) {
			t.Errorf("%s: %v, or another content", name, err)
			continue
		}
		f.Forget()
		if !bytes.Equal(f.Bytes, want) {
			t.Errorf("%s: another content after Forget", name)
		}
		if err := f.Close(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if name == "a.bin" {
			continue
		}
		if err := os.WriteFile(path, content[:len(content)-9], 0o600); err != nil {
			t.Fatal(err)
		}
		if f, err := OpenFile(path); err == nil {
			t.Errorf("%s, cut: %d bytes and no error", name, len(f.Bytes))
		}
	}
	if _, err := OpenFile(dir); err == nil {
		t.Error("a folder was opened as a file")
	}
}

func TestParseShortlist(t *testing.T) {
	b, err := os.ReadFile(filepath.Join(golden, "shared-vocabulary", "lex.bin"))
	if err != nil {
		t.Fatal(err)
	}
	s, err := ParseShortlist(b, 1024, 1024)
	if err != nil {
		t.Fatal(err)
	}
	used := make([]bool, 1024)
	s.Add(used, 62)
	s.Add(used, -1)
	s.Add(used, 1<<30)
	if n := len(slices.DeleteFunc(used, func(u bool) bool { return !u })); n == 0 || n > 100 {
		t.Errorf("a source piece becomes one of %d", n)
	}
	spoil := func(at int, v byte) []byte {
		c := slices.Clone(b)
		c[at] ^= v
		return c
	}
	for _, c := range []struct {
		name string
		b    []byte
		v    int
		want string
	}{
		{"nothing", nil, 1024, "not a binary shortlist"},
		{"another magic", spoil(0, 1), 1024, "not a binary shortlist"},
		{"a spoilt entry", spoil(len(b)-3, 1), 1024, "checksum"},
		{"a spoilt offset", spoil(60, 1), 1024, "checksum"},
		{"cut", b[:len(b)-4], 1024, "bytes"},
		{"more entries than there are", spoil(44, 1), 1024, "bytes"},
		{"of another vocabulary", b, 1000, "1024 source pieces, the model has 1000"},
	} {
		if _, err := ParseShortlist(c.b, c.v, c.v); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", c.name, err, c.want)
		}
	}
}

// Published files leave a last half word out of their checksum, other writers count it: both are read.
func TestShortlistOfAnOddNumberOfEntries(t *testing.T) {
	b, err := os.ReadFile(filepath.Join(golden, "split-vocabulary", "lex.bin"))
	if err != nil {
		t.Fatal(err)
	}
	whole, padded := lexSum(b[16:])
	if whole == padded {
		t.Fatal("the file has an even number of entries")
	}
	for _, sum := range []uint64{whole, padded} {
		binary.LittleEndian.PutUint64(b[8:], sum)
		if _, err := ParseShortlist(b, 1024, 1024); err != nil {
			t.Errorf("sum %016x: %v", sum, err)
		}
	}
	binary.LittleEndian.PutUint64(b[8:], whole^1)
	if _, err := ParseShortlist(b, 1024, 1024); err == nil {
		t.Error("a wrong sum was taken")
	}
}

func FuzzParseWeights(f *testing.F) {
	f.Add(write(settings(goodYML)))
	f.Add(write(testItem{"m_W", typeIntgemm8, []int32{1, 2}, append([]byte{1, 2}, floats(50)...)}, settings(goodYML)))
	f.Fuzz(func(_ *testing.T, b []byte) {
		w, err := ParseWeights(b)
		if err != nil {
			return
		}
		for name := range w.items {
			_, _ = w.Product(name)
			_, _ = w.Embeddings(name)
			_, _ = w.Alpha(strings.TrimSuffix(name, "_QuantMultA"))
			_, _ = w.Floats(name, 2)
		}
	})
}

func FuzzParseConfig(f *testing.F) {
	f.Add([]byte(goodYML))
	f.Fuzz(func(t *testing.T, b []byte) {
		c, err := parseConfig(b)
		if err == nil && (c.Dim <= 0 || c.Heads <= 0 || c.SourceVocab <= 0) {
			t.Errorf("%q gives %+v", b, c)
		}
	})
}

func FuzzParseShortlist(f *testing.F) {
	f.Add([]byte("\xf5\x17\x34\x01\xd5\x48\x1a\xf1"), true)
	f.Fuzz(func(_ *testing.T, b []byte, mend bool) {
		b = slices.Clone(b)
		if mend && len(b) >= 16 { // a right magic and checksum lead further in
			binary.LittleEndian.PutUint64(b, lexMagic)
			whole, _ := lexSum(b[16:])
			binary.LittleEndian.PutUint64(b[8:], whole)
		}
		s, err := ParseShortlist(b, 8, 8)
		if err != nil {
			return
		}
		for id := range 9 {
			s.Add(make([]bool, 8), id)
		}
	})
}
