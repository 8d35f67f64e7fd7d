package webtest

import (
	"context"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"github.com/dragoman-newsroom/dragoman/internal/require"
)

// A Browser is a real one, without a window.
type Browser struct {
	t   testing.TB
	ctx context.Context

	mu    sync.Mutex
	asked []string // addresses it requested
	wrong []string // on its console: scripts that failed, what the content security policy refused
}

// Open starts a browser, or skips the test where there is none.
func Open(t testing.TB) *Browser {
	t.Helper()
	path := require.Chromium(t)
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.ExecPath(path), chromedp.NoSandbox)
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	b := &Browser{t: t, ctx: ctx}
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Listen(ctx, func(event any) {
		if e, ok := event.(*network.EventRequestWillBeSent); ok {
			b.mu.Lock()
			defer b.mu.Unlock()
			b.asked = append(b.asked, e.Request.URL)
		}
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, network.Enable, network.EnableParams{}); err != nil {
		t.Fatal(err)
	}
	messages := chromedp.Console(ctx)
	go func() {
		for m, err := range messages {
			if err != nil {
				return
			}
			if m.IsException() || m.Type == "error" || m.Type == "warning" {
				b.mu.Lock()
				b.wrong = append(b.wrong, m.Text+" "+m.URL)
				b.mu.Unlock()
			}
		}
	}()
	return b
}

// Do carries out steps, which must succeed within half a minute.
func (b *Browser) Do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 30*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

// Ask returns what an expression of JavaScript gives on the page.
func Ask[T any](b *Browser, expression string) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 30*time.Second)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// Press types one character, or "Enter", as a keyboard does: what the page keeps from happening does not happen.
func (b *Browser) Press(key string) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 30*time.Second)
	defer cancel()
	down := input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyDown, Key: key, Text: key}
	if key == "Enter" {
		down.Text, down.WindowsVirtualKeyCode = "\r", 13
	}
	for _, e := range []input.DispatchKeyEventParams{down, {Type: input.DispatchKeyEventTypeKeyUp, Key: key}} {
		if _, err := chromedp.Call(ctx, input.DispatchKeyEvent, e); err != nil {
			b.t.Fatal(err)
		}
	}
}

// Until waits for an expression of JavaScript to be true, for half a minute. Between two pages nothing can be asked: it asks again.
func (b *Browser) Until(expression string) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 30*time.Second)
	defer cancel()
	for {
		holds, err := chromedp.Run(ctx, chromedp.Evaluate[bool](expression))
		if err == nil && holds {
			return
		}
		if ctx.Err() != nil {
			b.t.Fatalf("%s: never true: %v", expression, err)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// Fits checks that a page needs no scrolling sideways on a phone of 390 pixels, nor on a narrow one of 320.
func (b *Browser) Fits(address string) {
	b.t.Helper()
	for _, width := range []int64{390, 320} {
		b.Do(chromedp.EmulateViewport(width, 844), chromedp.Navigate(address))
		if got := Ask[int64](b, "document.documentElement.scrollWidth"); got > width {
			wide := Ask[string](b, `[...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth + 1).slice(0, 3).map(e => e.outerHTML.slice(0, 120)).join("\n")`)
			b.t.Errorf("%s is %d pixels wide on a screen of %d:\n%s", address, got, width, wide)
		}
	}
	b.Do(chromedp.EmulateViewport(1280, 900))
}

// Media shows pages from now on as on a medium, "screen" or "print", in a colour scheme, "light" or "dark".
func (b *Browser) Media(medium, scheme string) {
	b.t.Helper()
	p := emulation.SetEmulatedMediaParams{Media: medium, Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}
	if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, p); err != nil {
		b.t.Fatal(err)
	}
}

// Shot keeps a picture of the whole page in the folder that DRAGOMAN_TEST_SCREENSHOTS names, and does nothing without one.
func (b *Browser) Shot(name string) {
	b.t.Helper()
	folder := os.Getenv("DRAGOMAN_TEST_SCREENSHOTS")
	if folder == "" {
		return
	}
	ctx, cancel := context.WithTimeout(b.ctx, 30*time.Second)
	defer cancel()
	png, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		b.t.Fatal(err)
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, name+".png"), png, 0o644); err != nil {
		b.t.Fatal(err)
	}
}

// Clean checks what the browser has met since it was opened, or since the last call: nothing wrong on its console, no request to another
// host than host, no cookie but those named, nothing else kept.
func (b *Browser) Clean(host string, cookies ...string) {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, w := range b.wrong {
		b.t.Errorf("the browser's console: %s", w)
	}
	for _, address := range b.asked {
		if u, err := url.Parse(address); err != nil || u.Host != host && u.Scheme != "about" {
			b.t.Errorf("the page asked for %s", address)
		}
	}
	b.wrong, b.asked = nil, nil
	found, err := chromedp.Call(b.ctx, network.GetCookies, network.GetCookiesParams{})
	if err != nil {
		b.t.Fatal(err)
	}
	for _, c := range found.Cookies {
		if !slices.Contains(cookies, c.Name) {
			b.t.Errorf("a cookie %q", c.Name)
		}
	}
}
