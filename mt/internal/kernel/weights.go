package kernel

import "runtime"

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
