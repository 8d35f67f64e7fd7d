// Package config reads what the operator of the machine decides: dragoman.toml in the data folder, over defaults that work.
//
// An unknown key is an error, a relative path starts at the data folder, and a secret may come from the environment.
// What editors decide is not here; that lies in the store. The package reads one file and the environment it is handed.
package config

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"
)

// FileName is the name of the file in the data folder.
const FileName = "dragoman.toml"

// Config is a machine's configuration. Default says what stands where the file is silent.
type Config struct {
	Listen   string `toml:"listen"`
	Address  string `toml:"address"`
	Database string `toml:"database"`
	Media    string `toml:"media"`
	Log      Log    `toml:"log"`
	Models   Models `toml:"models"`
	Fetch    Fetch  `toml:"fetch"`
	Engine   Engine `toml:"engine"`
}

// Log is the section of the log, which goes to standard error.
type Log struct {
	Level string `toml:"level"`
}

// Models is the section of the engine's models.
type Models struct {
	Dir      string `toml:"dir"`
	Registry string `toml:"registry"` // empty: the catalogue that package models names
}

// Fetch is the section of what is asked of other people's servers.
type Fetch struct {
	Allow   []string `toml:"allow"` // host:port
	Contact string   `toml:"contact"`
}

// Engine is the section of the translation engine.
type Engine struct {
	Workers int `toml:"workers"` // 0: one for each core
}

// Default is a newsroom on one machine, which works as it is.
func Default() Config {
	return Config{
		Listen:   "127.0.0.1:8080",
		Database: "dragoman.db",
		Media:    "media",
		Log:      Log{Level: "info"},
		Models:   Models{Dir: "models"},
		Fetch:    Fetch{Allow: []string{}},
	}
}

// A key is one line of the file. The list is the one place that names them; Print and the check of unknown keys follow it.
type key struct {
	name    string
	comment string // lines, without "#"
	env     string // the variable that overrides it; empty for none
	value   func(*Config) any
}

var keys = []key{
	{"listen", "Where site and desk listen. Loopback unless you say otherwise: put a server that speaks TLS before it.", "", func(c *Config) any { return &c.Listen }},
	{"address", "The address readers know, such as \"https://news.example\". Empty: http:// and what listen says.", "", func(c *Config) any { return &c.Address }},
	{"database", "A file of SQLite, or \"postgres://user@host/name\". A password is better kept in the environment.", "DRAGOMAN_DATABASE", func(c *Config) any { return &c.Database }},
	{"media", "The folder of pictures that published pages show.", "", func(c *Config) any { return &c.Media }},
	{"log.level", "What is logged to standard error: debug, info, warn or error.", "", func(c *Config) any { return &c.Log.Level }},
	{"models.dir", "The folder of the translation models.", "", func(c *Config) any { return &c.Models.Dir }},
	{"models.registry", "The catalogue that \"dragoman model get\" asks: an https address. Empty: the public one.", "", func(c *Config) any { return &c.Models.Registry }},
	{"fetch.allow", "Addresses in the own network that may be fetched all the same, such as [\"127.0.0.1:8099\"]: exactly these hosts and ports.\nEverything else that is not public is refused, so that no page can make this machine ask its neighbours.", "", func(c *Config) any { return &c.Fetch.Allow }},
	{"fetch.contact", "An address or page where the outlets' operators reach you; it stands in the User-Agent of every request.", "", func(c *Config) any { return &c.Fetch.Contact }},
	{"engine.workers", "How many sentences are translated at a time. 0: one for each core.", "", func(c *Config) any { return &c.Engine.Workers }},
}

// Read returns the configuration of a data folder, its paths absolute. file is the operator's own choice of file, which
// then must exist; empty: FileName in dir, if it is there. getenv looks up a variable of the environment.
func Read(dir, file string, getenv func(string) string) (Config, error) {
	c, err := ReadAsWritten(dir, file, getenv)
	if err != nil {
		return Config{}, err
	}
	c.root(dir)
	return c, nil
}

// ReadAsWritten is Read, but for the paths, which stay as they were written: what Print shows can be moved elsewhere.
func ReadAsWritten(dir, file string, getenv func(string) string) (Config, error) {
	c := Default()
	name := file
	if name == "" {
		name = filepath.Join(dir, FileName)
	}
	b, err := os.ReadFile(name)
	switch {
	case err == nil:
		if err := c.parse(string(b)); err != nil {
			return Config{}, fmt.Errorf("%s: %w", name, err)
		}
	case file == "" && errors.Is(err, fs.ErrNotExist):
	default:
		return Config{}, fmt.Errorf("read the configuration: %w", err)
	}
	for _, k := range keys {
		if k.env == "" || getenv(k.env) == "" {
			continue
		}
		*k.value(&c).(*string) = getenv(k.env)
	}
	if err := c.check(); err != nil {
		return Config{}, fmt.Errorf("%s: %w", name, err)
	}
	return c, nil
}

