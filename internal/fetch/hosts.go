package fetch

import (
	"context"
	"net/http"
	"net/url"
	"sync"
	"time"
)

// A Host is what a server told us.
type Host struct {
	Name         string    // "https://outlet.example", with the port where it is not the scheme's own
	PausedUntil  time.Time // zero if it does not ask to be left alone
	Robots       string    // its robots.txt as last read
	RobotsStatus int       // HTTP status of that; 0 if it was not reached
	RobotsAt     time.Time // zero if it was never asked for
}

// Hosts keeps what servers told us. It is the store, or memory.
type Hosts interface {
	Host(ctx context.Context, name string) (Host, error) // one that is not known has only its name
	SaveHost(ctx context.Context, h Host) error
}

// memory is Hosts for a Client without one.
type memory struct {
	mu    sync.Mutex
	hosts map[string]Host
}

func (m *memory) Host(_ context.Context, name string) (Host, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	h := m.hosts[name]
	h.Name = name
	return h, nil
}

func (m *memory) SaveHost(_ context.Context, h Host) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.hosts == nil {
		m.hosts = map[string]Host{}
	}
	m.hosts[h.Name] = h
	return nil
}

// clientState is what a Client makes of its fields, and what it keeps while it runs.
type clientState struct {
	once  sync.Once
	http  *http.Client
	allow map[string]bool
	mu    sync.Mutex
	turns map[string]*turn // by host name, without the port: a server is one however it is asked
}

// A turn lets one request at a time go to a server, a pace apart.
type turn struct {
	busy chan struct{} // holds one token while somebody asks
	next time.Time     // when the next may; read and written by who holds the token
	used int           // how many wait or ask; guarded by clientState.mu
}

// take waits for the turn of a host, and returns what gives it back.
func (c *Client) take(ctx context.Context, host string) (release func(), err error) {
	c.state.mu.Lock()
	t := c.state.turns[host]
	if t == nil {
		t = &turn{busy: make(chan struct{}, 1)}
		c.state.turns[host] = t
	}
	t.used++
	c.state.mu.Unlock()
	leave := func() {
		c.state.mu.Lock()
		defer c.state.mu.Unlock()
		if t.used--; t.used == 0 && !c.now().Before(t.next) {
			delete(c.state.turns, host)
		}
	}
	select {
	case t.busy <- struct{}{}:
	case <-ctx.Done():
		leave()
		return nil, ctx.Err()
	}
	release = func() {
		t.next = c.now().Add(c.Pace)
		<-t.busy
		leave()
	}
	if wait := t.next.Sub(c.now()); wait > 0 {
		if err := c.sleep(ctx, wait); err != nil {
			release()
			return nil, err
		}
	}
	c.sweep()
	return release, nil
}

// maxTurns is how many idle hosts are remembered; each is a few words.
const maxTurns = 4096

// sweep forgets hosts whose pace is over, so that a crawl of many does not grow for ever.
func (c *Client) sweep() {
	c.state.mu.Lock()
	defer c.state.mu.Unlock()
	if len(c.state.turns) < maxTurns {
		return
	}
	now := c.now()
	for host, t := range c.state.turns {
		if t.used == 0 && !now.Before(t.next) {
			delete(c.state.turns, host)
		}
	}
}

func (c *Client) now() time.Time {
	if c.Now != nil {
		return c.Now()
	}
	return time.Now()
}

func (c *Client) sleep(ctx context.Context, d time.Duration) error {
	if c.Sleep != nil {
		return c.Sleep(ctx, d)
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// paused returns an error if the server of u asks to be left alone.
func (c *Client) paused(ctx context.Context, u *url.URL) error {
	h, err := c.Hosts.Host(ctx, pauseName(u))
	if err != nil {
		return err
	}
	if wait := h.PausedUntil.Sub(c.now()); wait > 0 {
		return &Error{Outcome: RateLimited, URL: u.String(), RetryAfter: wait, Help: u.Hostname() + " asked to be left alone for another " + wait.Round(time.Second).String()}
	}
	return nil
}

// pause keeps a server's wish to be left alone.
func (c *Client) pause(ctx context.Context, u *url.URL, d time.Duration) error {
	h, err := c.Hosts.Host(ctx, pauseName(u))
	if err != nil {
		return err
	}
	h.PausedUntil = c.now().Add(d)
	return c.Hosts.SaveHost(ctx, h)
}

// pauseName is the name under which a server's pause is kept: the host, whatever the scheme and the port.
func pauseName(u *url.URL) string { return u.Hostname() }

// robotsName is the name under which a server's robots.txt is kept: RFC 9309 has one for each scheme and authority.
func robotsName(u *url.URL) string { return u.Scheme + "://" + u.Host }
