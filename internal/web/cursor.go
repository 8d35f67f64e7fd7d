package web

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/news"
)

// Cursor reads a place in a list, "TIME-IDENTIFIER" with the time in milliseconds. An empty one is the beginning: the end of time and no
// identifier. It is news.ErrNotFound if it is no such place.
func Cursor(s string) (at int64, id string, err error) {
	if s == "" {
		return math.MaxInt64, "", nil
	}
	ms, id, ok := strings.Cut(s, "-")
	at, err = strconv.ParseInt(ms, 10, 64)
	if !ok || err != nil || len(id) > 64 {
		return 0, "", fmt.Errorf("place %.40q in the list: %w", s, news.ErrNotFound)
	}
	return at, id, nil
}