func (c *Config) parse(s string) error {
	meta, err := toml.Decode(s, c)
	if err != nil {
		var p toml.ParseError
		if errors.As(err, &p) {
			return fmt.Errorf("line %d: %s", p.Position.Line, p.Message)
		}
		return err
	}
	var unknown []string
	for _, k := range meta.Undecoded() {
		unknown = append(unknown, k.String())
	}
	slices.Sort(unknown)
	switch len(unknown) {
	case 0:
		return nil
	case 1:
		return fmt.Errorf(`%s: unknown key; "dragoman config" prints every key`, unknown[0])
	}
	return fmt.Errorf(`%s: unknown keys; "dragoman config" prints every key`, strings.Join(unknown, ", "))
}

func (c *Config) check() error {
	if _, port, err := net.SplitHostPort(c.Listen); err != nil || !isPort(port) {
		return fmt.Errorf("listen: %q is no host and port, such as 127.0.0.1:8080", c.Listen)
	}
	if c.Address != "" {
		u, err := url.Parse(c.Address)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" {
			return fmt.Errorf("address: %q is no address of a site, such as https://news.example", c.Address)
		}
		c.Address = u.Scheme + "://" + u.Host
	}
	if c.Database == "" {
		return errors.New("database: is empty; leave it out for a file in the data folder")
	}
	if !slices.Contains([]string{"debug", "info", "warn", "error"}, c.Log.Level) {
		return fmt.Errorf("log.level: %q is none of debug, info, warn, error", c.Log.Level)
	}
	for _, a := range c.Fetch.Allow {
		if err := CheckAllow(a); err != nil {
			return fmt.Errorf("fetch.allow: %w", err)
		}
	}
	if strings.ContainsAny(c.Fetch.Contact, "\r\n") {
		return errors.New("fetch.contact: must be one line")
	}
	if c.Engine.Workers < 0 || c.Engine.Workers > 1024 {
		return fmt.Errorf("engine.workers: %d is no number of workers; 0 takes one for each core", c.Engine.Workers)
	}
	return nil
}

// CheckAllow says what an entry of fetch.allow looks like when a is none.
func CheckAllow(a string) error {
	host, port, err := net.SplitHostPort(a)
	if err != nil || host == "" || !isPort(port) {
		return fmt.Errorf("%q is no host and port, such as 127.0.0.1:8099", a)
	}
	return nil
}

func isPort(s string) bool {
	n, err := strconv.Atoi(s)
	return err == nil && n >= 0 && n < 1<<16
}

// root makes relative paths start at the data folder.
func (c *Config) root(dir string) {
	for _, p := range []*string{&c.Media, &c.Models.Dir} {
		if !filepath.IsAbs(*p) {
			*p = filepath.Join(dir, *p)
		}
	}
	if !IsPostgres(c.Database) && !filepath.IsAbs(c.Database) {
		c.Database = filepath.Join(dir, c.Database)
	}
}

// IsPostgres reports whether a database is one of PostgreSQL; any other is a file.
func IsPostgres(database string) bool {
	return strings.HasPrefix(database, "postgres://") || strings.HasPrefix(database, "postgresql://")
}

// Print writes every key with its comment and its value in c, as a file that Read takes.
// A database's password is left out: what is printed is pasted into reports.
func Print(w io.Writer, c Config) error {
	if u, err := url.Parse(c.Database); err == nil && IsPostgres(c.Database) && u.User != nil {
		u.User = url.User(u.User.Username())
		c.Database = u.String()
	}
	section := ""
	var out strings.Builder
	for _, k := range keys {
		name := k.name
		if s, rest, ok := strings.Cut(k.name, "."); ok {
			name = rest
			if s != section {
				fmt.Fprintf(&out, "[%s]\n", s)
				section = s
			}
		}
		for line := range strings.Lines(k.comment) {
			fmt.Fprintf(&out, "# %s\n", strings.TrimSuffix(line, "\n"))
		}
		if k.env != "" {
			fmt.Fprintf(&out, "# The variable %s of the environment comes before it.\n", k.env)
		}
		fmt.Fprintf(&out, "%s = %s\n\n", name, literal(k.value(&c)))
	}
	_, err := io.WriteString(w, strings.TrimSuffix(out.String(), "\n"))
	return err
}

// literal writes a value as TOML. strconv.Quote would not do: Go has escapes that TOML has not.
func literal(v any) string {
	switch v := v.(type) {
	case *string:
		return quoted(*v)
	case *int:
		return strconv.Itoa(*v)
	case *[]string:
		list := make([]string, len(*v))
		for i, s := range *v {
			list[i] = quoted(s)
		}
		return "[" + strings.Join(list, ", ") + "]"
	}
	panic(fmt.Sprintf("config: a key of type %T", v)) // a key was added to the list without its way of being written
}

func quoted(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < ' ' || r == 0x7f:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
