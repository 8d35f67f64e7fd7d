package support

import (
	"fmt"
	"regexp"
	"strconv"
	"testing"
)

// What ISO/IEC 18004 says of error correction M in versions 1 to 13: the bytes of correction in a block, and how many blocks hold how many bytes of data.
var blocksM = [...]struct{ correction, n1, data1, n2, data2 int }{
	{},
	{10, 1, 16, 0, 0},
	{16, 1, 28, 0, 0},
	{26, 1, 44, 0, 0},
	{18, 2, 32, 0, 0},
	{24, 2, 43, 0, 0},
	{16, 4, 27, 0, 0},
	{18, 4, 31, 0, 0},
	{22, 2, 38, 2, 39},
	{22, 3, 36, 2, 37},
	{26, 4, 43, 1, 44},
	{30, 1, 50, 4, 51},
	{22, 6, 36, 2, 37},
	{22, 8, 37, 1, 38},
}

// The centres of the alignment patterns.
var centres = [...][]int{
	nil, nil, {6, 18}, {6, 22}, {6, 26}, {6, 30}, {6, 34}, {6, 22, 38}, {6, 24, 42}, {6, 26, 46}, {6, 28, 50}, {6, 30, 54}, {6, 32, 58}, {6, 34, 62},
}

var strip = regexp.MustCompile(`M(\d+) (\d+)h(\d+)v1h-(\d+)z`)

// squares draws the outline of a code, without its quiet zone.
func squares(t *testing.T, c Code) [][]bool {
	t.Helper()
	n := c.Size - 2*quiet
	black := make([][]bool, n)
	for y := range black {
		black[y] = make([]bool, n)
	}
	length := 0
	for _, m := range strip.FindAllStringSubmatch(c.Outline, -1) {
		length += len(m[0])
		var v [4]int
		for i := range v {
			v[i], _ = strconv.Atoi(m[i+1])
		}
		if v[2] != v[3] {
			t.Fatalf("the strip %s does not close", m[0])
		}
		for x := v[0]; x < v[0]+v[2]; x++ {
			black[v[1]-quiet][x-quiet] = true
		}
	}
	if length != len(c.Outline) {
		t.Fatalf("the outline holds something else: %.80s", c.Outline)
	}
	return black
}

// decode reads a code as a bank's app does, but for the correction of errors: there are none. It knows nothing of the encoder.
func decode(t *testing.T, c Code) string {
	t.Helper()
	black := squares(t, c)
	n := len(black)
	version := (n - 17) / 4
	if n != version*4+17 || version < 1 || version > 13 {
		t.Fatalf("%d squares on a side", n)
	}
	format := 0
	for _, at := range [][2]int{{0, 8}, {1, 8}, {2, 8}, {3, 8}, {4, 8}, {5, 8}, {7, 8}, {8, 8}, {8, 7}, {8, 5}, {8, 4}, {8, 3}, {8, 2}, {8, 1}, {8, 0}} {
		format <<= 1
		if black[at[1]][at[0]] {
			format |= 1
		}
	}
	format ^= 0x5412
	if level := format >> 13; level != 0 {
		t.Fatalf("error correction %d, not M", level)
	}
	mask := format >> 10 & 7

	fixed := fixedSquares(n, version)
	var bits []bool
	up := true
	for right := n - 1; right > 0; right -= 2 {
		if right == 6 {
			right--
		}
		for i := range n {
			y := i
			if up {
				y = n - 1 - i
			}
			for x := right; x >= right-1; x-- {
				if !fixed[y][x] {
					bits = append(bits, black[y][x] != masked(mask, x, y))
				}
			}
		}
		up = !up
	}
	var raw []byte
	for i := 0; i+8 <= len(bits); i += 8 {
		var b byte
		for _, bit := range bits[i : i+8] {
			b <<= 1
			if bit {
				b |= 1
			}
		}
		raw = append(raw, b)
	}
	return text(t, version, deal(version, raw))
}

func fixedSquares(n, version int) [][]bool {
	fixed := make([][]bool, n)
	for y := range fixed {
		fixed[y] = make([]bool, n)
		for x := range fixed[y] {
			fixed[y][x] = x == 6 || y == 6 || x < 9 && y < 9 || x < 9 && y >= n-8 || x >= n-8 && y < 9 ||
				version >= 7 && (x < 6 && y >= n-11 || y < 6 && x >= n-11)
		}
	}
	for _, cy := range centres[version] {
		for _, cx := range centres[version] {
			if cx == 6 && cy == 6 || cx == 6 && cy == n-7 || cx == n-7 && cy == 6 {
				continue // a finder stands there
			}
			for y := cy - 2; y <= cy+2; y++ {
				for x := cx - 2; x <= cx+2; x++ {
					fixed[y][x] = true
				}
			}
		}
	}
	return fixed
}

func masked(mask, x, y int) bool {
	switch mask {
	case 0:
		return (x+y)%2 == 0
	case 1:
		return y%2 == 0
	case 2:
		return x%3 == 0
	case 3:
		return (x+y)%3 == 0
	case 4:
		return (y/2+x/3)%2 == 0
	case 5:
		return x*y%2+x*y%3 == 0
	case 6:
		return (x*y%2+x*y%3)%2 == 0
	}
	return ((x+y)%2+x*y%3)%2 == 0
}

// deal puts the data of the blocks one behind the other; in the code they are interleaved.
func deal(version int, raw []byte) []byte {
	b := blocksM[version]
	blocks := make([][]byte, b.n1+b.n2)
	i := 0
	for k := range max(b.data1, b.data2) {
		for j := range blocks {
			if j < b.n1 && k >= b.data1 {
				continue
			}
			blocks[j] = append(blocks[j], raw[i])
			i++
		}
	}
	var data []byte
	for _, block := range blocks {
		data = append(data, block...)
	}
	return data
}

// text reads the one segment of a code: bytes, and nothing behind them but padding.
func text(t *testing.T, version int, data []byte) string {
	t.Helper()
	at := 0
	take := func(n int) int {
		v := 0
		for range n {
			v = v<<1 | int(data[at/8]>>(7-at%8)&1)
			at++
		}
		return v
	}
	if mode := take(4); mode != 4 {
		t.Fatalf("mode %d, not bytes", mode)
	}
	size := 8
	if version > 9 {
		size = 16
	}
	s := make([]byte, take(size))
	for i := range s {
		s[i] = byte(take(8))
	}
	if at+4 <= len(data)*8 {
		if end := take(4); end != 0 {
			t.Fatalf("something follows: %s", fmt.Sprint(end))
		}
	}
	return string(s)
}
