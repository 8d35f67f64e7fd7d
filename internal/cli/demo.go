package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/config"
	"github.com/dragoman-newsroom/dragoman/internal/demo"
	"github.com/dragoman-newsroom/dragoman/internal/desk"
	"github.com/dragoman-newsroom/dragoman/internal/lang"
	"github.com/dragoman-newsroom/dragoman/internal/models"
	"github.com/dragoman-newsroom/dragoman/internal/web"
)

// demoInto are the languages that the demo translates into unless it is asked otherwise.
const demoInto = "pt,en"

var demoCommand = command{
	name: "demo", args: "[--into pt] [--outlets-only]", short: "a whole newsroom on made-up outlets",
	long: `Shows the whole of it in one go: two made-up outlets are served from this process, followed, read and translated by the
installed models; two articles are published, the others wait at the desk. Prints the front pages, the desk and a one-time
address for the first editor. Everything is kept in the data folder, else in "dragoman-demo" beside your newsroom's; run again,
it goes on. --outlets-only serves the made-up outlets alone and prints their addresses.`,
	example: "dragoman model get en-pt && dragoman model get pt-en && dragoman demo",
	set: func(a *app, fs *flags) func(context.Context, []string) error {
		into := fs.String("into", demoInto, "`TAGS`: the languages to translate into, with commas")
		listen := fs.String("listen", "", "`HOST:PORT`: where site and desk listen; else 127.0.0.1:8080, or any free port if that is taken")
		outlets := fs.Bool("outlets-only", false, "serve the made-up outlets alone")
		return func(ctx context.Context, args []string) error {
			if err := count(args, 0, 0, "nothing"); err != nil {
				return err
			}
			if *outlets {
				return a.demoOutlets(ctx)
			}
			tags, err := tagList(*into)
			if err != nil {
				return err
			}
			if len(tags) == 0 {
				return usagef("--into names no language")
			}
			return a.demo(ctx, tags, *listen)
		}
	},
}

// outletPorts are where the made-up outlets stand when they are served alone and the ports are free.
var outletPorts = []string{"127.0.0.1:8099", "127.0.0.1:8098"}

// demoOutlets serves the made-up outlets alone.
func (a *app) demoOutlets(ctx context.Context) error {
	outlets, err := openOutlets(outletPorts, true)
	if err != nil {
		return err
	}
	defer outlets.close()
	for _, l := range outlets.listeners {
		fmt.Fprintf(a.out, "http://%s/\n", l.Addr())
	}
	fmt.Fprintf(a.err, "To follow one: dragoman follow --allow %s http://%s/\n", outlets.addresses()[0], outlets.addresses()[0])
	<-ctx.Done()
	return nil
}

// madeUp are the outlets of the demo, each on a port of its own: their pages have addresses that begin at the root.
type madeUp struct {
	outlets   []demo.Outlet
	listeners []net.Listener
	servers   []*http.Server
}

// openOutlets serves the outlets at the addresses. A port that is taken is an error, or if elsewhere is set, any free one is taken.
func openOutlets(addresses []string, elsewhere bool) (*madeUp, error) {
	outlets, err := demo.Outlets()
	if err != nil {
		return nil, err
	}
	m := &madeUp{outlets: outlets}
	for i, o := range outlets {
		address := "127.0.0.1:0"
		if i < len(addresses) {
			address = addresses[i]
		}
		l, err := net.Listen("tcp", address)
		if err != nil && elsewhere {
			l, err = net.Listen("tcp", "127.0.0.1:0")
		}
		if err != nil {
			m.close()
			return nil, err
		}
		server := web.NewServer(o)
		m.listeners, m.servers = append(m.listeners, l), append(m.servers, server)
		go func() { _ = server.Serve(l) }() // it ends by close
	}
	return m, nil
}

func (m *madeUp) addresses() []string {
	var list []string
	for _, l := range m.listeners {
		list = append(list, l.Addr().String())
	}
	return list
}

func (m *madeUp) close() {
	for _, s := range m.servers {
		s.Close()
	}
}

