//go:build !(linux || darwin || freebsd || netbsd || openbsd || dragonfly)

package format

import (
	"errors"
	"os"
)

func mapFile(*os.File, int) ([]byte, error) { return nil, errors.ErrUnsupported }

func unmapFile([]byte) error { return nil }

func forgetFile([]byte) {}
