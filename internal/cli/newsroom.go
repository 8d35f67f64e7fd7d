package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/config"
	"github.com/dragoman-newsroom/dragoman/internal/fetch"
	"github.com/dragoman-newsroom/dragoman/internal/jobs"
	"github.com/dragoman-newsroom/dragoman/internal/models"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// An office is an open data folder: the store and all that works on it.
type office struct {
	dir     string
	config  config.Config
	store   *store.Store
	room    *newsroom.Room
	jobs    *jobs.Client
	engines *engines
	log     *slog.Logger
	here    bool // this process serves, at config.Listen
}

// officeOptions are what a command knows beyond the configuration.
type officeOptions struct {
	file   string         // --config
	allow  []string       // --allow
	log    io.Writer      // nil: standard error
	level  string         // empty: what the configuration says
	models []models.Store // asked where the data folder's own has no model
}

// office opens the data folder of the newsroom.
func (a *app) office(ctx context.Context, o officeOptions) (*office, error) {
	dir, c, err := a.config(o.file)
	if err != nil {
		return nil, err
	}
	return a.openOffice(ctx, dir, c, o)
}

func (a *app) openOffice(ctx context.Context, dir string, c config.Config, o officeOptions) (*office, error) {
	allow, err := a.allowed(c, o.allow)
	if err != nil {
		return nil, err
	}
	if o.log == nil {
		o.log = a.err
	}
	if o.level == "" {
		o.level = c.Log.Level
	}
	var level slog.Level
	if err := level.UnmarshalText([]byte(o.level)); err != nil {
		return nil, fmt.Errorf("log.level: %w", err)
	}
	h := &office{dir: dir, config: c, log: slog.New(slog.NewTextHandler(o.log, &slog.HandlerOptions{Level: level}))}
	h.engines = &engines{stores: append([]models.Store{modelStore(c)}, o.models...), workers: c.Engine.Workers}
	if err := os.MkdirAll(c.Media, 0o755); err != nil {
		return nil, fmt.Errorf("make the folder of pictures: %w", err)
	}
	database := c.Database
	if !config.IsPostgres(database) {
		database = "sqlite " + database
	}
	if h.store, err = store.Open(ctx, database); err != nil {
		return nil, err
	}
	client := &fetch.Client{UserAgent: userAgent(""), Contact: c.Fetch.Contact, Allow: allow, Hosts: newsroom.Hosts{Store: h.store}}
	h.room = &newsroom.Room{
		Store: h.store, Fetch: client, Media: c.Media, Public: newsroom.PublicAddress(c.Address), Online: fetch.Online,
		Translators: h.translators, Pairs: h.engines.pairs,
	}
	if h.jobs, err = jobs.New(h.store, h.room, h.log); err != nil {
		return nil, errors.Join(err, h.store.Close())
	}
	return h, nil
}

// translators gives the room its translators. What it cannot give says which command installs it.
func (h *office) translators(ctx context.Context, from, to string) (newsroom.Translator, []store.Engine, error) {
	t, infos, err := h.engines.translator(from, to)
	if err != nil {
		return nil, nil, invalid(err)
	}
	if t.Terms, err = h.room.Glossary(ctx, from, to); err != nil {
		return nil, nil, err
	}
	if t.Memory, err = h.room.Memory(ctx, from, to); err != nil {
		return nil, nil, err
	}
	return t, infos, nil
}

func (h *office) close() error {
	return errors.Join(h.engines.close(), h.store.Close())
}

// allowed are the private hosts and ports that may be fetched: those of the configuration, the environment and --allow.
func (a *app) allowed(c config.Config, flags []string) ([]string, error) {
	list := append([]string{}, c.Fetch.Allow...)
	for _, x := range append(commas(a.getenv("DRAGOMAN_FETCH_ALLOW")), flags...) {
		if err := config.CheckAllow(x); err != nil {
			return nil, usageError{fmt.Errorf("--allow: %w", err)}
		}
		list = append(list, x)
	}
	return list, nil
}

// servingFile names, in the data folder, where a running serve listens: other commands print addresses that lead there.
const servingFile = "serving"

// serves notes where this process listens, until the returned function is called.
func (h *office) serves(l net.Listener) (end func(), err error) {
	h.config.Listen = l.Addr().String()
	name := filepath.Join(h.dir, servingFile)
	if err := os.WriteFile(name, []byte(h.config.Listen+"\n"), 0o644); err != nil {
		return nil, fmt.Errorf("note where it listens: %w", err)
	}
	h.here = true
	return func() { _ = os.Remove(name) }, nil // what stays behind is only a wrong guess
}

// base is the address of the site as the operator's links have it, without a final slash.
func (h *office) base() string {
	if h.config.Address != "" {
		return h.config.Address
	}
	listen := h.config.Listen
	if b, err := os.ReadFile(filepath.Join(h.dir, servingFile)); err == nil && !h.here {
		if s := strings.TrimSpace(string(b)); config.CheckAllow(s) == nil {
			listen = s
		}
	}
	return "http://" + reachable(listen)
}

// reachable is an address of this machine for one that listens on all of them.
func reachable(listen string) string {
	host, port, err := net.SplitHostPort(listen)
	if err != nil {
		return listen
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return net.JoinHostPort(host, port)
}

// work does what is queued and waits for its end: beside a running serve that one does it, else this process.
func (h *office) work(ctx context.Context) error {
	switch err := h.jobs.Start(ctx); {
	case errors.Is(err, jobs.ErrWorking):
		return h.jobs.Idle(ctx)
	case err != nil:
		return err
	}
	err := h.jobs.Idle(ctx)
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), 3*time.Second)
	defer cancel()
	return errors.Join(err, h.jobs.Stop(stop))
}

// with opens the office, runs f and closes it.
func (a *app) with(ctx context.Context, o officeOptions, f func(*office) error) error {
	h, err := a.office(ctx, o)
	if err != nil {
		return err
	}
	return errors.Join(f(h), h.close())
}

// fetchFlags are those of the commands that ask other people's servers.
func fetchFlags(fs *flags, o *officeOptions) {
	fs.StringVar(&o.file, "config", "", "`F`: another file than dragoman.toml in the data folder")
	fs.Var((*list)(&o.allow), "allow", "`HOST:PORT`: may be fetched although it is private; may be repeated")
}

func short(s string, n int) string {
	r := []rune(strings.TrimSpace(s))
	if len(r) <= n {
		return string(r)
	}
	return string(r[:n-1]) + "…"
}
