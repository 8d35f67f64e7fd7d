package kernel

import "os"

// sets are the kernels that this machine can run, the fastest first; the twins are the last.
var sets = append(machineSets(), &portable)

func init() {
	use = choose(os.Getenv("DRAGOMAN_KERNEL"))
}

// choose returns the fastest set that agrees with the twins, or the one that is asked for by name if it is there and agrees.
func choose(name string) *set {
	for _, s := range sets {
		if (name == "" || s.name == name) && (s == &portable || agrees(s)) {
			return s
		}
	}
	if name != "" {
		return choose("")
	}
	return &portable
}
