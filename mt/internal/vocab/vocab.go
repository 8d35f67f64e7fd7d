// Package vocab cuts text into the pieces of a SentencePiece unigram vocabulary, and joins pieces to text.
//
// It promises that the pieces of a text tile its bytes, whatever the bytes are, and that every piece knows which bytes of the
// joined text are its own. The formats and rules are those of google/sentencepiece (sentencepiece_model.proto, normalizer.cc,
// unigram_model.cc). It touches nothing but its arguments.
package vocab

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Types of a piece (SentencePiece.Type).
const (
	kindNormal      = 1
	kindUnknown     = 2
	kindControl     = 3
	kindUserDefined = 4
	kindUnused      = 5
	kindByte        = 6
)

const (
	space          = "\u2581" // stands for a space inside pieces
	unknownPenalty = 10       // an unknown character costs the worst piece and this
	maxPieces      = 1 << 20
	maxPieceBytes  = 1024
	maxText        = 1<<24 - 2 // bytes of all pieces: a node of the tree has a number of 24 bits
)

// Ids that the models give to these two, and the engine relies on.
const (
	EOS     = 0
	Unknown = 1
)

// A Token is a piece found in a text, and the bytes it stands for.
type Token struct {
	ID         int
	Start, End int // bytes of the original text, or of the joined one
}

// A Vocabulary is a set of pieces with their scores. It is safe for concurrent use.
type Vocabulary struct {
	pieces   []piece
	tree     *tree // NORMAL and USER_DEFINED pieces
	symbols  *tree // USER_DEFINED pieces, which pass the normaliser untouched; nil when there are none
	byteIDs  [256]int32
	charsmap *charsMap

	minScore, maxScore float32

	byteFallback   bool
	dummyPrefix    bool
	removeSpaces   bool
	escapeSpaces   bool
	unknownSurface string
}

type piece struct {
	text  string
	score float32
	kind  uint8
}

