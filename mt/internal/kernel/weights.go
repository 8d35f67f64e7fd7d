package kernel

import (
	"encoding/binary"
	"runtime"
	"unsafe"
)

// apart is the size from which weights are kept out of the garbage collector's heap.
const apart = 1 << 16

// weights returns n zeros for m.packed. Those of a model are kept out of the garbage collector's heap: counted there, they would let as
// much garbage again grow beside them before it is collected. They are given back when m is collected.
func (m *Matrix) weights(n int) []int8 {
	if cap(m.packed) >= n { // of a matrix that Select made before
		w := m.packed[:n]
		clear(w)
		return w
	}
	if !m.lasting || n < apart {
		return make([]int8, n)
	}
	w, free, err := mapWeights(n)
	if err != nil {
		return make([]int8, n)
	}
	runtime.AddCleanup(m, func(w []int8) { free(w) }, w)
	return w
}

// bytesOf is w as bytes, in the same memory.
func bytesOf(w []int8) []byte {
	if len(w) == 0 {
		return nil
	}
	return unsafe.Slice((*byte)(unsafe.Pointer(&w[0])), len(w))
}

// sumOf adds up weights, eight at a time, and says whether one of them is -128. It sees every weight of a model while that is opened.
//
// With 128 added the weights are unsigned bytes, of which -128 is 0; the even and the odd ones are added in lanes of 16 bits, which
// hold 128 such steps.
func sumOf(w []int8) (sum int32, lowest bool) {
	const tops, ones, even = 0x8080808080808080, 0x0101010101010101, 0x00ff00ff00ff00ff
	b := bytesOf(w)
	zeros := uint64(0)
	for len(b) >= 8 {
		lanes := uint64(0)
		for range min(128, len(b)/8) {
			x := binary.LittleEndian.Uint64(b) ^ tops
			zeros |= (x - ones) &^ x
			lanes += x&even + x>>8&even
			b = b[8:]
		}
		sum += int32(lanes&0xffff + lanes>>16&0xffff + lanes>>32&0xffff + lanes>>48)
	}
	sum -= 128 * int32(len(w)-len(b))
	for _, x := range b {
		sum += int32(int8(x))
		if x == 0x80 {
			return 0, true
		}
	}
	return sum, zeros&tops != 0
}
