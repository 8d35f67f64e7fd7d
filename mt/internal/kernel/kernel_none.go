//go:build purego || (!amd64 && !arm64)

package kernel

func machineSets() []*set { return nil }
