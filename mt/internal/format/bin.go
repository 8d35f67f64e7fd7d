package format

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"unsafe"
)

// Types of an item: its class and the size of its elements, as Marian's common/types.h combines them.
const (
	typeInt8     = 0x0101
	typeFloat32  = 0x0404
	typeIntgemm8 = 0x4101
)

// typeNames are the types that occur in files of other engines or machines, to refuse them by name.
var typeNames = map[uint64]string{
	0x0102: "int16", 0x0104: "int32", 0x0108: "int64", 0x0201: "uint8", 0x0202: "uint16", 0x0204: "uint32", 0x0208: "uint64",
	0x0402: "float16", 0x0408: "float64", 0x0802: "packed16", 0x0801: "packed8", 0x1801: "packed8avx2", 0x2801: "packed8avx512",
	0x4102: "intgemm16", 0x5101: "intgemm8avx2", 0x6101: "intgemm8avx512", 0x5102: "intgemm16avx2", 0x6102: "intgemm16avx512",
}

// What a file may hold at most. The largest published one has 300 items, names of 40 bytes and 64,000 pieces.
const (
	maxItems = 8192
	maxName  = 256
	maxDims  = 8
	maxSide  = 1 << 22
)

// ErrNotMarian says that the bytes are no Marian binary model of version 1.
var ErrNotMarian = errors.New("not a Marian binary model of version 1")

// A Matrix is a weight matrix as the file keeps it: Rows rows of Cols int8 values, where real = value / Mult.
// Every matrix comes as "one row per output": N rows of K, the embeddings as V rows of d.
type Matrix struct {
	Rows, Cols int
	Values     []int8 // of the file, never to be written
	Mult       float32
}

// Weights are the items of a model file, looked up by name.
type Weights struct {
	Config Config
	items  map[string]item
}

type item struct {
	kind  uint64
	shape []int
	data  []byte
}

// ParseWeights reads a Marian binary file (version 1, common/binary.cpp). The matrices share b's memory.
//
//	u64 version, u64 count
//	count × { u64 length of the name with its NUL, u64 type, u64 dimensions, u64 bytes }
//	names, shapes (i32 each), u64 gap, gap bytes, data of the items back to back
func ParseWeights(b []byte) (*Weights, error) {
	r := &reader{b: b}
	version, count := r.u64(), r.u64()
	if r.err != nil || version != 1 {
		return nil, ErrNotMarian
	}
	if count > maxItems {
		return nil, fmt.Errorf("%d items, more than %d", count, maxItems)
	}
	type head struct{ name, kind, dims, size uint64 }
	heads := make([]head, count)
	for i := range heads {
		heads[i] = head{r.u64(), r.u64(), r.u64(), r.u64()}
		if r.err != nil {
			return nil, fmt.Errorf("the file ends in the list of its items (%d of %d)", i, count)
		}
		if heads[i].name < 1 || heads[i].name > maxName || heads[i].dims > maxDims {
			return nil, fmt.Errorf("item %d has a name of %d bytes and %d dimensions", i, heads[i].name, heads[i].dims)
		}
	}
	names := make([]string, count)
	for i, h := range heads {
		s := r.next(h.name)
		if r.err != nil {
			return nil, fmt.Errorf("the file ends in the names of its items (%d of %d)", i, count)
		}
		if s[len(s)-1] != 0 {
			return nil, fmt.Errorf("the name of item %d does not end in NUL", i)
		}
		names[i] = string(s[:len(s)-1])
	}
	w := &Weights{items: make(map[string]item, count)}
	shapes := make([][]int, count)
	for i, h := range heads {
		for range h.dims {
			n := int(int32(r.u32()))
			if n < 0 || n > maxSide {
				return nil, fmt.Errorf("%s: a side of %d", names[i], n)
			}
			shapes[i] = append(shapes[i], n)
		}
	}
	r.next(r.u64()) // the gap
	if r.err != nil {
		return nil, errors.New("the file ends before its data")
	}
	for i, h := range heads {
		data := r.next(h.size)
		if r.err != nil {
			return nil, fmt.Errorf("%s: the file ends inside it", names[i])
		}
		if err := checkItem(names[i], h.kind, shapes[i], data); err != nil {
			return nil, err
		}
		if _, twice := w.items[names[i]]; twice {
			return nil, fmt.Errorf("%s: the file holds it twice", names[i])
		}
		w.items[names[i]] = item{h.kind, shapes[i], data}
	}
	yml, ok := w.items["special:model.yml"]
	if !ok {
		return nil, errors.New("special:model.yml: the file has no settings")
	}
	var err error
	w.Config, err = parseConfig(yml.data)
	return w, err
}

