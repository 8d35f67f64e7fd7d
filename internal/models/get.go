package models

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// GetOptions says where a model comes from and which of several.
type GetOptions struct {
	Registry     string // address of the catalogue; empty: DefaultRegistry
	Architecture string // "tiny", "base", "base-memory"; empty: the best that is released
	UserAgent    string
	Now          time.Time

	// Progress is told how far a file is. total is 0 while it is not known. Nil: nobody asks.
	Progress func(file string, done, total int64)

	// Transport carries the requests; nil: one with limits of time of its own.
	Transport http.RoundTripper
}

// attempts is how often a download that makes progress is taken up again before the command gives up.
const attempts = 5

// Get installs a model from a registry. What was downloaded before a cut is kept and gone on with, in this call and in
// the next. It returns an error, and changes nothing that is installed, if a file is not what the catalogue says.
func (s Store) Get(ctx context.Context, pair string, o GetOptions) (Manifest, error) {
	if err := CheckPair(pair); err != nil {
		return Manifest{}, err
	}
	if o.Registry == "" {
		o.Registry = DefaultRegistry
	}
	g := newGetter(o)
	c, err := g.readCatalogue(ctx, o.Registry)
	if err != nil {
		return Manifest{}, fmt.Errorf("get model %s: %w", pair, err)
	}
	e, err := c.pick(pair, o.Architecture)
	if err != nil {
		return Manifest{}, fmt.Errorf("get model %s: %w", pair, err)
	}
	files, err := c.files(e)
	if err != nil {
		return Manifest{}, fmt.Errorf("get model %s: %w", pair, err)
	}
	parts := s.partDir(pair)
	if err := os.MkdirAll(parts, 0o755); err != nil {
		return Manifest{}, fmt.Errorf("get model %s: %w", pair, spaced(err, s.Dir))
	}
	unlock, err := lock(filepath.Join(parts, "lock"))
	if err != nil {
		return Manifest{}, fmt.Errorf("get model %s: %w", pair, err)
	}
	defer unlock()
	stage, err := s.staging(pair)
	if err != nil {
		return Manifest{}, err
	}
	defer os.RemoveAll(stage)
	m := Manifest{
		Pair: pair, Architecture: e.Architecture, Version: e.Version, Licence: stated(e.Licence + " " + e.License),
		Origin: stated(o.Registry), AddedAt: o.Now.UTC().Truncate(time.Second),
	}
	for _, w := range files {
		f, err := g.file(ctx, w, parts, stage)
		if err != nil {
			return Manifest{}, fmt.Errorf("get model %s: %w", pair, spaced(err, s.Dir))
		}
		m.Files = append(m.Files, f)
	}
	if m.Version == "" {
		m.Version = short(m.SHA256())
	}
	if err := s.install(stage, m); err != nil {
		return Manifest{}, err
	}
	return m, os.RemoveAll(parts)
}

// partDir is where the downloads of a pair wait for the rest of them.
func (s Store) partDir(pair string) string { return filepath.Join(s.Dir, ".get-"+pair) }

// A getter asks one registry.
type getter struct {
	client *http.Client
	o      GetOptions
}

func newGetter(o GetOptions) getter {
	transport := o.Transport
	if transport == nil {
		// A host that is not there must be known soon: the newcomer's first command waits for it.
		transport = &http.Transport{
			Proxy:                 http.ProxyFromEnvironment,
			DialContext:           (&net.Dialer{Timeout: 5 * time.Second}).DialContext,
			TLSHandshakeTimeout:   10 * time.Second,
			ResponseHeaderTimeout: 30 * time.Second,
			DisableCompression:    true, // the files are compressed as they are; ranges are of these bytes
			ForceAttemptHTTP2:     true,
		}
	}
	redirect := func(req *http.Request, via []*http.Request) error {
		if len(via) > 5 {
			return errors.New("more than five redirects")
		}
		return allowed(req.URL)
	}
	return getter{client: &http.Client{Transport: transport, CheckRedirect: redirect}, o: o}
}

func (g getter) request(ctx context.Context, u *url.URL) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, fmt.Errorf("ask %s: %w", u, err)
	}
	if g.o.UserAgent != "" {
		req.Header.Set("User-Agent", g.o.UserAgent)
	}
	return req, nil
}

// file downloads one file, unpacks it into stage and verifies it. A file that is whole and wrong is thrown away: going on
// with it could never end well.
func (g getter) file(ctx context.Context, w wanted, parts, stage string) (File, error) {
	part := filepath.Join(parts, w.name+".part")
	if err := g.download(ctx, w, part); err != nil {
		return File{}, err
	}
	f, err := unpack(part, filepath.Join(stage, w.name))
	f.Name = w.name
	switch {
	case full(err):
		return File{}, err // the download is right, the disk is full: keep it
	case err != nil:
	case w.hash != "" && f.SHA256 != w.hash:
		err = fmt.Errorf("%s is not the file that the catalogue describes (its sha256 is %s, wanted %s)", w.address, f.SHA256, w.hash)
	case w.size > 0 && f.Size != w.size:
		err = fmt.Errorf("%s is not the file that the catalogue describes (it has %d bytes, wanted %d)", w.address, f.Size, w.size)
	default:
		return f, nil
	}
	return File{}, errors.Join(fmt.Errorf("%w; nothing was installed", err), remove(part), remove(part+".json"))
}

