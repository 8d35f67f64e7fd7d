package main

import (
	"bytes"
	"testing"

	"github.com/mmcloughlin/avo/reg"
)

// The bytes are those of binutils for {vex} vpdpbusd. No machine of ours may have the instruction, so its spelling is held here.
func TestVPDPBUSDInBytes(t *testing.T) {
	for _, c := range []struct {
		name                  string
		signed, unsigned, sum reg.VecPhysical
		want                  []byte
	}{
		{"low registers", reg.Y2, reg.Y1, reg.Y0, []byte{0xc4, 0xe2, 0x75, 0x50, 0xc2}},
		{"high sources", reg.Y10, reg.Y8, reg.Y0, []byte{0xc4, 0xc2, 0x3d, 0x50, 0xc2}},
		{"high sum", reg.Y3, reg.Y9, reg.Y15, []byte{0xc4, 0x62, 0x35, 0x50, 0xfb}},
		{"all high", reg.Y13, reg.Y9, reg.Y12, []byte{0xc4, 0x42, 0x35, 0x50, 0xe5}},
	} {
		if got := vpdpbusd(c.signed, c.unsigned, c.sum); !bytes.Equal(got, c.want) {
			t.Errorf("%s: % x, want % x", c.name, got, c.want)
		}
	}
}
