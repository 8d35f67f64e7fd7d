package format

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A Config holds the settings of the network that this engine reads out of special:model.yml.
type Config struct {
	Dim          int // width of an embedding
	Heads        int
	FFN          int // width of the feed-forward layers; 0 where the file does not say
	EncoderDepth int
	DecoderDepth int
	SourceVocab  int
	TargetVocab  int
	Tied         bool // one matrix of embeddings for source, target and output
}

// supported lists, for each key that changes the network, the values under which it is the network built here
// (post-norm transformer encoder, SSRU decoder). The first is what an absent key means to Marian, "-" where it may not be absent.
// Keys not named here steer training, or parts that such a network does not have.
var supported = []struct {
	key    string
	values []string
}{
	{"type", []string{"-", "transformer"}},
	{"transformer-decoder-autoreg", []string{"-", "rnn"}},
	{"dec-cell", []string{"-", "ssru"}},
	{"transformer-ffn-depth", []string{"2"}},
	{"transformer-ffn-activation", []string{"-", "relu"}},
	{"transformer-preprocess", []string{""}},
	{"transformer-postprocess", []string{"dan"}},
	{"transformer-postprocess-emb", []string{"d"}},
	{"transformer-postprocess-top", []string{""}},
	{"transformer-train-position-embeddings", []string{"false"}},
	{"transformer-no-projection", []string{"false"}},
	{"transformer-no-bias", []string{"false"}},
	{"transformer-no-affine", []string{"false"}},
	{"transformer-rnn-projection", []string{"false"}},
	{"transformer-pool", []string{"false"}},
	{"transformer-tied-layers", []string{"[]"}},
	{"transformer-decoder-ffn-depth", []string{"0", "2"}},
	{"output-omit-bias", []string{"false"}},
	{"factors-dim-emb", []string{"0"}},
	{"lemma-dim-emb", []string{"0"}},
	{"input-types", []string{"[]"}},
	{"ulr", []string{"false"}},
	{"right-left", []string{"false"}},
}

// parseConfig reads the settings and refuses those of another network, naming key and value.
func parseConfig(b []byte) (Config, error) {
	if i := bytes.IndexByte(b, 0); i >= 0 {
		b = b[:i]
	}
	if !utf8.Valid(b) {
		return Config{}, fmt.Errorf("special:model.yml: not UTF-8")
	}
	y := parseYML(string(b))
	for _, s := range supported {
		value, ok := y.get(s.key)
		if !ok && s.values[0] != "-" {
			continue
		}
		if !ok || !slices.Contains(s.values, value) || value == "-" {
			return Config{}, fmt.Errorf("special:model.yml: %s: %s, where this engine needs %s", s.key, orAbsent(value, ok), wanted(s.values))
		}
	}
	c := Config{}
	var err error
	number := func(key string, least, most int) int {
		value, ok := y.get(key)
		n, e := strconv.Atoi(value)
		if (e != nil || n < least || n > most) && err == nil {
			err = fmt.Errorf("special:model.yml: %s: %s, where a number from %d to %d is needed", key, orAbsent(value, ok), least, most)
		}
		return n
	}
	c.Dim = number("dim-emb", 8, 8192)
	c.Heads = number("transformer-heads", 1, 256)
	c.EncoderDepth = number("enc-depth", 1, 64)
	c.DecoderDepth = number("dec-depth", 1, 64)
	if _, ok := y.get("transformer-dim-ffn"); ok {
		c.FFN = number("transformer-dim-ffn", 8, 65536)
	}
	if err != nil {
		return Config{}, err
	}
	if v, ok := y.get("transformer-decoder-dim-ffn"); ok && v != "0" && v != strconv.Itoa(c.FFN) {
		return Config{}, fmt.Errorf("special:model.yml: transformer-decoder-dim-ffn: %s, where this engine needs 0 or that of the encoder", v)
	}
	if v, ok := y.get("transformer-guided-alignment-layer"); ok && v != "last" && v != strconv.Itoa(c.DecoderDepth) {
		return Config{}, fmt.Errorf("special:model.yml: transformer-guided-alignment-layer: %s, where this engine needs last", v)
	}
	vocabs := y["dim-vocabs"]
	if len(vocabs) != 2 {
		return Config{}, fmt.Errorf("special:model.yml: dim-vocabs: %d sizes, where two are needed", len(vocabs))
	}
	for i, dst := range []*int{&c.SourceVocab, &c.TargetVocab} {
		n, e := strconv.Atoi(vocabs[i])
		if e != nil || n < 2 || n > 1<<20 {
			return Config{}, fmt.Errorf("special:model.yml: dim-vocabs: %s", vocabs[i])
		}
		*dst = n
	}
	all, _ := y.get("tied-embeddings-all")
	src, _ := y.get("tied-embeddings-src")
	out, _ := y.get("tied-embeddings")
	c.Tied = all == "true"
	if !c.Tied && (src == "true" || out != "true") {
		return Config{}, fmt.Errorf("special:model.yml: tied-embeddings-all: %s, tied-embeddings: %s, tied-embeddings-src: %s; this engine needs the first, or the second alone", all, out, src)
	}
	if c.Tied && c.SourceVocab != c.TargetVocab {
		return Config{}, fmt.Errorf("special:model.yml: dim-vocabs: %d and %d with embeddings in common", c.SourceVocab, c.TargetVocab)
	}
	return c, nil
}

func orAbsent(value string, ok bool) string {
	switch {
	case !ok:
		return "absent"
	case value == "":
		return `""`
	default:
		return value
	}
}

func wanted(values []string) string {
	var out []string
	for _, v := range values {
		if v != "-" {
			out = append(out, orAbsent(v, true))
		}
	}
	return strings.Join(out, " or ")
}

// yml is the part of YAML that Marian writes: keys with a scalar or a list of scalars. A scalar is a list of one, an empty list is empty.
type yml map[string][]string

func parseYML(text string) yml {
	y := yml{}
	key := ""
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, " \t\r\n")
		trimmed := strings.TrimLeft(line, " \t")
		switch {
		case trimmed == "" || strings.HasPrefix(trimmed, "#"):
		case strings.HasPrefix(trimmed, "- ") && key != "":
			y[key] = append(y[key], scalar(trimmed[2:]))
		case trimmed == "[]" && key != "":
			y[key] = []string{}
		case line == trimmed:
			k, v, ok := strings.Cut(line, ":")
			if !ok {
				continue
			}
			key = k
			switch v = strings.TrimSpace(v); {
			case v == "" || v == "[]":
				y[key] = []string{}
			case strings.HasPrefix(v, "[") && strings.HasSuffix(v, "]"):
				y[key] = []string{}
				for _, s := range strings.Split(v[1:len(v)-1], ",") {
					y[key] = append(y[key], scalar(strings.TrimSpace(s)))
				}
			default:
				y[key] = []string{scalar(v)}
			}
		}
	}
	return y
}

func scalar(s string) string {
	if len(s) >= 2 && (s[0] == '"' || s[0] == '\'') && s[len(s)-1] == s[0] {
		return s[1 : len(s)-1]
	}
	return s
}

// get returns a scalar, an empty list as "[]", a longer list with commas.
func (y yml) get(key string) (string, bool) {
	v, ok := y[key]
	switch {
	case !ok:
		return "", false
	case len(v) == 0:
		return "[]", true
	default:
		return strings.Join(v, ","), true
	}
}
