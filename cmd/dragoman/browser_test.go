package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"github.com/dragoman-newsroom/dragoman/internal/require"
)

// A browser is a real Chromium, as a reader and an editor have it.
type browser struct {
	context.Context
	t     *testing.T
	shots string // folder

	mu         sync.Mutex
	complaints []string
}

func newBrowser(t *testing.T) *browser {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(require.Chromium(t)), chromedp.Flag("lang", "en"))
	if os.Getuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	allocator, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	ctx, cancel := chromedp.NewContext(allocator)
	t.Cleanup(cancel)
	b := &browser{Context: ctx, t: t, shots: os.Getenv("DRAGOMAN_TEST_SCREENSHOTS")}
	if b.shots == "" {
		b.shots = t.TempDir()
	}
	b.do("start the browser") // without a limit of time, which would be the browser's own
	b.Context, cancel = context.WithTimeout(ctx, 3*time.Minute)
	t.Cleanup(cancel)
	// What the browser complains of is a defect: a blocked script, a picture that is not there, an error in ours.
	entries, thrown := chromedp.Events(b, log.EntryAdded), chromedp.Events(b, runtime.ExceptionThrown)
	if _, err := chromedp.Call(b, log.Enable, cdp.Empty{}); err != nil {
		t.Fatal(err)
	}
	go func() {
		for ev, err := range entries {
			if err != nil {
				return
			}
			if ev.Entry.Level == log.EntryLevelError || ev.Entry.Level == log.EntryLevelWarning {
				b.complain(ev.Entry.URL + ": " + ev.Entry.Text)
			}
		}
	}()
	go func() {
		for ev, err := range thrown {
			if err != nil {
				return
			}
			b.complain(ev.ExceptionDetails.URL + ": " + ev.ExceptionDetails.Text)
		}
	}()
	t.Cleanup(func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		for _, c := range b.complaints {
			t.Errorf("the browser complains of %s", c)
		}
	})
	return b
}

func (b *browser) complain(s string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.complaints = append(b.complaints, s)
}

func (b *browser) do(what string, actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b, actions...); err != nil {
		b.t.Fatalf("%s: %v", what, err)
	}
}

// open goes to an address and waits for the page.
func (b *browser) open(address string) {
	b.t.Helper()
	b.do("open "+address, chromedp.Navigate(address), chromedp.WaitReady(chromedp.CSS("main")))
}

// ask evaluates a script.
func ask[T any](b *browser, script string) T {
	b.t.Helper()
	v, err := chromedp.Run(b, chromedp.Evaluate[T](script))
	if err != nil {
		b.t.Fatalf("%s: %v", script, err)
	}
	return v
}

// look takes a screenshot of the page at the width of a phone and of a desk, and holds that nothing is cut off at its side.
func (b *browser) look(name string) {
	b.t.Helper()
	for _, width := range []int64{390, 1280} {
		b.do("set the width", chromedp.EmulateViewport(width, 844))
		if over := ask[float64](b, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); over > 0 {
			b.t.Errorf("%s: %v px wider than a screen of %d px", name, over, width)
		}
		png, err := chromedp.Run(b, chromedp.CaptureScreenshot())
		if err != nil {
			b.t.Fatalf("screenshot of %s: %v", name, err)
		}
		if !bytes.HasPrefix(png, []byte("\x89PNG")) || len(png) < 4000 {
			b.t.Errorf("%s at %d px: no picture of a page (%d bytes)", name, width, len(png))
		}
		if err := os.WriteFile(filepath.Join(b.shots, fmt.Sprintf("%s-%d.png", name, width)), png, 0o600); err != nil {
			b.t.Fatal(err)
		}
	}
}

