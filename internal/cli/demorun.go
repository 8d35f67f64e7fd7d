package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/demo"
	"github.com/dragoman-newsroom/dragoman/internal/lang"
	"github.com/dragoman-newsroom/dragoman/internal/models"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/rights"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// demoPublishes is how many articles the demo publishes; the others wait at the desk.
const demoPublishes = 2

// A demoRun is one run of the demo.
type demoRun struct {
	app   *app
	into  []string
	dir   string
	extra []models.Store
	made  *madeUp
	state demoState
}

// A demoState is what a demo keeps beside the newsroom. The outlets stand where they stood: their addresses are in the
// database and on the published pages.
type demoState struct {
	Outlets []string `json:"outlets"` // host:port of each
}

const demoFile = "demo.json"

// readState reads what an earlier run kept. A folder with a newsroom that is no demo is refused.
func (d *demoRun) readState() error {
	b, err := os.ReadFile(filepath.Join(d.dir, demoFile))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if exists(filepath.Join(d.dir, "dragoman.db")) {
			return fmt.Errorf("%s holds a newsroom that is no demo: name another folder by --data DIR", d.dir)
		}
		return nil
	case err != nil:
		return fmt.Errorf("read the demo's state: %w", err)
	}
	if err := json.Unmarshal(b, &d.state); err != nil {
		return fmt.Errorf("read %s in %s: %w; remove the folder to begin anew", demoFile, d.dir, err)
	}
	return nil
}

func (d *demoRun) writeState() error {
	d.state.Outlets = d.made.addresses()
	b, err := json.MarshalIndent(d.state, "", "\t")
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(d.dir, demoFile), append(b, '\n'), 0o644); err != nil {
		return fmt.Errorf("keep the demo's state: %w", err)
	}
	return nil
}

// fill follows the outlets, waits until their articles are translated, and publishes what the demo publishes.
func (d *demoRun) fill(ctx context.Context, h *office) error {
	if err := d.name(ctx, h); err != nil {
		return err
	}
	stop := d.tell(ctx, h)
	defer stop()
	for i, o := range d.made.outlets {
		var into []string
		for _, tag := range d.into {
			if !lang.Tag(tag).Is(lang.Tag(o.Lang)) {
				into = append(into, tag)
			}
		}
		if into == nil {
			continue // it is in the one language that was asked for
		}
		home := "http://" + d.made.addresses()[i]
		outlet, err := h.room.Follow(ctx, home+o.Feed, newsroom.FollowOptions{Into: into, Name: o.Name})
		if err != nil {
			return fmt.Errorf("follow %s: %w", o.Name, err)
		}
		if err := d.terms(ctx, h, outlet, home+o.Terms); err != nil {
			return fmt.Errorf("terms of %s: %w", o.Name, err)
		}
	}
	if err := h.jobs.Idle(ctx); err != nil {
		return err
	}
	if err := d.publish(ctx, h); err != nil {
		return err
	}
	return h.jobs.Idle(ctx) // the pictures
}

// name gives the demo's site a title, once.
func (d *demoRun) name(ctx context.Context, h *office) error {
	title, err := h.store.Setting(ctx, "site.title")
	if err != nil || title != "" {
		return err
	}
	return h.store.Tx(ctx, func(tx *store.Tx) error {
		for key, value := range map[string]string{
			"site.title":      "The Harbour Post",
			"site.tagline":    "A demonstration: invented places, real translations",
			"site.title.pt":   "O Correio do Porto",
			"site.tagline.pt": "Uma demonstração: lugares inventados, traduções de verdade",
		} {
			if err := tx.PutSetting(ctx, key, value); err != nil {
				return err
			}
		}
		return nil
	})
}

// terms records what the made-up outlets allow, once; what an editor of the demo records later stays.
func (d *demoRun) terms(ctx context.Context, h *office, o news.Outlet, proof string) error {
	t, err := h.store.Terms(ctx, o.ID)
	if err != nil || t.Basis != rights.Unknown {
		return err
	}
	history, err := h.store.TermsHistory(ctx, o.ID)
	if err != nil || len(history) > 1 {
		return err
	}
	return h.room.SetTerms(ctx, o.ID, news.Terms{
		Basis: rights.ByLicence, Licence: demo.Licence, Translate: true, ByMachine: true, FullText: true, Excerpt: true, Images: true,
		Proof: proof, By: newsroom.CommandLine,
	})
}

