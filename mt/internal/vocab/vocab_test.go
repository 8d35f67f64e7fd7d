package vocab

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/dragoman-newsroom/dragoman/internal/require"
)

func read(t testing.TB, path string) *Vocabulary {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	v, err := Parse(b)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// goldenVocabulary has 1,024 pieces; the source's of the two has byte pieces.
func goldenVocabulary(t testing.TB, bytes bool) *Vocabulary {
	t.Helper()
	if bytes {
		return read(t, filepath.Join("..", "..", "testdata", "golden", "split-vocabulary", "srcvocab.spm"))
	}
	return read(t, filepath.Join("..", "..", "testdata", "golden", "shared-vocabulary", "vocab.spm"))
}

// TestNormalize has what the rules nmt_nfkc of a published vocabulary do, and what they leave alone.
func TestNormalize(t *testing.T) {
	v := read(t, filepath.Join(require.Shared(t), "data", "marian", "vocab.enru.spm"))
	for _, c := range []struct{ name, in, want string }{
		{"a space before the first word", "one", "▁one"},
		{"spaces collapse and go at the ends", "  one \t two\n", "▁one▁two"},
		{"spaces of all kinds", "a\u00a0b\u202fc\u2009d\u200be\u3000f", "▁a▁b▁c▁d▁e▁f"},
		{"compatibility forms", "…½№™ﬁＡ①", "▁...1⁄2NoTMfiA1"},
		{"marks join their letters", "e\u0301", "▁\u00e9"},
		{"quotation marks, dashes and soft hyphens stay", "«a» “b” – — \u00ad", "▁«a»▁“b”▁–▁—▁\u00ad"},
		{"bytes that are no text", "a\xffb", "▁a\ufffdb"},
		{"nothing", "", ""},
		{"nothing but spaces", " \u00a0 ", ""},
	} {
		if got := v.normalize(c.in).text; got != c.want {
			t.Errorf("%s: %q gives %q, want %q", c.name, c.in, got, c.want)
		}
	}
}

func TestEncode(t *testing.T) {
	v := goldenVocabulary(t, false)
	for _, c := range []struct {
		name, in string
		surfaces []string
	}{
		{"spaces belong to the piece behind them, at the end to the last", "  Hello  world. ", nil},
		{"unknown characters in a row are one token", "a 😀😀 b", []string{"a", " ", "😀😀"}},
	} {
		tokens := v.Encode(c.in)
		var surfaces []string
		for _, k := range tokens {
			surfaces = append(surfaces, c.in[k.Start:k.End])
		}
		if got := strings.Join(surfaces, ""); got != c.in {
			t.Errorf("%s: %q tile %q, want %q", c.name, surfaces, got, c.in)
		}
		if c.surfaces != nil && !slices.Equal(surfaces[:len(c.surfaces)], c.surfaces) {
			t.Errorf("%s: %q, want %q first", c.name, surfaces, c.surfaces)
		}
	}
	// With byte pieces the last byte of a character has its range.
	in := "a 😀"
	tokens := goldenVocabulary(t, true).Encode(in)
	last := tokens[len(tokens)-4:]
	for i, k := range last {
		if want := map[bool]string{true: "😀"}[i == 3]; in[k.Start:k.End] != want {
			t.Errorf("byte %d of a character has the range %q, want %q", i, in[k.Start:k.End], want)
		}
	}
}

func TestDecode(t *testing.T) {
	v := goldenVocabulary(t, true)
	for _, in := range []string{"Hello world.", "a 😀 b", "\u00e9t\u00e9 « a »", "x\xffy", ""} {
		var ids []int
		for _, k := range v.Encode(in) {
			ids = append(ids, k.ID)
		}
		text, tokens := v.Decode(ids)
		if want := strings.ToValidUTF8(in, "\ufffd"); text != want {
			t.Errorf("%q comes back as %q", in, text)
		}
		at := 0
		for _, k := range tokens {
			if k.Start != at {
				t.Errorf("%q: a piece begins at %d where one ends at %d", text, k.Start, at)
			}
			at = k.End
		}
		if at != len(text) {
			t.Errorf("%q: its pieces end at %d", text, at)
		}
	}
	// Bytes that are no character, and ids that are no piece.
	broken := []int{int(v.byteIDs[0xf0]), int(v.byteIDs[0x9f]), 5000, -1, EOS}
	if text, tokens := v.Decode(broken); text != "\ufffd\ufffd" || len(tokens) != len(broken) {
		t.Errorf("broken ids give %q and %d pieces", text, len(tokens))
	}
}

func TestEncodeAnew(t *testing.T) {
	v := goldenVocabulary(t, false)
	in := "Members of the council voted to extend the programme."
	usual, other := v.Encode(in), v.EncodeAnew(in, 12)
	if slices.Equal(usual, other) {
		t.Error("another way of cutting is the usual one")
	}
	if text, _ := v.Decode(ids(other)); text != in {
		t.Errorf("cut another way it reads %q", text)
	}
}

func ids(tokens []Token) []int {
	var out []int
	for _, k := range tokens {
		out = append(out, k.ID)
	}
	return out
}

func TestScore(t *testing.T) {
	v := read(t, filepath.Join(require.Shared(t), "data", "marian", "vocab.enru.spm"))
	for _, c := range [][2]string{{"people", "PEOPLE"}, {"Moscow", "moscow"}, {"NATO", "nato"}} {
		if likely, unlikely := v.Score(c[0]), v.Score(c[1]); !(likely > unlikely) {
			t.Errorf("%s scores %v, %s %v", c[0], likely, c[1], unlikely)
		}
	}
	if v.Knows("“") || !v.Knows("a") {
		t.Error("the vocabulary knows other characters than it has")
	}
}

func TestRefused(t *testing.T) {
	message := func(fields ...string) []byte { return []byte(strings.Join(fields, "")) }
	piece := func(text string, kind byte) string {
		body := "\x0a" + string(rune(len(text))) + text + "\x18" + string(rune(kind))
		return "\x0a" + string(rune(len(body))) + body
	}
	eos, unk, a := piece("</s>", kindControl), piece("<unk>", kindUnknown), piece("a", kindNormal)
	for _, c := range []struct {
		name string
		b    []byte
		want string
	}{
		{"nothing", nil, "first two pieces"},
		{"no message", []byte{0xff}, "not a protobuf message"},
		{"cut", message(eos, unk, a[:3]), "not a protobuf message"},
		{"no end of sentence", message(unk, eos, a), "first two pieces"},
		{"no ordinary piece", message(eos, unk, piece("x", kindUnused)), "no ordinary piece"},
		{"a piece without text", message(eos, unk, piece("", kindNormal)), "piece 2 has a text of 0 bytes"},
		{"a type that there is not", message(eos, unk, piece("x", 9)), "piece 2 has type 9"},
		{"byte pair encoding", message(eos, unk, a, "\x12\x02\x18\x02"), "model_type is 2"},
		{"bytes that are not there", message(eos, unk, a, "\x12\x03\x98\x02\x01"), "byte_fallback"},
		{"another end", message(eos, unk, a, "\x12\x03\xd0\x02\x02"), "eos_id is 2"},
		{"a table cut short", message(eos, unk, a, "\x1a\x05\x12\x03abc"), "normaliser table"},
	} {
		if _, err := Parse(c.b); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", c.name, err, c.want)
		}
	}
	if _, err := Parse(message(eos, unk, a)); err != nil {
		t.Errorf("three pieces: %v", err)
	}
}

