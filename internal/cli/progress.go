package cli

import (
	"fmt"
	"strings"
	"time"
)

// A progress shows how far something is: a bar on a terminal, a line every few seconds elsewhere, and nothing at all of
// what is over within a second.
type progress struct {
	a       *app
	began   time.Time
	shown   time.Time
	drawn   bool
	what    string
	percent int
}

func (a *app) progress() *progress { return &progress{a: a, began: time.Now(), percent: -1} }

// bytes tells that done of total bytes (0: not known) of what are there.
func (p *progress) bytes(what string, done, total int64) {
	now := time.Now()
	if now.Sub(p.began) < time.Second {
		return
	}
	pause := 100 * time.Millisecond
	if !p.a.bar {
		pause = 5 * time.Second
	}
	if p.what == what && now.Sub(p.shown) < pause && (done != total || total == 0) {
		return
	}
	if p.what == what && done == total && p.percent == 100 {
		return
	}
	p.what, p.shown, p.percent = what, now, -1
	amount := megabytes(done)
	if total > 0 {
		p.percent = int(done * 100 / total)
		amount = fmt.Sprintf("%3d %%  %s of %s", p.percent, megabytes(done), megabytes(total))
	}
	if !p.a.bar {
		fmt.Fprintf(p.a.err, "%s: %s\n", what, strings.TrimSpace(amount))
		return
	}
	const width = 24
	full := max(p.percent, 0) * width / 100
	fmt.Fprintf(p.a.err, "\r\x1b[K%s  [%s%s] %s", what, strings.Repeat("#", full), strings.Repeat(".", width-full), amount)
	p.drawn = true
}

// end takes the bar away.
func (p *progress) end() {
	if p.drawn {
		fmt.Fprint(p.a.err, "\r\x1b[K")
		p.drawn = false
	}
}

func megabytes(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/1e6) }