// publish shows readers the first articles without an open stop flag, one of each language before a second of any. What an
// earlier run published counts, whatever became of it since.
func (d *demoRun) publish(ctx context.Context, h *office) error {
	rows, err := h.store.Queue(ctx, "", "", math.MaxInt64, "", 1000)
	if err != nil {
		return err
	}
	// Oldest identifier first, so that every run of the same outlets chooses alike.
	sort.Slice(rows, func(i, j int) bool { return rows[i].ID < rows[j].ID })
	published, perLang := 0, map[string]int{}
	for _, r := range rows {
		if r.PublishedAt > 0 {
			published++
			perLang[r.Lang]++
		}
	}
	for round := 0; round < demoPublishes && published < demoPublishes; round++ {
		for _, r := range rows {
			if published == demoPublishes {
				break
			}
			if r.State != news.InReview || r.PublishedAt > 0 || r.Stops > 0 || perLang[r.Lang] > round {
				continue
			}
			if err := h.room.Publish(ctx, r.ID, newsroom.CommandLine); err != nil {
				return fmt.Errorf("publish %q: %w", r.Title, err)
			}
			published++
			perLang[r.Lang]++
		}
	}
	if published < demoPublishes {
		return d.tooFew(ctx, h, published)
	}
	return nil
}

// tooFew says why fewer articles are public than the demo promises.
func (d *demoRun) tooFew(ctx context.Context, h *office, published int) error {
	reasons := map[string]bool{}
	outlets, err := h.store.Outlets(ctx)
	if err != nil {
		return err
	}
	for _, o := range outlets {
		items, err := h.store.Items(ctx, o.ID, "", math.MaxInt64, 1000)
		if err != nil {
			return err
		}
		for _, i := range items {
			if i.Why != "" {
				reasons[i.Why] = true
			}
		}
	}
	list := []string{fmt.Sprintf("only %d of the demo's articles could be published", published)}
	for why := range reasons {
		list = append(list, why)
	}
	sort.Strings(list[1:])
	return errors.New(strings.Join(list, "; "))
}

// tell says every few seconds how far the work is, until the returned function is called.
func (d *demoRun) tell(ctx context.Context, h *office) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		last := -1
		for {
			select {
			case <-ctx.Done():
				return
			case <-time.After(2 * time.Second):
			}
			rows, err := h.store.Queue(ctx, "", "", math.MaxInt64, "", 1000)
			if err != nil || len(rows) == last {
				continue // the work itself meets the same error and reports it
			}
			last = len(rows)
			fmt.Fprintf(d.app.err, "Reading and translating; ready so far: %d\n", last)
		}
	}()
	return func() { cancel(); <-ended }
}

// hideAddresses takes the outlets' addresses out of an error.
func (d *demoRun) hideAddresses(err error) error {
	s := err.Error()
	for i, address := range d.made.addresses() {
		s = strings.ReplaceAll(s, address, strings.ReplaceAll(strings.ToLower(d.made.outlets[i].Name), " ", "-")+".example")
	}
	if s == err.Error() {
		return err
	}
	return errors.New(s)
}

// scrub is w, but for the outlets' addresses: whoever reads the log shall not take them for addresses of the world.
func (d *demoRun) scrub(w io.Writer) io.Writer { return scrubber{w, d} }

type scrubber struct {
	w io.Writer
	d *demoRun
}

func (s scrubber) Write(p []byte) (int, error) {
	line := p
	for i, address := range s.d.made.addresses() {
		line = bytes.ReplaceAll(line, []byte(address), []byte(strings.ReplaceAll(strings.ToLower(s.d.made.outlets[i].Name), " ", "-")+".example"))
	}
	if _, err := s.w.Write(line); err != nil {
		return 0, err
	}
	return len(p), nil
}
