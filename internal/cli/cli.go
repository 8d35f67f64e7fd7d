// Package cli is the command line: flags, signals, wiring. It is the only room that sees all others.
//
// Two families of commands share it. The newsroom commands work on the store of a data folder and call one verb each; the
// text commands are filters that know nothing of a store. Results go to standard output; progress and the one line of an
// error to standard error. The exit code is 0 for done, 1 for failed, 2 for wrong usage. Only this package reads the
// configuration; every other room gets its own few values from here.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"sync"
	"syscall"

	"golang.org/x/term"

	"github.com/dragoman-newsroom/dragoman/internal/models"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/mt"
)

// Main runs the command that args name, without the program's own name, and returns the exit code.
func Main(args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	a := &app{in: os.Stdin, out: os.Stdout, err: os.Stderr, getenv: os.Getenv}
	if f, ok := a.err.(*os.File); ok {
		a.bar = term.IsTerminal(int(f.Fd()))
	}
	return a.run(ctx, args)
}

// An app is what one run of the program works with.
type app struct {
	in     io.Reader
	out    io.Writer // results
	err    io.Writer // progress, log, the line of an error
	bar    bool      // err is a terminal
	getenv func(string) string

	data string // --data; "" if it was not given

	modelsMu   sync.Mutex
	models     map[string]*mt.Model // of the text commands, by folder
	installed  *engines             // of the text commands
	glossaries glossaries           // of the text commands, by file and languages
}

// A command is one word of the command line.
type command struct {
	name    string
	args    string // what follows the name in the line of usage
	short   string // a few words, for the list
	long    string // what it does, for --help
	example string // shown by --help
	sub     []command

	// set registers the command's flags and returns what runs it with the arguments that are no flags.
	set func(a *app, fs *flags) func(ctx context.Context, args []string) error
}

// usageError is a command line that cannot be; it ends with exit code 2.
type usageError struct{ error }

func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

const (
	done   = 0
	failed = 1
	misuse = 2
)

func (a *app) run(ctx context.Context, args []string) int {
	c, path, rest, err := a.find(args)
	if err == nil && c == nil {
		return done // help was asked for and given
	}
	if err == nil {
		err = a.call(ctx, *c, path, rest)
	}
	var u usageError
	switch {
	case err == nil:
		return done
	case errors.As(err, &u):
		fmt.Fprintf(a.err, "dragoman: %s\n", oneLine(err))
		return misuse
	case errors.Is(err, context.Canceled) && ctx.Err() != nil:
		fmt.Fprintln(a.err, "dragoman: interrupted")
		return failed
	}
	fmt.Fprintf(a.err, "dragoman: %s\n", oneLine(err))
	return failed
}

// oneLine makes an error one line; errors.Join sets its parts on lines of their own. The kind that an error wraps says
// nothing to a person that the sentence before it has not said.
func oneLine(err error) string {
	var parts []string
	for line := range strings.Lines(err.Error()) {
		line = strings.TrimSpace(line)
		for _, kind := range []error{news.ErrNotFound, news.ErrConflict, news.ErrInvalid, news.ErrDenied, models.ErrMissing} {
			line = strings.TrimSuffix(line, ": "+kind.Error())
		}
		if line != "" {
			parts = append(parts, line)
		}
	}
	return strings.Join(parts, "; ")
}

// find reads what stands before the command, and the command. A nil command says that help was given instead.
func (a *app) find(args []string) (*command, string, []string, error) {
	for len(args) > 0 && strings.HasPrefix(args[0], "-") {
		name, value, has := strings.Cut(strings.TrimLeft(args[0], "-"), "=")
		switch {
		case name == "data" && has:
			a.data, args = value, args[1:]
		case name == "data" && len(args) > 1:
			a.data, args = args[1], args[2:]
		case name == "data":
			return nil, "", nil, usagef("--data needs a folder")
		case name == "help" || name == "h":
			return nil, "", nil, a.overview(a.out)
		case name == "version":
			_, err := fmt.Fprintln(a.out, "dragoman", version())
			return nil, "", nil, err
		default:
			return nil, "", nil, usagef("%s stands before the command; dragoman --help lists the commands", args[0])
		}
	}
	if len(args) == 0 {
		return nil, "", nil, usagef("no command; dragoman --help lists them")
	}
	if args[0] == "help" && len(args) == 1 {
		return nil, "", nil, a.overview(a.out)
	}
	if args[0] == "help" {
		args = append(append([]string{}, args[1:]...), "--help")
	}
	list, path := commands(), "dragoman"
	for {
		c := lookup(list, args[0])
		if c == nil {
			return nil, "", nil, usagef("%q is no command of %s; %s --help lists them", args[0], path, path)
		}
		path, args = path+" "+c.name, args[1:]
		if c.sub == nil {
			return c, path, args, nil
		}
		for len(args) > 1 && strings.TrimLeft(args[0], "-") == "data" { // --data may stand between the two words, too
			a.data, args = args[1], args[2:]
		}
		if len(args) > 0 && isHelp(args[0]) {
			return nil, "", nil, help(a.out, *c, path, nil)
		}
		if len(args) == 0 || strings.HasPrefix(args[0], "-") {
			if c.set != nil {
				return c, path, args, nil
			}
			return nil, "", nil, usagef("%s needs one of: %s", path, strings.Join(names(c.sub), ", "))
		}
		if c.set != nil && lookup(c.sub, args[0]) == nil {
			return c, path, args, nil
		}
		list = c.sub
	}
}

func (a *app) call(ctx context.Context, c command, path string, args []string) error {
	fs := newFlags(path)
	fs.StringVar(&a.data, "data", a.data, "`DIR`: the data folder")
	run := c.set(a, fs)
	rest, err := fs.parse(args)
	if errors.Is(err, errHelp) {
		return help(a.out, c, path, fs)
	}
	if err != nil {
		return usagef("%w; %s --help shows how it is called", err, path)
	}
	err = run(ctx, rest)
	var u usageError
	if errors.As(err, &u) {
		return usagef("%w; %s --help shows how it is called", u.error, path)
	}
	return err
}

func isHelp(s string) bool { return s == "--help" || s == "-help" || s == "-h" || s == "--h" }

func lookup(list []command, name string) *command {
	for i := range list {
		if list[i].name == name {
			return &list[i]
		}
	}
	return nil
}

func names(list []command) []string {
	var s []string
	for _, c := range list {
		s = append(s, c.name)
	}
	return s
}

// version is what the build says of itself: a release's tag, or the commit.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return s.Value[:12]
		}
	}
	return "development"
}
