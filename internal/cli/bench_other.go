//go:build !(linux || darwin || freebsd || netbsd || openbsd)

package cli

// Here the system does not tell, or not in this way: bench prints 0.
func cpuSeconds() float64 { return 0 }

func peakRSS() float64 { return 0 }