// A cut says what the first bytes of a .part file belong to, so that only the rest of the same file is added to them.
type cut struct {
	URL       string `json:"url"`
	Hash      string `json:"hash"`      // of the catalogue: another version of the model starts anew
	Validator string `json:"validator"` // a strong ETag, else Last-Modified; empty: the rest cannot be asked for
	Whole     bool   `json:"whole"`
}

// download brings part to its full length, in several requests if the connection is cut.
func (g getter) download(ctx context.Context, w wanted, part string) error {
	var state cut
	if b, err := os.ReadFile(part + ".json"); err == nil {
		_ = json.Unmarshal(b, &state) // a state that cannot be read is none: the download starts anew
	}
	if state.URL != w.address.String() || state.Hash != w.hash {
		state = cut{URL: w.address.String(), Hash: w.hash}
		if err := remove(part); err != nil {
			return err
		}
	}
	var last error
	for try := 0; try < attempts; {
		if state.Whole {
			return nil
		}
		before := size(part)
		err := g.more(ctx, w, part, &state)
		if err == nil {
			continue
		}
		if ctx.Err() != nil {
			return fmt.Errorf("download %s: %w; what has come is kept", w.name, ctx.Err())
		}
		var final finalError
		if errors.As(err, &final) || full(err) {
			return err
		}
		last = err
		if size(part) <= before {
			try++
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Duration(try) * 200 * time.Millisecond):
		}
	}
	return fmt.Errorf("%w; what has come is kept: run the command again", unreachable(w.address, last))
}

// A finalError is an answer that asking again will not change.
type finalError struct{ error }

// more asks for what part lacks and adds it.
func (g getter) more(ctx context.Context, w wanted, part string, state *cut) error {
	req, err := g.request(ctx, w.address)
	if err != nil {
		return err
	}
	have := size(part)
	if have > 0 && state.Validator != "" {
		req.Header.Set("Range", "bytes="+strconv.FormatInt(have, 10)+"-")
		req.Header.Set("If-Range", state.Validator)
	}
	resp, err := g.client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	flags := os.O_WRONLY | os.O_CREATE
	switch {
	case resp.StatusCode == http.StatusOK:
		have, flags = 0, flags|os.O_TRUNC // another version, or a server without ranges
	case resp.StatusCode == http.StatusPartialContent && strings.HasPrefix(resp.Header.Get("Content-Range"), "bytes "+strconv.FormatInt(have, 10)+"-"):
		flags |= os.O_APPEND
	case resp.StatusCode == http.StatusPartialContent || resp.StatusCode == http.StatusRequestedRangeNotSatisfiable:
		state.Validator = ""
		return errors.Join(fmt.Errorf("%s answered %s with a range that was not asked for", w.address, resp.Status), remove(part))
	case resp.StatusCode >= 500 || resp.StatusCode == http.StatusTooManyRequests:
		return fmt.Errorf("%s answered %s", w.address, resp.Status)
	default:
		return finalError{fmt.Errorf("%s answered %s", w.address, resp.Status)}
	}
	state.Validator = validator(resp.Header)
	if err := state.save(part); err != nil {
		return err
	}
	out, err := os.OpenFile(part, flags, 0o644)
	if err != nil {
		return err
	}
	total := int64(0)
	if resp.ContentLength >= 0 {
		total = have + resp.ContentLength
	}
	n, err := io.Copy(out, &counted{r: io.LimitReader(resp.Body, maxFile+1-have), done: have, total: total, name: w.name, tell: g.o.Progress})
	if err == nil && have+n > maxFile {
		err = finalError{fmt.Errorf("%s is larger than %d MB", w.address, maxFile>>20)}
	}
	if err == nil && total > 0 && have+n < total {
		err = io.ErrUnexpectedEOF
	}
	if err := errors.Join(err, out.Close()); err != nil {
		return fmt.Errorf("download %s: %w", w.name, err)
	}
	state.Whole = true
	return state.save(part)
}

func (c cut) save(part string) error {
	b, err := json.Marshal(c)
	if err != nil {
		return err
	}
	return os.WriteFile(part+".json", b, 0o644)
}

// validator returns what If-Range may carry: a strong ETag, else a date (RFC 9110, 13.1.5).
func validator(h http.Header) string {
	if tag := h.Get("ETag"); strings.HasPrefix(tag, `"`) {
		return tag
	}
	return h.Get("Last-Modified")
}

// counted tells of the bytes that went through it.
type counted struct {
	r           io.Reader
	done, total int64
	name        string
	tell        func(string, int64, int64)
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.done += int64(n)
	if c.tell != nil {
		c.tell(c.name, c.done, c.total)
	}
	return n, err
}

func size(name string) int64 {
	info, err := os.Stat(name)
	if err != nil {
		return 0
	}
	return info.Size()
}

func remove(name string) error {
	if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