func FuzzParse(f *testing.F) {
	for _, name := range []string{"shared-vocabulary/vocab.spm", "split-vocabulary/srcvocab.spm"} {
		b, err := os.ReadFile(filepath.Join("..", "..", "testdata", "golden", filepath.FromSlash(name)))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b[:2000])
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		v, err := Parse(b)
		if err != nil {
			return
		}
		check(t, v, "a \u00a0é… 😀\xff")
	})
}

func FuzzEncode(f *testing.F) {
	shared, split := goldenVocabulary(f, false), goldenVocabulary(f, true)
	f.Add("  The council voted…  ½ ﬁ e\u0301 😀\xff\u2581 ")
	f.Fuzz(func(t *testing.T, s string) {
		check(t, shared, s)
		check(t, split, s)
	})
}

// check wants tokens that tile s and ids that are pieces.
func check(t *testing.T, v *Vocabulary, s string) {
	t.Helper()
	for _, tokens := range [][]Token{v.Encode(s), v.EncodeAnew(s, 5)} {
		at := 0
		for _, k := range tokens {
			if k.Start != at || k.End < k.Start || k.ID < 0 || k.ID >= v.Size() {
				t.Fatalf("%q: token %+v where one ends at %d", s, k, at)
			}
			at = k.End
		}
		if len(tokens) > 0 && at != len(s) {
			t.Fatalf("%q: its tokens end at %d of %d", s, at, len(s))
		}
		text, pieces := v.Decode(ids(tokens))
		at = 0
		for _, k := range pieces {
			if k.Start != at || k.End < k.Start {
				t.Fatalf("%q: piece %+v where one ends at %d", text, k, at)
			}
			at = k.End
		}
		if at != len(text) || !utf8.ValidString(text) {
			t.Fatalf("%q: its pieces end at %d of %d", text, at, len(text))
		}
	}
}