// checkItem sees to it that the type is known and that the data holds what the shape promises.
func checkItem(name string, kind uint64, shape []int, data []byte) error {
	n := uint64(1)
	for _, side := range shape {
		n *= uint64(side)
		if n > maxFile {
			return fmt.Errorf("%s: shape %v is larger than any file", name, shape)
		}
	}
	var need uint64
	switch kind {
	case typeInt8:
		need = n
	case typeFloat32:
		need = 4 * n
	case typeIntgemm8:
		need = n + 4
	default:
		if known, ok := typeNames[kind]; ok {
			return fmt.Errorf("%s: type %s (0x%04x), which this engine does not read; it reads intgemm8 and float32", name, known, kind)
		}
		return fmt.Errorf("%s: unknown type 0x%04x", name, kind)
	}
	if uint64(len(data)) < need {
		return fmt.Errorf("%s: shape %v needs %d bytes, the file has %d", name, shape, need, len(data))
	}
	return nil
}

// Has says whether the file has an item of that name.
func (w *Weights) Has(name string) bool {
	_, ok := w.items[name]
	return ok
}

// Embeddings returns a matrix that the file keeps as it is used: [V, d] is V rows of d.
func (w *Weights) Embeddings(name string) (Matrix, error) {
	return w.matrix(name, false)
}

// Product returns a matrix declared [K, N], which the file keeps transposed: N rows of K.
func (w *Weights) Product(name string) (Matrix, error) {
	return w.matrix(name, true)
}

func (w *Weights) matrix(name string, transposed bool) (Matrix, error) {
	it, ok := w.items[name]
	if !ok {
		return Matrix{}, fmt.Errorf("%s: the model lacks it", name)
	}
	if it.kind != typeIntgemm8 {
		return Matrix{}, fmt.Errorf("%s: not quantised (type 0x%04x); this engine needs an .intgemm.alphas.bin file", name, it.kind)
	}
	if len(it.shape) != 2 || it.shape[0] == 0 || it.shape[1] == 0 {
		return Matrix{}, fmt.Errorf("%s: shape %v is no matrix", name, it.shape)
	}
	rows, cols := it.shape[0], it.shape[1]
	if transposed {
		rows, cols = cols, rows
	}
	n := rows * cols
	m := Matrix{Rows: rows, Cols: cols, Values: unsafe.Slice((*int8)(unsafe.Pointer(&it.data[0])), n)}
	m.Mult = math.Float32frombits(binary.LittleEndian.Uint32(it.data[n:]))
	if !usable(m.Mult) {
		return Matrix{}, fmt.Errorf("%s: multiplier %v", name, m.Mult)
	}
	return m, nil
}

// Floats returns a copy of the n values of a float32 item, whatever sides of 1 its shape has.
func (w *Weights) Floats(name string, n int) ([]float32, error) {
	it, ok := w.items[name]
	if !ok {
		return nil, fmt.Errorf("%s: the model lacks it", name)
	}
	if it.kind != typeFloat32 {
		return nil, fmt.Errorf("%s: type 0x%04x where float32 is needed", name, it.kind)
	}
	count := 1
	for _, side := range it.shape {
		count *= side
	}
	if count != n {
		return nil, fmt.Errorf("%s: shape %v where %d values are needed", name, it.shape, n)
	}
	out := make([]float32, n)
	for i := range out {
		out[i] = math.Float32frombits(binary.LittleEndian.Uint32(it.data[4*i:]))
		if x := float64(out[i]); math.IsNaN(x) || math.IsInf(x, 0) {
			return nil, fmt.Errorf("%s: value %d is %v", name, i, x)
		}
	}
	return out, nil
}

// Alpha returns the multiplier of the activations that meet a matrix: the item name_QuantMultA (extract_stats.py writes it).
// The conversion to int8 quantises items whose name holds "Wemb" whatever they are, so there it is 127 / the multiplier of
// a single int8 value of 127.
func (w *Weights) Alpha(name string) (float32, error) {
	name += "_QuantMultA"
	it, ok := w.items[name]
	if !ok {
		return 0, fmt.Errorf("%s: the model lacks it; this engine needs an .alphas.bin file", name)
	}
	var a float32
	if it.kind == typeIntgemm8 && len(it.data) >= 5 {
		mult := math.Float32frombits(binary.LittleEndian.Uint32(it.data[1:]))
		a = float32(int8(it.data[0])) / mult
	} else {
		v, err := w.Floats(name, 1)
		if err != nil {
			return 0, err
		}
		a = v[0]
	}
	if !usable(a) {
		return 0, fmt.Errorf("%s: multiplier %v", name, a)
	}
	return a, nil
}

// usable says whether x can scale: positive and finite, far from where float32 loses digits.
func usable(x float32) bool {
	return x > 1e-20 && x < 1e20
}

// reader takes little-endian numbers off a slice; after the first shortage it gives zeros and keeps err.
type reader struct {
	b   []byte
	err error
}

func (r *reader) next(n uint64) []byte {
	if r.err != nil || n > uint64(len(r.b)) {
		r.err = errors.New("short")
		return nil
	}
	out := r.b[:n]
	r.b = r.b[n:]
	return out
}

func (r *reader) u64() uint64 {
	if b := r.next(8); b != nil {
		return binary.LittleEndian.Uint64(b)
	}
	return 0
}

func (r *reader) u32() uint32 {
	if b := r.next(4); b != nil {
		return binary.LittleEndian.Uint32(b)
	}
	return 0
}