// Parse reads a SentencePiece model. It keeps parts of b.
func Parse(b []byte) (*Vocabulary, error) {
	v := &Vocabulary{dummyPrefix: true, removeSpaces: true, escapeSpaces: true, unknownSurface: " \u2047 "}
	text := string(b) // pieces are slices of it
	v.pieces = make([]piece, 0, min(32000, len(b)/8+1))
	err := fields(text, func(field int, f value) error {
		switch field {
		case 1:
			return v.addPiece(f)
		case 2:
			return v.trainer(f)
		case 3:
			return v.normalizer(f)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("vocabulary: %w", err)
	}
	if err := v.index(); err != nil {
		return nil, fmt.Errorf("vocabulary: %w", err)
	}
	return v, nil
}

// Size returns the number of pieces.
func (v *Vocabulary) Size() int { return len(v.pieces) }

func (v *Vocabulary) addPiece(f value) error {
	p := piece{kind: kindNormal}
	err := fields(f.bytes, func(field int, f value) error {
		switch field {
		case 1:
			p.text = f.bytes
		case 2:
			p.score = math.Float32frombits(uint32(f.number))
		case 3:
			if f.number < kindNormal || f.number > kindByte {
				return fmt.Errorf("piece %d has type %d", len(v.pieces), f.number)
			}
			p.kind = uint8(f.number)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if len(v.pieces) >= maxPieces {
		return fmt.Errorf("more than %d pieces", maxPieces)
	}
	if p.text == "" || len(p.text) > maxPieceBytes || !utf8.ValidString(p.text) {
		return fmt.Errorf("piece %d has a text of %d bytes, or not in UTF-8", len(v.pieces), len(p.text))
	}
	if s := float64(p.score); math.IsNaN(s) || math.Abs(s) > 1e6 {
		return fmt.Errorf("piece %d has the score %v", len(v.pieces), s)
	}
	v.pieces = append(v.pieces, p)
	return nil
}

func (v *Vocabulary) trainer(f value) error {
	return fields(f.bytes, func(field int, f value) error {
		switch field {
		case 3:
			if f.number != 1 {
				return fmt.Errorf("model_type is %d, this engine reads unigram (1) only", f.number)
			}
		case 24:
			if f.number != 0 {
				return errors.New("treat_whitespace_as_suffix is set, which this engine does not know")
			}
		case 35:
			v.byteFallback = f.number != 0
		case 40:
			if f.number != Unknown {
				return fmt.Errorf("unk_id is %d, this engine needs %d", int32(f.number), Unknown)
			}
		case 42:
			if f.number != EOS {
				return fmt.Errorf("eos_id is %d, this engine needs %d", int32(f.number), EOS)
			}
		case 44:
			v.unknownSurface = f.bytes
		}
		return nil
	})
}

func (v *Vocabulary) normalizer(f value) error {
	return fields(f.bytes, func(field int, f value) (err error) {
		switch field {
		case 2:
			if f.bytes != "" {
				v.charsmap, err = parseCharsMap(f.bytes)
			}
		case 3:
			v.dummyPrefix = f.number != 0
		case 4:
			v.removeSpaces = f.number != 0
		case 5:
			v.escapeSpaces = f.number != 0
		}
		return err
	})
}

// index makes what the search needs of the pieces.
func (v *Vocabulary) index() error {
	if len(v.pieces) < 3 || v.pieces[EOS].kind != kindControl || v.pieces[Unknown].kind != kindUnknown {
		return errors.New("its first two pieces are not the end of the sentence and the unknown")
	}
	if !v.escapeSpaces {
		return errors.New("escape_whitespaces is off, which this engine does not know")
	}
	bytes := 0
	for _, p := range v.pieces {
		bytes += len(p.text)
	}
	if bytes >= maxText {
		return fmt.Errorf("its pieces have %d bytes in all, more than %d", bytes, maxText)
	}
	v.tree = newTree(bytes)
	v.minScore, v.maxScore = float32(math.Inf(1)), float32(math.Inf(-1))
	for i := range v.byteIDs {
		v.byteIDs[i] = -1
	}
	for id, p := range v.pieces {
		switch p.kind {
		case kindByte:
			hex, ok := strings.CutPrefix(p.text, "<0x")
			hex, closed := strings.CutSuffix(hex, ">")
			n, err := strconv.ParseUint(hex, 16, 8)
			if err != nil || !ok || !closed || len(hex) != 2 {
				return fmt.Errorf("byte piece %d is %q", id, p.text)
			}
			v.byteIDs[n] = int32(id)
			continue
		case kindUserDefined:
			if v.symbols == nil {
				v.symbols = newTree(1024)
			}
			v.symbols.add(p.text, id)
		case kindNormal:
			v.minScore, v.maxScore = min(v.minScore, p.score), max(v.maxScore, p.score)
		default:
			continue
		}
		v.tree.add(p.text, id)
	}
	if v.minScore > v.maxScore {
		return errors.New("it has no ordinary piece")
	}
	if v.byteFallback {
		for b, id := range v.byteIDs {
			if id < 0 {
				return fmt.Errorf("byte_fallback is set, but the piece of byte 0x%02X is missing", b)
			}
		}
	}
	return nil
}

// A value is one field of a protobuf message: number for varints and fixed sizes, bytes for the rest.
type value struct {
	number uint64
	bytes  string
}

var errProto = errors.New("not a protobuf message")

// fields calls f for each field of a message, in the order of the file.
func fields(s string, f func(int, value) error) error {
	for s != "" {
		key, n := uvarint(s)
		if n <= 0 || key>>3 == 0 || key>>3 > 1<<29 {
			return errProto
		}
		s = s[n:]
		var v value
		switch key & 7 {
		case 0:
			v.number, n = uvarint(s)
			if n <= 0 {
				return errProto
			}
			s = s[n:]
		case 1, 5:
			size := 8
			if key&7 == 5 {
				size = 4
			}
			if len(s) < size {
				return errProto
			}
			for i := range size {
				v.number |= uint64(s[i]) << (8 * i)
			}
			s = s[size:]
		case 2:
			size, n := uvarint(s)
			if n <= 0 || size > uint64(len(s)-n) {
				return errProto
			}
			v.bytes = s[n : n+int(size)]
			s = s[n+int(size):]
		default:
			return errProto
		}
		if err := f(int(key>>3), v); err != nil {
			return err
		}
	}
	return nil
}

// uvarint is binary.Uvarint for strings: n is 0 or less when s holds no number.
func uvarint(s string) (x uint64, n int) {
	for i := 0; i < len(s) && i < 10; i++ {
		b := s[i]
		if b < 0x80 {
			if i == 9 && b > 1 {
				return 0, -1
			}
			return x | uint64(b)<<(7*i), i + 1
		}
		x |= uint64(b&0x7f) << (7 * i)
	}
	return 0, 0
}
