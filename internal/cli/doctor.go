package cli

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/jobs"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/rights"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

var doctorCommand = command{
	name: "doctor", args: "[--config F]", short: "what is wrong and what to do",
	long: `Looks at the data folder, the database, the models, the outlets and the queue, and says of each what is well, what is wrong and
what to do. Exits 1 if something is wrong.`,
	example: "dragoman doctor",
	set: func(a *app, fs *flags) func(context.Context, []string) error {
		var o officeOptions
		fs.StringVar(&o.file, "config", "", "`F`: another file than dragoman.toml in the data folder")
		return func(ctx context.Context, args []string) error {
			if err := count(args, 0, 0, "nothing"); err != nil {
				return err
			}
			return a.doctor(ctx, o)
		}
	},
}

// A diagnosis collects what doctor finds.
type diagnosis struct {
	app   *app
	wrong int
}

func (d *diagnosis) well(format string, args ...any) {
	fmt.Fprintf(d.app.out, "ok     "+format+"\n", args...)
}

func (d *diagnosis) note(format string, args ...any) {
	fmt.Fprintf(d.app.out, "note   "+format+"\n", args...)
}

func (d *diagnosis) bad(format string, args ...any) {
	d.wrong++
	fmt.Fprintf(d.app.out, "WRONG  "+format+"\n", args...)
}

func (a *app) doctor(ctx context.Context, o officeOptions) (err error) {
	d := &diagnosis{app: a}
	dir, c, err := a.config(o.file)
	if err != nil {
		return err // nothing else can be looked at
	}
	d.folder(dir)
	h, err := a.openOffice(ctx, dir, c, o)
	if err != nil {
		d.bad("database: %s", oneLine(err))
		return d.verdict()
	}
	defer func() { err = errors.Join(err, h.close()) }()
	d.well("database: %s", databaseName(h))
	d.models(h)
	if err := errors.Join(d.outlets(ctx, h), d.queue(ctx, h), d.desk(ctx, h)); err != nil {
		d.bad("%s", oneLine(err))
	}
	d.port(ctx, h)
	return d.verdict()
}

func (d *diagnosis) verdict() error {
	switch d.wrong {
	case 0:
		return nil
	case 1:
		return errors.New("one thing is wrong, see above")
	}
	return fmt.Errorf("%d things are wrong, see above", d.wrong)
}

func databaseName(h *office) string {
	if path := h.store.Path(); path != "" {
		return path
	}
	return "PostgreSQL"
}

// folder tries what every write needs.
func (d *diagnosis) folder(dir string) {
	f, err := os.CreateTemp(dir, ".doctor-")
	if err != nil {
		d.bad("data folder: %v; give this user the folder %s, or name another by --data DIR", err, dir)
		return
	}
	_, err = f.Write(make([]byte, 1<<20))
	if err := errors.Join(err, f.Close(), os.Remove(f.Name())); err != nil {
		d.bad("data folder: %v; make room in %s", err, dir)
		return
	}
	d.well("data folder: %s", dir)
}

func (d *diagnosis) models(h *office) {
	s := modelStore(h.config)
	list, err := s.List()
	if err != nil {
		d.bad("models: %s", oneLine(err))
		return
	}
	if len(list) == 0 {
		d.note("models: none, so that nothing is translated; run: dragoman model get en-pt")
	}
	for _, m := range list {
		dir, _, err := s.Lookup(m.Pair)
		if err == nil {
			err = checkModel(dir)
		}
		if err != nil {
			d.bad("model %s: %s", m.Pair, oneLine(err))
			continue
		}
		d.well("model %s: %s, version %s, licence: %s", m.Pair, megabytes(m.Size()), m.Version, m.Licence)
	}
}

// failsToTell is from how many failures in a row a feed is called wrong: a server may be down for an hour.
const failsToTell = 3

