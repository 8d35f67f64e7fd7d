package vocab

import (
	"encoding/binary"
	"errors"
	"strings"
)

// A charsMap rewrites characters before a text is cut: a double array (darts-clone) over UTF-8 bytes, whose values are places
// in a list of NUL-terminated replacements.
//
// Of a unit u: bit 31 and the low byte are the label that leads to it, bit 8 says that a value follows, bits 10 up are the
// distance to its children, times 256 where bit 9 is set; a value is the low 31 bits.
type charsMap struct {
	units        []uint32
	replacements string
}

func parseCharsMap(s string) (*charsMap, error) {
	if len(s) < 4 {
		return nil, errors.New("normaliser table is cut short")
	}
	size := int(s[0]) | int(s[1])<<8 | int(s[2])<<16 | int(s[3])<<24
	if size <= 0 || size%4 != 0 || size > len(s)-4 {
		return nil, errors.New("normaliser table is cut short")
	}
	c := &charsMap{units: make([]uint32, size/4), replacements: s[4+size:]}
	raw := []byte(s[4 : 4+size])
	for i := range c.units {
		c.units[i] = binary.LittleEndian.Uint32(raw[4*i:])
	}
	if c.replacements != "" && c.replacements[len(c.replacements)-1] != 0 {
		return nil, errors.New("normaliser table: the last replacement has no end")
	}
	return c, nil
}

func unitOffset(u uint32) uint32 { return (u >> 10) << ((u & 0x200) >> 6) }

// longest returns the longest rule that s begins with: how many bytes it takes and what it puts there.
func (c *charsMap) longest(s string) (replacement string, n int) {
	node := unitOffset(c.units[0])
	for i := 0; i < len(s); i++ {
		node ^= uint32(s[i])
		if node >= uint32(len(c.units)) {
			break
		}
		u := c.units[node]
		if u&0x800000ff != uint32(s[i]) {
			break
		}
		node ^= unitOffset(u)
		if node >= uint32(len(c.units)) {
			break
		}
		if u>>8&1 == 0 {
			continue
		}
		if at := int(c.units[node] & 0x7fffffff); at < len(c.replacements) {
			end := strings.IndexByte(c.replacements[at:], 0)
			replacement, n = c.replacements[at:at+end], i+1
		}
	}
	return replacement, n
}
