// Package format reads the files of a translation model: Marian's binary weights, its settings, and the lexical shortlist.
//
// It promises that whatever the bytes are, the answer is a value whose every size was checked, or an error that names what is
// wrong and where. Plain files are mapped, not copied; .gz and .zst are unpacked up to a fixed limit. It knows no arithmetic.
package format

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// maxFile is the largest file read, after unpacking. The largest published model has 60 MB.
const maxFile = 512 << 20

// A File is the unpacked content of a file. Bytes stay valid until Close.
type File struct {
	Bytes  []byte
	mapped bool
}

// OpenFile reads the file at path. A name that ends in .gz or .zst is unpacked; any other file is mapped where the system can.
// A mapped file must not be shortened while it is open: replace it by renaming another over it.
func OpenFile(path string) (*File, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	switch {
	case strings.HasSuffix(path, ".gz"):
		return unpackGzip(f, path)
	case strings.HasSuffix(path, ".zst"):
		return unpackZstd(f, path)
	}
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s: not a regular file", path)
	}
	if info.Size() > maxFile {
		return nil, fmt.Errorf("%s: %d bytes, more than the %d that a model's file may have", path, info.Size(), maxFile)
	}
	if info.Size() == 0 {
		return &File{}, nil
	}
	b, err := mapFile(f, int(info.Size()))
	if err == nil {
		return &File{Bytes: b, mapped: true}, nil
	}
	if !errors.Is(err, errors.ErrUnsupported) {
		return nil, fmt.Errorf("mapping %s: %w", path, err)
	}
	return readAll(f, path)
}

// Close gives the memory back. Bytes may not be used afterwards.
func (f *File) Close() error {
	b := f.Bytes
	f.Bytes = nil
	if !f.mapped || b == nil {
		return nil
	}
	return unmapFile(b)
}

// Forget tells the system that the pages read so far need not stay in memory. They are read again when asked for.
func (f *File) Forget() {
	if f.mapped {
		forgetFile(f.Bytes)
	}
}

func unpackGzip(r io.Reader, path string) (*File, error) {
	z, err := gzip.NewReader(r)
	if err != nil {
		return nil, fmt.Errorf("unpacking %s: %w", path, err)
	}
	return readAll(z, path)
}

func unpackZstd(r io.Reader, path string) (*File, error) {
	z, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxFile))
	if err != nil {
		return nil, fmt.Errorf("unpacking %s: %w", path, err)
	}
	defer z.Close()
	return readAll(z, path)
}

func readAll(r io.Reader, path string) (*File, error) {
	b, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", path, err)
	}
	if len(b) > maxFile {
		return nil, fmt.Errorf("%s: more than the %d bytes that a model's file may have", path, maxFile)
	}
	return &File{Bytes: b}, nil
}
