package cli

import (
	"flag"
	"fmt"
	"io"
	"strings"
)

// A group is a family of commands, as the overview shows them.
type group struct {
	title    string
	commands []command
}

// commands returns every command.
func commands() []command {
	var list []command
	for _, g := range groups() {
		list = append(list, g.commands...)
	}
	return list
}

// overview prints the list of commands.
func (a *app) overview(w io.Writer) error {
	var b strings.Builder
	b.WriteString("dragoman: a newsroom in one program. Articles come in in a foreign language and leave in yours;\nbetween the two a machine drafts and a person decides.\n\nUsage: dragoman [--data DIR] COMMAND [arguments]\n")
	for _, g := range groups() {
		fmt.Fprintf(&b, "\n%s\n", g.title)
		for _, c := range g.commands {
			fmt.Fprintf(&b, "  %-10s  %s\n", c.name, c.short)
		}
	}
	b.WriteString("\ndragoman COMMAND --help shows a command with an example. Everything is kept in one data folder: --data DIR,\nelse $DRAGOMAN_DATA, else \"dragoman\" under your data directory.\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// help prints what a command does, its flags and an example.
func help(w io.Writer, c command, path string, fs *flags) error {
	var b strings.Builder
	usage := path
	if c.args != "" {
		usage += " " + c.args
	}
	fmt.Fprintf(&b, "Usage: %s\n\n%s\n", usage, strings.TrimSpace(c.long))
	if len(c.sub) > 0 {
		b.WriteString("\nCommands:\n")
		for _, s := range c.sub {
			fmt.Fprintf(&b, "  %-8s  %s\n", s.name, s.short)
		}
	}
	if fs != nil {
		b.WriteString("\nFlags:\n")
		fs.VisitAll(func(f *flag.Flag) {
			arg, text := flag.UnquoteUsage(f)
			text = strings.TrimPrefix(text, arg+": ")
			if arg != "" {
				arg = " " + arg
			}
			if f.DefValue != "" && f.DefValue != "false" && f.DefValue != "0" && f.Name != "data" {
				text += " (" + f.DefValue + ")"
			}
			fmt.Fprintf(&b, "  --%-22s  %s\n", f.Name+arg, text)
		})
	}
	if c.example != "" {
		b.WriteString("\nExample:\n")
		for line := range strings.Lines(strings.TrimSpace(c.example)) {
			fmt.Fprintf(&b, "  %s", line)
		}
		b.WriteString("\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}
