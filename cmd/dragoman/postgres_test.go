package main

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
)

// The same newsroom on PostgreSQL: a serve on one machine, a worker on another, and commands beside both.
func TestPostgreSQLWithAWorkerOfItsOwn(t *testing.T) {
	f := newFolder(t)
	out, err := f.command("work").CombinedOutput()
	if err == nil || !strings.Contains(string(out), `set database = "postgres://…"`) {
		t.Errorf("work on a file: %v\n%s", err, out)
	}
	f.env = []string{"DRAGOMAN_DATABASE=" + storetest.Schema(t)}
	outlets, addresses := f.outlets()
	serve := f.start("serve", "--listen", freeAddress(t))
	lines := serve.wait(4, time.Minute)
	worker := f.start("work")
	worker.wait(1, time.Minute)
	want := 0
	for i, o := range outlets {
		into := "pt"
		if o.Lang != "en" {
			into = "en"
		}
		f.run("follow", addresses[i]+o.Feed, "--into", into)
		want += o.Articles()
	}
	var all []listed
	for deadline := time.Now().Add(3 * time.Minute); len(all) < want; time.Sleep(200 * time.Millisecond) {
		if all = list(t, f); time.Now().After(deadline) {
			_, errs := worker.output()
			t.Fatalf("%d articles of %d after three minutes\n%s", len(all), want, errs)
		}
	}
	f.run("terms", outlets[0].Name, "--licence", "CC0-1.0")
	for _, a := range all {
		if a.Outlet != outlets[0].Name || a.Stops > 0 {
			continue
		}
		address := strings.TrimSpace(f.run("publish", a.ID))
		if status, page := get(t, address); status != http.StatusOK || !strings.Contains(page, a.Title) {
			t.Errorf("GET %s: %d", address, status)
		}
		if site := strings.Fields(lines[1])[1]; !strings.HasPrefix(address, site) {
			t.Errorf("published at %s, and the site is %s", address, site)
		}
		break
	}
	worker.stop()
	serve.stop()
}
