//go:build linux || darwin || freebsd || netbsd || openbsd

package cli

import (
	"runtime"

	"golang.org/x/sys/unix"
)

// cpuSeconds is the processor time that this process used so far, over all its threads.
func cpuSeconds() float64 {
	u := usage()
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1e9
}

// peakRSS is the most memory that this process ever had resident, in bytes.
func peakRSS() float64 {
	if runtime.GOOS == "darwin" {
		return float64(usage().Maxrss) // bytes there, kilobytes elsewhere
	}
	return float64(usage().Maxrss) * 1024
}

func usage() unix.Rusage {
	var u unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &u); err != nil {
		return unix.Rusage{}
	}
	return u
}
