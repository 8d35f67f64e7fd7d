package cli

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"syscall"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/api"
	"github.com/dragoman-newsroom/dragoman/internal/config"
	"github.com/dragoman-newsroom/dragoman/internal/desk"
	"github.com/dragoman-newsroom/dragoman/internal/jobs"
	"github.com/dragoman-newsroom/dragoman/internal/site"
	"github.com/dragoman-newsroom/dragoman/internal/support"
	"github.com/dragoman-newsroom/dragoman/internal/web"
)

// stopWithin is how long a running page and a running job have to end once the program is asked to; both together stay below
// the ten seconds after which most supervisors kill.
const stopWithin = 3 * time.Second

var serveCommand = command{
	name: "serve", args: "[--config F] [--listen HOST:PORT] [--allow HOST:PORT]", short: "site, desk and workers; an empty folder is enough to start in",
	long: `Serves the public site and the desk, and does the work: looks at the outlets, reads pages, translates. On its first start
it prints a one-time address at which the first editor sets name and password.`,
	example: "dragoman serve --data ./newsroom",
	set: func(a *app, fs *flags) func(context.Context, []string) error {
		var o officeOptions
		fetchFlags(fs, &o)
		listen := fs.String("listen", "", "`HOST:PORT`: in place of listen in dragoman.toml")
		return func(ctx context.Context, args []string) error {
			if err := count(args, 0, 0, "nothing"); err != nil {
				return err
			}
			return a.serve(ctx, o, *listen)
		}
	},
}

func (a *app) serve(ctx context.Context, o officeOptions, listen string) (err error) {
	dir, c, err := a.config(o.file)
	if err != nil {
		return err
	}
	if listen != "" {
		c.Listen = listen
	}
	// The port first: whoever finds it taken has changed nothing yet.
	l, err := listenOn(c.Listen)
	if err != nil {
		return err
	}
	defer l.Close()
	h, err := a.openOffice(ctx, dir, c, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	if err := h.start(ctx); err != nil {
		return err
	}
	end, err := h.serves(l)
	if err != nil {
		return errors.Join(err, h.stop(ctx))
	}
	defer end()
	first, err := desk.FirstStart(ctx, h.store)
	if err != nil {
		return errors.Join(err, h.stop(ctx))
	}
	fmt.Fprintf(a.out, "data folder  %s\nsite         %s/\ndesk         %s/desk/\n", dir, h.base(), h.base())
	if first != "" {
		fmt.Fprintf(a.out, "first editor %s%s\n", h.base(), first)
	}
	return h.serve(ctx, l)
}

// serve serves until ctx ends. Pages and jobs then come to their ends side by side.
func (h *office) serve(ctx context.Context, l net.Listener) error {
	stopped := make(chan error, 1)
	serving, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		<-serving.Done()
		stopped <- h.stop(ctx)
	}()
	err := serveHTTP(ctx, l, h.handler())
	cancel()
	return errors.Join(err, <-stopped)
}

// start begins to work, unless another process does.
func (h *office) start(ctx context.Context) error {
	err := h.jobs.Start(ctx)
	if errors.Is(err, jobs.ErrWorking) {
		return fmt.Errorf("%w, or name another data folder by --data DIR", err)
	}
	return err
}

func (h *office) stop(ctx context.Context) error {
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopWithin)
	defer cancel()
	return h.jobs.Stop(stop)
}

// handler is everything that is served.
func (h *office) handler() http.Handler {
	// Two maps: a pattern that begins with a language would contend with /desk/.
	readers := http.NewServeMux()
	readers.Handle("/{lang}/support/", support.Handler(support.Config{Store: h.store, Base: h.config.Address, Log: h.log}))
	readers.Handle("/", site.Handler(site.Config{Store: h.store, Media: os.DirFS(h.config.Media), Base: h.config.Address, Log: h.log}))
	mux := http.NewServeMux()
	mux.Handle("/", readers)
	mux.Handle("/desk/", desk.Handler(desk.Config{Store: h.store, Room: h.room, Base: h.config.Address, Log: h.log}))
	// Programs call without forms, and hubs send whole feeds: the api has walls of its own.
	all := http.NewServeMux()
	all.Handle("/", web.Wall(h.log, mux))
	all.Handle("/api/", api.Handler(api.Config{Room: h.room, Log: h.log}))
	return all
}

// listenOn opens a port, and says what to do where it is taken.
func listenOn(address string) (net.Listener, error) {
	l, err := net.Listen("tcp", address)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("%s is taken by another program: end it, or choose another port by --listen HOST:PORT or listen in dragoman.toml", address)
	case errors.Is(err, os.ErrPermission):
		return nil, fmt.Errorf("this user may not listen on %s: choose a port above 1023 by --listen HOST:PORT or listen in dragoman.toml", address)
	case err != nil:
		return nil, fmt.Errorf("listen: %w; choose another address by --listen HOST:PORT or listen in dragoman.toml", err)
	}
	return l, nil
}

// serveHTTP serves until ctx ends, then lets running requests end.
func serveHTTP(ctx context.Context, l net.Listener, handler http.Handler) error {
	server := web.NewServer(handler)
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(l) }()
	select {
	case err := <-ended:
		return fmt.Errorf("serve %s: %w", l.Addr(), err)
	case <-ctx.Done():
	}
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopWithin)
	defer cancel()
	if err := server.Shutdown(stop); err != nil {
		return server.Close()
	}
	return nil
}

var workCommand = command{
	name: "work", args: "[--config F] [--allow HOST:PORT]", short: "workers only, beside a serve on another machine (PostgreSQL)",
	long: `Looks at the outlets, reads pages and translates, and serves nothing. It needs a database that several machines share:
database = "postgres://…" in dragoman.toml or $DRAGOMAN_DATABASE.`,
	example: "DRAGOMAN_DATABASE=postgres://news@db.example/news dragoman work",
	set: func(a *app, fs *flags) func(context.Context, []string) error {
		var o officeOptions
		fetchFlags(fs, &o)
		return func(ctx context.Context, args []string) error {
			if err := count(args, 0, 0, "nothing"); err != nil {
				return err
			}
			return a.with(ctx, o, func(h *office) error { return a.work(ctx, h) })
		}
	},
}

// work works until ctx ends.
func (a *app) work(ctx context.Context, h *office) error {
	if !config.IsPostgres(h.config.Database) {
		return fmt.Errorf("the database is the file %s, which one process works on: dragoman serve does; for more machines set database = \"postgres://…\"", h.config.Database)
	}
	if err := h.start(ctx); err != nil {
		return err
	}
	fmt.Fprintf(a.out, "data folder  %s\n", h.dir)
	<-ctx.Done()
	return h.stop(ctx)
}
