//go:build !(linux || darwin || freebsd || netbsd || openbsd || dragonfly)

package kernel

import "errors"

func mapWeights(int) ([]int8, func([]int8), error) { return nil, nil, errors.ErrUnsupported }