// demo runs the whole newsroom.
func (a *app) demo(ctx context.Context, into []string, listen string) (err error) {
	d := demoRun{app: a, into: into}
	if d.dir, err = a.dataDir("dragoman-demo"); err != nil {
		return err
	}
	if err := d.readState(); err != nil {
		return err
	}
	c, err := config.Read(d.dir, "", a.getenv)
	if err != nil {
		return err
	}
	if err := d.findModels(c); err != nil {
		return err
	}
	if d.made, err = openOutlets(d.state.Outlets, d.state.Outlets == nil); err != nil {
		return fmt.Errorf("one of the ports on which this demo's outlets stand is taken: end the program that has it, or begin another demo by --data DIR: %w", withoutAddress(err))
	}
	defer d.made.close()
	if err := d.writeState(); err != nil {
		return err
	}
	l, err := d.listen(c.Listen, listen)
	if err != nil {
		return err
	}
	defer l.Close()
	h, err := a.openOffice(ctx, d.dir, c, officeOptions{allow: d.made.addresses(), log: d.scrub(a.err), level: "warn", models: d.extra})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	return d.run(ctx, h, l)
}

// run serves, and meanwhile fills the newsroom.
func (d *demoRun) run(ctx context.Context, h *office, l net.Listener) error {
	if err := h.start(ctx); err != nil {
		return err
	}
	end, err := h.serves(l)
	if err != nil {
		return errors.Join(err, h.stop(ctx))
	}
	defer end()
	running, cancel := context.WithCancel(ctx)
	defer cancel()
	served := make(chan error, 1)
	go func() { served <- h.serve(running, l) }()
	err = d.fill(running, h)
	if err == nil {
		err = d.announce(running, h)
	}
	if err != nil {
		cancel()
		return errors.Join(d.hideAddresses(err), <-served)
	}
	return <-served
}

// announce prints where everything is.
func (d *demoRun) announce(ctx context.Context, h *office) error {
	langs, err := h.store.PublishedLangs(ctx)
	if err != nil {
		return err
	}
	for _, tag := range langs {
		fmt.Fprintf(d.app.out, "%s/%s/\n", h.base(), tag)
	}
	fmt.Fprintf(d.app.out, "%s/desk/login\n", h.base())
	first, err := desk.FirstStart(ctx, h.store)
	if err != nil {
		return err
	}
	if first == "" {
		fmt.Fprintf(d.app.err, "The front pages and the desk. Ctrl-C ends the demo; everything is kept in %s.\n", d.dir)
		return nil
	}
	fmt.Fprintf(d.app.out, "%s%s\n", h.base(), first)
	fmt.Fprintf(d.app.err, "The front pages, the desk, and the address at which the first editor sets name and password.\nCtrl-C ends the demo; everything is kept in %s.\n", d.dir)
	return nil
}

// listen opens the port of site and desk. The demo must not fail because something else stands on the usual one.
func (d *demoRun) listen(configured, asked string) (net.Listener, error) {
	if asked != "" {
		return listenOn(asked)
	}
	l, err := net.Listen("tcp", configured)
	if err != nil && configured == config.Default().Listen {
		l, err = net.Listen("tcp", "127.0.0.1:0")
	}
	if err != nil {
		return listenOn(configured) // for its advice
	}
	return l, nil
}

// findModels holds that every language the demo reads can be translated into every one it is asked for. The models of the
// user's own newsroom serve, too.
func (d *demoRun) findModels(c config.Config) error {
	if base, err := d.app.userData(); err == nil {
		if own := filepath.Join(base, "dragoman", "models"); own != c.Models.Dir {
			d.extra = []models.Store{{Dir: own, Check: checkModel}}
		}
	}
	e := &engines{stores: append([]models.Store{modelStore(c)}, d.extra...)}
	can := map[string]bool{}
	for _, p := range e.pairs() {
		can[p.From+"-"+p.To] = true
	}
	outlets, err := demo.Outlets()
	if err != nil {
		return err
	}
	var missing []string
	for _, o := range outlets {
		for _, tag := range d.into {
			from, to := string(lang.Tag(o.Lang).Bare()), string(lang.Tag(tag).Bare())
			if from != to && !can[from+"-"+to] {
				missing = append(missing, d.getCommand(from, to))
			}
		}
	}
	if missing != nil {
		return fmt.Errorf("the demo's models are not installed; run: %s", strings.Join(missing, " && "))
	}
	return nil
}

// getCommand is the command that installs what a pair needs.
func (d *demoRun) getCommand(from, to string) string {
	data := ""
	if d.app.data != "" {
		data = " --data " + d.app.data
	}
	if from != pivotLanguage && to != pivotLanguage {
		return "dragoman model get " + from + "-" + pivotLanguage + data + " && dragoman model get " + pivotLanguage + "-" + to + data
	}
	return "dragoman model get " + from + "-" + to + data
}

// withoutAddress takes the address out of the error of a port that cannot be opened: outlets' addresses are not printed.
func withoutAddress(err error) error {
	var op *net.OpError
	if errors.As(err, &op) {
		return op.Err
	}
	return err
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return !errors.Is(err, fs.ErrNotExist)
}
