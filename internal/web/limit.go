package web

import (
	"math"
	"net/http"
	"sync"
	"time"
)

// A Limit lets each name do something a few times at once, and then once in a while: a token bucket each.
// The zero Limit lets nobody do anything. It keeps at most maxBuckets names and forgets those that have recovered.
type Limit struct {
	Burst int
	Every time.Duration // a used attempt comes back after this long
	Now   func() time.Time

	mu      sync.Mutex
	buckets map[string]bucket
}

type bucket struct {
	left float64
	at   time.Time
}

const maxBuckets = 10_000

// Take uses one attempt of the name. It returns a *TooMany if none is left.
func (l *Limit) Take(name string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.Now()
	if l.buckets == nil {
		l.buckets = map[string]bucket{}
	}
	if len(l.buckets) >= maxBuckets {
		l.forget(now)
	}
	b := l.filled(name, now)
	if b.left < 1 {
		return &TooMany{Seconds: int(math.Ceil((1 - b.left) * l.Every.Seconds()))}
	}
	b.left--
	l.buckets[name] = b
	return nil
}

// Give returns an attempt: whoever gave the right password is not counted.
func (l *Limit) Give(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	b := l.filled(name, l.Now())
	b.left = min(float64(l.Burst), b.left+1)
	if l.buckets != nil {
		l.buckets[name] = b
	}
}

func (l *Limit) filled(name string, now time.Time) bucket {
	b, ok := l.buckets[name]
	if !ok {
		return bucket{left: float64(l.Burst), at: now}
	}
	b.left = min(float64(l.Burst), b.left+float64(now.Sub(b.at))/float64(l.Every))
	b.at = now
	return b
}

// forget drops the names that have recovered; if all are still counting, all: memory is bounded, and the next attempts count anew.
func (l *Limit) forget(now time.Time) {
	for name := range l.buckets {
		if l.filled(name, now).left >= float64(l.Burst) {
			delete(l.buckets, name)
		}
	}
	if len(l.buckets) >= maxBuckets {
		clear(l.buckets)
	}
}

// Network returns the name under which a reader's network is counted.
func Network(r *http.Request) string { return network(r) }
