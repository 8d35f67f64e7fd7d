package cli

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"golang.org/x/term"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/web"
)

var editorCommand = command{
	name: "editor", args: "add NAME | list | remove NAME", short: "the people at the desk",
	long:    "The people who may log in at the desk, and what each may do.",
	example: "dragoman editor add Nora --role publisher",
	sub: []command{
		{
			name: "add", args: "NAME [--role translator|editor|publisher|admin]", short: "let somebody in",
			long: `Adds an editor. The password is a line of standard input, or is asked for twice on a terminal. A translator edits
drafts, an editor approves, a publisher publishes and sets terms, an admin lets people in.`,
			example: "dragoman editor add Nora --role publisher < password.txt",
			set: func(a *app, fs *flags) func(context.Context, []string) error {
				role := fs.String("role", "editor", "`ROLE`: translator, editor, publisher or admin")
				return func(ctx context.Context, args []string) error {
					if err := count(args, 1, 1, "a name"); err != nil {
						return err
					}
					if !news.Role(*role).May(news.Translator) {
						return usagef("--role %q is none of translator, editor, publisher, admin", *role)
					}
					return a.with(ctx, officeOptions{}, func(h *office) error { return a.addEditor(ctx, h, args[0], news.Role(*role)) })
				}
			},
		},
		{
			name: "list", short: "who is there",
			long:    "Lists the editors and their roles.",
			example: "dragoman editor list",
			set: func(a *app, fs *flags) func(context.Context, []string) error {
				return func(ctx context.Context, args []string) error {
					if err := count(args, 0, 0, "nothing"); err != nil {
						return err
					}
					return a.with(ctx, officeOptions{}, func(h *office) error {
						editors, err := h.store.Editors(ctx)
						if err != nil {
							return err
						}
						w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
						for _, e := range editors {
							fmt.Fprintf(w, "%s\t%s\n", e.Name, e.Role)
						}
						return w.Flush()
					})
				}
			},
		},
		{
			name: "remove", args: "NAME", short: "let somebody go",
			long:    "Removes an editor, whose sessions end at once. What he wrote and decided stays under his name.",
			example: "dragoman editor remove Nora",
			set: func(a *app, fs *flags) func(context.Context, []string) error {
				return func(ctx context.Context, args []string) error {
					if err := count(args, 1, 1, "a name"); err != nil {
						return err
					}
					return a.with(ctx, officeOptions{}, func(h *office) error {
						e, _, err := h.store.EditorByName(ctx, args[0])
						if errors.Is(err, news.ErrNotFound) {
							return fmt.Errorf("there is no editor %q; dragoman editor list shows them", args[0])
						}
						if err != nil {
							return err
						}
						return h.store.Tx(ctx, func(tx *store.Tx) error { return tx.RemoveEditor(ctx, e.ID, time.Now().UnixMilli()) })
					})
				}
			},
		},
	},
}

func (a *app) addEditor(ctx context.Context, h *office, name string, role news.Role) error {
	if name = strings.Join(strings.Fields(name), " "); name == "" {
		return usagef("the name is empty")
	}
	if _, _, err := h.store.EditorByName(ctx, name); !errors.Is(err, news.ErrNotFound) {
		if err == nil {
			err = fmt.Errorf("there is an editor %q already; dragoman editor remove %q takes him away", name, name)
		}
		return err
	}
	password, err := a.password()
	if err != nil {
		return err
	}
	hash, err := web.HashPassword(password)
	if err != nil {
		return err
	}
	return h.store.Tx(ctx, func(tx *store.Tx) error {
		return tx.AddEditor(ctx, news.Editor{ID: store.NewID(), Name: name, Role: role, CreatedAt: time.Now().UnixMilli()}, hash)
	})
}

// password reads a line of standard input, or asks twice where that is a terminal.
func (a *app) password() (string, error) {
	if f, ok := a.in.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		return a.askTwice(int(f.Fd()))
	}
	line, err := bufio.NewReader(io.LimitReader(a.in, 1<<16)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", fmt.Errorf("read the password: %w", err)
	}
	if line = strings.TrimRight(line, "\r\n"); line == "" {
		return "", errors.New("no password on standard input; write it as a line, or run the command on a terminal")
	}
	return line, nil
}

func (a *app) askTwice(fd int) (string, error) {
	var answers [2][]byte
	for i, question := range []string{"Password: ", "Once more: "} {
		fmt.Fprint(a.err, question)
		answer, err := term.ReadPassword(fd)
		fmt.Fprintln(a.err)
		if err != nil {
			return "", fmt.Errorf("read the password: %w", err)
		}
		answers[i] = answer
	}
	if !bytes.Equal(answers[0], answers[1]) {
		return "", errors.New("the two passwords differ; run the command again")
	}
	return string(answers[0]), nil
}