func (d *diagnosis) outlets(ctx context.Context, h *office) error {
	outlets, err := h.store.Outlets(ctx)
	if err != nil {
		return err
	}
	if len(outlets) == 0 {
		d.note("outlets: none is followed; run: dragoman follow URL")
	}
	signals, err := h.store.NewSignals(ctx)
	if err != nil {
		return err
	}
	for _, o := range outlets {
		feeds, err := h.store.Feeds(ctx, o.ID)
		if err != nil {
			return err
		}
		for _, f := range feeds {
			word, _ := newsroom.Why(f.NextWhy)
			switch {
			case f.Stopped && word == "ended":
				d.note("outlet %s: %s is not followed any more; its page at the desk takes it up again", o.Name, f.URL)
			case f.Stopped:
				d.bad("outlet %s: its feed is gone for good (%s); follow another, or look once more by: dragoman check %q", o.Name, f.Outcome, o.Name)
			case f.Fails >= failsToTell:
				d.bad("outlet %s: its feed could not be read %d times in a row (%s); look at it in a browser, then: dragoman check %q", o.Name, f.Fails, f.Outcome, o.Name)
			default:
				d.well("outlet %s: looked at %s, again %s", o.Name, ago(f.CheckedAt), at(f.NextAt))
			}
			if err := d.hub(ctx, h, o, f); err != nil {
				return err
			}
		}
		if n := signals[o.ID]; n > 0 {
			d.note("outlet %s: its machines say %d things about the use of its texts that nobody has looked at; its page at the desk lists them", o.Name, n)
		}
		if err := d.outletTerms(ctx, h, o); err != nil {
			return err
		}
		counts, err := h.store.ItemCounts(ctx, o.ID)
		if err != nil {
			return err
		}
		if n := counts["failed"]; n > 0 {
			d.bad("outlet %s: %d pages could not be read or translated; its page at the desk says why, and tries again", o.Name, n)
		}
		if n := counts["asks"]; n > 0 {
			d.note("outlet %s: %d pages that are not whole wait for leave to be translated, at /desk/waiting", o.Name, n)
		}
		if n := counts["held"]; n > 0 {
			d.note("outlet %s: %d items wait for a person on its page at the desk", o.Name, n)
		}
	}
	return nil
}

// hub says where a feed's hub does not do what it took on. The feed is followed all the same.
func (d *diagnosis) hub(ctx context.Context, h *office, o news.Outlet, f news.Feed) error {
	s, err := h.store.HubOf(ctx, f.ID)
	switch {
	case errors.Is(err, news.ErrNotFound):
		return nil
	case err != nil:
		return err
	case newsroom.HubDead(s):
		d.note("outlet %s: the hub %s takes our subscription and sends nothing; the feed is looked at as often as without it", o.Name, s.Hub)
	case s.State == store.HubDenied:
		d.note("outlet %s: the hub %s refuses to send: %s", o.Name, s.Hub, s.Why)
	}
	return nil
}

func (d *diagnosis) outletTerms(ctx context.Context, h *office, o news.Outlet) error {
	t, err := h.store.Terms(ctx, o.ID)
	if err != nil {
		return err
	}
	if rights.Decide(t.Facts(), rights.Signals{}) == rights.Private {
		d.note("outlet %s: nothing of it may be public yet; run: dragoman terms %q --licence NAME", o.Name, o.Name)
	}
	return nil
}

func (d *diagnosis) queue(ctx context.Context, h *office) error {
	n, err := h.store.JobCounts(ctx)
	if err != nil {
		return err
	}
	running := true
	if path := h.store.Path(); path != "" {
		release, err := jobs.Hold(path)
		running = errors.Is(err, jobs.ErrWorking)
		if err == nil {
			err = release()
		}
		if err != nil && !running {
			return err
		}
	}
	switch work := n.Waiting + n.Running; {
	case work > 0 && !running:
		d.note("queue: %d jobs wait, and nobody works; run: dragoman serve", work)
	default:
		d.well("queue: %d waiting, %d running, %d to be done later or tried again", n.Waiting, n.Running, n.Later)
	}
	return nil
}

func (d *diagnosis) desk(ctx context.Context, h *office) error {
	editors, err := h.store.Editors(ctx)
	if err != nil {
		return err
	}
	for _, e := range editors {
		if e.Role == news.Admin {
			d.well("desk: %d editors", len(editors))
			return nil
		}
	}
	if len(editors) == 0 {
		d.note("desk: nobody can log in yet; serve prints a one-time address for the first editor")
		return nil
	}
	d.bad("desk: no editor is an admin; run: dragoman editor add NAME --role admin")
	return nil
}

// port says whether somebody answers where serve would listen.
func (d *diagnosis) port(ctx context.Context, h *office) {
	dialer := net.Dialer{Timeout: time.Second}
	address := reachable(h.config.Listen)
	_, err := os.Stat(filepath.Join(h.dir, servingFile))
	serving := err == nil
	c, err := dialer.DialContext(ctx, "tcp", address)
	if err != nil {
		d.well("port: %s is free", address)
		return
	}
	c.Close()
	if serving {
		d.well("port: %s answers", address)
		return
	}
	d.note("port: another program listens on %s; serve will need listen in dragoman.toml or --listen HOST:PORT", address)
}

func ago(ms int64) string {
	if ms == 0 {
		return "never yet"
	}
	return at(ms)
}

func at(ms int64) string { return time.UnixMilli(ms).Local().Format("2006-01-02 15:04") }
