//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package kernel

import (
	"unsafe"

	"golang.org/x/sys/unix"
)

func mapWeights(n int) (w []int8, free func([]int8), err error) {
	b, err := unix.Mmap(-1, 0, n, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_ANON|unix.MAP_PRIVATE)
	if err != nil {
		return nil, nil, err
	}
	return unsafe.Slice((*int8)(unsafe.Pointer(&b[0])), n), unmapWeights, nil
}

// unmapWeights can only fail for a range that was never mapped.
func unmapWeights(w []int8) {
	_ = unix.Munmap(unsafe.Slice((*byte)(unsafe.Pointer(&w[0])), len(w)))
}
