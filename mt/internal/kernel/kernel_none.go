//go:build purego || !amd64

package kernel

func machineSets() []*set { return nil }
