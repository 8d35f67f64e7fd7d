//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package format

import (
	"os"

	"golang.org/x/sys/unix"
)

func mapFile(f *os.File, size int) ([]byte, error) {
	return unix.Mmap(int(f.Fd()), 0, size, unix.PROT_READ, unix.MAP_PRIVATE)
}

func unmapFile(b []byte) error { return unix.Munmap(b) }

// forgetFile is advice: where it is not taken the pages stay, which costs memory and nothing else.
func forgetFile(b []byte) { _ = unix.Madvise(b, unix.MADV_DONTNEED) }
