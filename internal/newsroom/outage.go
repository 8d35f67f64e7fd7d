package newsroom

import (
	"net/url"
	"sync"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/fetch"
)

// Our own network is taken to be down when at least so many hosts were asked lately and none could be reached.
const (
	outageHosts = 3
	outageSpan  = 5 * time.Minute
	outageRetry = 5 * time.Minute
)

// An outage remembers which hosts could be reached lately. The zero value remembers nothing yet.
type outage struct {
	mu    sync.Mutex
	hosts map[string]hostSeen
}

type hostSeen struct {
	at      time.Time
	reached bool
}

func (o *outage) reached(url string, at time.Time) { o.note(url, at, true) }

// failed notes a failure and reports whether it is more likely ours than the host's: no network is up, where online can tell, or of several
// hosts none was reached lately.
func (o *outage) failed(url string, outcome fetch.Outcome, at time.Time, online func() bool) bool {
	switch outcome {
	case fetch.DNS, fetch.Unreachable, fetch.Timeout:
	default:
		o.note(url, at, true) // somebody answered
		return false
	}
	o.note(url, at, false)
	if online != nil && !online() {
		return true
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, h := range o.hosts {
		if h.reached {
			return false
		}
	}
	return len(o.hosts) >= outageHosts
}

func (o *outage) note(address string, at time.Time, reached bool) {
	u, err := url.Parse(address)
	if err != nil {
		return
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.hosts == nil {
		o.hosts = map[string]hostSeen{}
	}
	for name, h := range o.hosts {
		if at.Sub(h.at) > outageSpan {
			delete(o.hosts, name)
		}
	}
	o.hosts[u.Hostname()] = hostSeen{at, reached}
}