// The newcomer's first ten minutes, in a real browser: front page, article, the first editor's door, the queue, an article
// beside its original, a block edited, published, and seen on the site and in the feed.
func TestNewsroomInABrowser(t *testing.T) {
	require.Chromium(t)
	f := newFolder(t)
	_, lines := startDemo(t, f)
	b := newBrowser(t)
	front, oneTime := lines[1], lines[3]

	b.open(front)
	b.look("front")
	b.do("open the first article", chromedp.Click(chromedp.CSS("main article a, main li a, main h2 a"), chromedp.NodeVisible), chromedp.WaitVisible(chromedp.CSS("article h1")))
	if n := ask[int](b, `document.querySelectorAll("h1").length`); n != 1 {
		t.Errorf("%d h1 on the article's page", n)
	}
	if ok := ask[bool](b, `[...document.images].every(i => i.complete && i.naturalWidth > 0) && document.images.length > 0`); !ok {
		t.Error("a picture of the article is not shown")
	}
	b.look("article")

	b.open(oneTime)
	b.look("first")
	b.do("set name and password",
		chromedp.SendKeys(chromedp.ID("name"), "Nora Feld"), chromedp.SendKeys(chromedp.ID("password"), "a harbour at night"),
		chromedp.SendKeys(chromedp.ID("again"), "a harbour at night"),
		chromedp.Click(chromedp.CSS("main form button")), chromedp.WaitVisible(chromedp.CSS(`a[href^="/desk/articles/"]`)))
	b.look("queue")

	// An article that nothing keeps from readers, with text that holds no mark: plain words are typed into it.
	var chosen listed
	for _, a := range list(t, f, "--state", "in_review", "--lang", "pt") {
		if a.Stops == 0 {
			chosen = a
			break
		}
	}
	if chosen.ID == "" {
		t.Fatal("every article at the desk has an open stop flag")
	}
	base := strings.TrimSuffix(lines[2], "/desk/login")
	b.open(base + "/desk/articles/" + chosen.ID)
	b.look("desk")
	const words = "A ponte nova abriu ao meio-dia."
	place := ask[string](b, `(() => {
		const form = [...document.querySelectorAll("form[data-edit]")].find(f => {
			const v = f.querySelector("textarea").value;
			return v.length > 80 && !v.includes("[");
		});
		form.closest("details").open = true;
		return form.dataset.edit;
	})()`)
	box := fmt.Sprintf(`form[data-edit=%q] textarea`, place)
	b.do("edit a block", chromedp.ScrollIntoView(chromedp.CSS(box)), chromedp.Focus(chromedp.CSS(box)),
		chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`(() => { const t = document.querySelector('%s'); t.setSelectionRange(t.value.length, t.value.length); })()`, box)),
		chromedp.SendKeys(chromedp.CSS(box), " "+words))
	b.do("save it", chromedp.Click(chromedp.CSS(fmt.Sprintf(`form[data-edit=%q] button`, place))), chromedp.WaitReady(chromedp.CSS(".changed")))
	if ok := ask[bool](b, fmt.Sprintf(`document.querySelector(".rows").textContent.includes(%q)`, words)); !ok {
		t.Error("the desk does not show what was saved")
	}
	b.look("edited")
	b.do("publish", chromedp.ScrollIntoView(chromedp.CSS("form.publish button")), chromedp.Click(chromedp.CSS("form.publish button")), chromedp.WaitReady(chromedp.CSS(".state.published")))

	var published listed
	for _, a := range list(t, f, "--state", "published") {
		if a.ID == chosen.ID {
			published = a
		}
	}
	if published.URL == "" {
		t.Fatal("list does not say where the article was published")
	}
	b.open(published.URL)
	if ok := ask[bool](b, fmt.Sprintf(`document.querySelector("main").textContent.includes(%q)`, words)); !ok {
		t.Errorf("%s does not show what was typed at the desk", published.URL)
	}
	b.look("published")
	if _, feed := get(t, front+"feed.xml"); !strings.Contains(feed, words) {
		t.Error("the feed does not have what was typed at the desk")
	}
	if cookies := ask[string](b, `document.cookie`); cookies != "" {
		t.Errorf("a reader has the cookie %q", cookies)
	}
}
