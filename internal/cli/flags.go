package cli

import (
	"errors"
	"flag"
	"io"
	"strconv"
	"strings"
)

// errHelp says that --help stood among the flags.
var errHelp = errors.New("help")

// flags are a command's flags. They may stand before, between and after its arguments.
type flags struct{ *flag.FlagSet }

func newFlags(name string) *flags {
	fs := flag.NewFlagSet(name, flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	fs.Usage = func() {}
	return &flags{fs}
}

// parse reads args and returns what is no flag. After "--" nothing is one.
func (fs *flags) parse(args []string) (rest []string, err error) {
	for {
		err := fs.Parse(args)
		if errors.Is(err, flag.ErrHelp) {
			return nil, errHelp
		}
		if err != nil {
			return nil, errors.New(strings.Replace(err.Error(), "provided but not defined: -", "there is no flag --", 1))
		}
		left := fs.Args()
		if len(left) == 0 {
			return rest, nil
		}
		if n := len(args) - len(left); n > 0 && args[n-1] == "--" {
			return append(rest, left...), nil
		}
		rest, args = append(rest, left[0]), left[1:]
	}
}

// A list is a flag that may be given several times.
type list []string

func (l *list) String() string     { return strings.Join(*l, ", ") }
func (l *list) Set(s string) error { *l = append(*l, s); return nil }

// count holds the number of arguments a command takes; most < 0 sets no upper bound.
func count(args []string, least, most int, what string) error {
	switch {
	case len(args) < least:
		return usagef("%s is missing", what)
	case most >= 0 && len(args) > most:
		return usagef("%s is too many: only %s can stand here", strconv.Quote(args[most]), what)
	}
	return nil
}

// commas parts a list that is written with commas; nil for an empty one.
func commas(s string) []string {
	var out []string
	for x := range strings.SplitSeq(s, ",") {
		if x = strings.TrimSpace(x); x != "" {
			out = append(out, x)
		}
	}
	return out
}
