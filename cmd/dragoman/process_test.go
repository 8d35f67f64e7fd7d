package main

import (
	"bufio"
	"bytes"
	"net"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/demo"
	"github.com/dragoman-newsroom/dragoman/internal/require"
)

// A folder is a data folder, and the environment in which the program finds it.
type folder struct {
	t     *testing.T
	dir   string
	allow []string
	env   []string // more of it
}

// newFolder makes a data folder with the en-pt and pt-en models.
func newFolder(t *testing.T) *folder {
	t.Helper()
	f := &folder{t: t, dir: t.TempDir()}
	for _, pair := range []string{"en-pt", "pt-en"} {
		f.run("model", "add", require.Model(t, pair))
	}
	return f
}

// outlets serves the made-up outlets from this process, which the folder's commands may ask.
func (f *folder) outlets() (outlets []demo.Outlet, addresses []string) {
	f.t.Helper()
	outlets, err := demo.Outlets()
	if err != nil {
		f.t.Fatal(err)
	}
	for _, o := range outlets {
		s := httptest.NewServer(o)
		f.t.Cleanup(s.Close)
		addresses = append(addresses, s.URL)
		f.allow = append(f.allow, strings.TrimPrefix(s.URL, "http://"))
	}
	return outlets, addresses
}

func (f *folder) command(args ...string) *exec.Cmd {
	cmd := exec.Command("dragoman", args...)
	cmd.Env = append(os.Environ(), "DRAGOMAN_DATA="+f.dir, "DRAGOMAN_FETCH_ALLOW="+strings.Join(f.allow, ","), "HOME="+f.dir, "XDG_DATA_HOME="+filepath.Join(f.dir, "home"))
	cmd.Env = append(cmd.Env, f.env...)
	return cmd
}

// run runs a command to its end, which must be a good one, and returns its standard output.
func (f *folder) run(args ...string) string {
	f.t.Helper()
	cmd := f.command(args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		f.t.Fatalf("dragoman %s: %v\n%s%s", strings.Join(args, " "), err, out, stderr.String())
	}
	return string(out)
}

// A process is a command that runs on.
type process struct {
	*exec.Cmd
	t *testing.T

	mu     sync.Mutex
	lines  []string // of standard output
	stderr bytes.Buffer
	more   chan struct{} // a line has come, or the output has ended
	ended  chan struct{}
}

// start starts a command that runs on. It is killed at the end of the test at the latest.
func (f *folder) start(args ...string) *process {
	f.t.Helper()
	p := &process{Cmd: f.command(args...), t: f.t, more: make(chan struct{}, 1), ended: make(chan struct{})}
	out, err := p.StdoutPipe()
	if err != nil {
		f.t.Fatal(err)
	}
	p.Stderr = locked{p}
	if err := p.Start(); err != nil {
		f.t.Fatal(err)
	}
	go func() {
		for s := bufio.NewScanner(out); s.Scan(); {
			p.mu.Lock()
			p.lines = append(p.lines, s.Text())
			p.mu.Unlock()
			p.wake()
		}
		_ = p.Wait() // its end is looked at where it matters
		close(p.ended)
		p.wake()
	}()
	f.t.Cleanup(func() { p.signal(syscall.SIGKILL); <-p.ended })
	return p
}

type locked struct{ p *process }

func (l locked) Write(b []byte) (int, error) {
	l.p.mu.Lock()
	defer l.p.mu.Unlock()
	return l.p.stderr.Write(b)
}

func (p *process) wake() {
	select {
	case p.more <- struct{}{}:
	default:
	}
}

func (p *process) output() (lines []string, stderr string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string(nil), p.lines...), p.stderr.String()
}

// wait waits until the process has printed n lines, and returns them.
func (p *process) wait(n int, within time.Duration) []string {
	p.t.Helper()
	deadline := time.After(within)
	for {
		lines, stderr := p.output()
		if len(lines) >= n {
			return lines
		}
		select {
		case <-p.more:
		case <-p.ended:
			if lines, stderr = p.output(); len(lines) < n {
				p.t.Fatalf("%v ended\n%s%s", p.Args, strings.Join(lines, "\n"), stderr)
			}
		case <-deadline:
			p.t.Fatalf("%v: %d of %d lines after %v\n%s%s", p.Args, len(lines), n, within, strings.Join(lines, "\n"), stderr)
		}
	}
}

func (p *process) signal(s syscall.Signal) {
	_ = p.Process.Signal(s) // it may have ended by itself
}

// stop asks the process to end, as a supervisor does, and holds that it does within the ten seconds that a supervisor gives.
func (p *process) stop() {
	p.t.Helper()
	p.signal(syscall.SIGTERM)
	select {
	case <-p.ended:
		if p.ProcessState.ExitCode() != 0 {
			_, stderr := p.output()
			p.t.Errorf("%v, asked to end: exit %d\n%s", p.Args, p.ProcessState.ExitCode(), stderr)
		}
	case <-time.After(10 * time.Second):
		p.t.Errorf("%v did not end within 10 s of SIGTERM", p.Args)
	}
}

// freeAddress is an address of loopback on which nobody listens.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
