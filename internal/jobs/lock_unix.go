//go:build unix

package jobs

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// lockFile locks a file with flock(2): the kernel lets it go when the process ends.
func lockFile(path string) (release func() error, err error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock the database: %w", err)
	}
	if err := flock(f); err != nil {
		text, _ := io.ReadAll(io.LimitReader(f, 32))
		err = errors.Join(err, f.Close())
		if errors.Is(err, unix.EWOULDBLOCK) {
			return nil, fmt.Errorf("%w (process %s holds %s): end it first, or leave the work to it", ErrWorking, strings.TrimSpace(string(text)), path)
		}
		return nil, fmt.Errorf("lock the database %s: %w", path, err)
	}
	// The number is for people; nothing reads it but the message above.
	if err := f.Truncate(0); err == nil {
		_, _ = f.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
	}
	return f.Close, nil
}

// flock tries for a moment: a process that was just killed lets its lock go as it is taken down.
func flock(f *os.File) error {
	var err error
	for range 10 {
		if err = unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); !errors.Is(err, unix.EWOULDBLOCK) {
			return err
		}
		time.Sleep(20 * time.Millisecond)
	}
	return err
}
