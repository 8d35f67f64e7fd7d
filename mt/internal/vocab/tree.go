package vocab

// A tree finds the pieces that a text begins with. It is a trie over bytes whose edges lie in one hash table: an edge is found
// by its parent and its byte, a walk ends at the first edge that is missing.
type tree struct {
	edges []edge // open addressing, a power of two long
	mask  uint32
	used  int
	ids   []int32 // of each node, -1 where no piece ends
}

type edge struct {
	key   uint32 // parent<<8 | byte, plus one, so that 0 is free
	child uint32
}

// newTree makes a tree for pieces of so many bytes in all: many share their beginnings, so a third as many nodes is a good guess.
func newTree(bytes int) *tree {
	size := 1024
	for size < bytes/2 {
		size *= 2
	}
	return &tree{edges: make([]edge, size), mask: uint32(size - 1), ids: append(make([]int32, 0, bytes/3+1), -1)}
}

// add enters a piece. Of two with the same text the later one wins, as in a map.
func (t *tree) add(text string, id int) {
	node := uint32(0)
	for i := 0; i < len(text); i++ {
		if 4*t.used >= 3*len(t.edges) {
			t.grow()
		}
		key := node<<8 | uint32(text[i]) + 1
		at := t.slot(key)
		if t.edges[at].key == 0 {
			t.edges[at] = edge{key, uint32(len(t.ids))}
			t.ids = append(t.ids, -1)
			t.used++
		}
		node = t.edges[at].child
	}
	t.ids[node] = int32(id)
}

// step follows the edge of byte b; 0, which is nobody's child, says that there is none.
func (t *tree) step(node uint32, b byte) uint32 {
	e := t.edges[t.slot(node<<8|uint32(b)+1)]
	return e.child
}

// slot returns the place of the key, or the free place where it belongs.
func (t *tree) slot(key uint32) uint32 {
	at := key * 0x9E3779B1 >> 7 & t.mask
	for t.edges[at].key != 0 && t.edges[at].key != key {
		at = (at + 1) & t.mask
	}
	return at
}

func (t *tree) grow() {
	old := t.edges
	t.edges = make([]edge, 2*len(old))
	t.mask = uint32(len(t.edges) - 1)
	for _, e := range old {
		if e.key != 0 {
			t.edges[t.slot(e.key)] = e
		}
	}
}

// longest returns the length of the longest piece that text[from:] begins with, 0 for none.
func (t *tree) longest(text string, from int) int {
	best := 0
	node := uint32(0)
	for i := from; i < len(text); i++ {
		if node = t.step(node, text[i]); node == 0 {
			break
		}
		if t.ids[node] >= 0 {
			best = i + 1 - from
		}
	}
	return best
}
