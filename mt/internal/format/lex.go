package format

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// lexMagic opens a binary shortlist (Marian's data/shortlist.h).
const lexMagic = 0xF11A48D5013417F5

// ErrNotShortlist says that the bytes are no binary shortlist.
var ErrNotShortlist = errors.New("not a binary shortlist")

// A Shortlist says for every source id which target ids it is likely to become.
type Shortlist struct {
	First   int // the target ids below it are always likely
	Words   int // source ids it knows: 0 to Words-1
	offsets []byte
	lists   []byte
}

// ParseShortlist reads a binary shortlist for a model of so many source and target pieces, and checks its sum, its order and
// every id. It shares b's memory.
//
//	u64 magic, checksum, first, best, offsets, entries
//	u64 × offsets, u32 × entries
func ParseShortlist(b []byte, sourceVocab, targetVocab int) (*Shortlist, error) {
	r := &reader{b: b}
	magic, sum, first, _, offsets, entries := r.u64(), r.u64(), r.u64(), r.u64(), r.u64(), r.u64()
	if r.err != nil || magic != lexMagic {
		return nil, ErrNotShortlist
	}
	if offsets > maxSide || entries > maxFile/4 || 8*offsets+4*entries != uint64(len(r.b)) {
		return nil, fmt.Errorf("shortlist of %d offsets and %d entries in %d bytes", offsets, entries, len(b))
	}
	if offsets != uint64(sourceVocab)+1 {
		return nil, fmt.Errorf("shortlist for %d source pieces, the model has %d", int64(offsets)-1, sourceVocab)
	}
	if first > uint64(targetVocab) {
		return nil, fmt.Errorf("shortlist with %d frequent pieces, the model has %d", first, targetVocab)
	}
	if whole, padded := lexSum(b[16:]); whole != sum && padded != sum {
		return nil, fmt.Errorf("shortlist: checksum %016x, its head says %016x", whole, sum)
	}
	s := &Shortlist{First: int(first), Words: sourceVocab, offsets: r.next(8 * offsets), lists: r.next(4 * entries)}
	last := uint64(0)
	for i := range offsets {
		o := binary.LittleEndian.Uint64(s.offsets[8*i:])
		if o < last || o > entries {
			return nil, fmt.Errorf("shortlist: offset %d of source piece %d comes after %d and ends at %d", o, i, last, entries)
		}
		last = o
	}
	if last != entries {
		return nil, fmt.Errorf("shortlist: its lists end at %d of %d entries", last, entries)
	}
	for i := range entries {
		if id := binary.LittleEndian.Uint32(s.lists[4*i:]); id >= uint32(targetVocab) {
			return nil, fmt.Errorf("shortlist: target piece %d, the model has %d", id, targetVocab)
		}
	}
	return s, nil
}

// Add marks in used (one element per target id) what a source id may become.
func (s *Shortlist) Add(used []bool, source int) {
	if source < 0 || source >= s.Words {
		return
	}
	from := binary.LittleEndian.Uint64(s.offsets[8*source:])
	to := binary.LittleEndian.Uint64(s.offsets[8*source+8:])
	for i := from; i < to; i++ {
		used[binary.LittleEndian.Uint32(s.lists[4*i:])] = true
	}
}

// lexSum gives the file's own checksum over its whole 64-bit words, and the same with a last half word filled with zeros.
// Published files (en-pt, pt-en, en-ru) leave a last half word out; other writers count it. Where there is none the two are equal.
func lexSum(b []byte) (whole, padded uint64) {
	h := uint64(0)
	for ; len(b) >= 8; b = b[8:] {
		h = lexMix(h, binary.LittleEndian.Uint64(b))
	}
	if len(b) < 4 {
		return h, h
	}
	return h, lexMix(h, uint64(binary.LittleEndian.Uint32(b)))
}

func lexMix(h, v uint64) uint64 {
	return h ^ (v + 0x9e3779b9 + h<<6 + h>>2)
}
