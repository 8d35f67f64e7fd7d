package main

import (
	"context"
	"database/sql"
	"fmt"
	"net"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	_ "modernc.org/sqlite" // to make a database of a newer version

	"github.com/dragoman-newsroom/dragoman/internal/cli"
	"github.com/dragoman-newsroom/dragoman/internal/demo"
)

// TestMain lets the test binary be the program: testscript and the other tests start it under the name dragoman.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"dragoman": func() { os.Exit(cli.Main(os.Args[1:])) }})
}

// Every file in testdata/script is a story told with the real program: it says at its top what it shows.
func TestScripts(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	models := os.Getenv("DRAGOMAN_TEST_MODELS")
	_, err = os.Stat(filepath.Join(models, "en-pt"))
	hasModel := models != "" && err == nil
	if required := strings.Split(os.Getenv("DRAGOMAN_TEST_REQUIRE"), ","); slices.Contains(required, "model") && !hasModel {
		t.Fatalf("model is required here: no folder en-pt in DRAGOMAN_TEST_MODELS=%q", models)
	}
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join(root, "testdata", "script"),
		Setup: func(e *testscript.Env) error {
			outlets, err := demo.Outlets()
			if err != nil {
				return err
			}
			var allow []string
			for i, o := range outlets {
				s := httptest.NewServer(o)
				e.Defer(s.Close)
				e.Setenv(fmt.Sprintf("OUTLET%d", i+1), s.URL)
				allow = append(allow, strings.TrimPrefix(s.URL, "http://"))
			}
			e.Setenv("DRAGOMAN_FETCH_ALLOW", strings.Join(allow, ","))
			e.Setenv("DRAGOMAN_DATA", filepath.Join(e.WorkDir, "data"))
			e.Setenv("HOME", e.WorkDir)
			e.Setenv("ROOT", root)
			e.Setenv("MODELS", models)
			return nil
		},
		Condition: func(cond string) (bool, error) {
			if cond == "model" {
				return hasModel, nil
			}
			return false, fmt.Errorf("there is no condition %q", cond)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"freeport": freeport, "waitfor": waitFor, "newerdb": newerDB, "full": full, "first": first,
		},
	})
}

// freeport NAME sets a variable to an address on which nobody listens.
func freeport(ts *testscript.TestScript, _ bool, args []string) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	ts.Setenv(args[0], l.Addr().String())
	ts.Check(l.Close())
}

// waitfor HOST:PORT waits until somebody listens there.
func waitFor(ts *testscript.TestScript, _ bool, args []string) {
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if c, err := net.Dial("tcp", args[0]); err == nil {
			ts.Check(c.Close())
			return
		}
	}
	ts.Fatalf("nobody listens on %s", args[0])
}

// first NAME FILE sets a variable to the first word of the first line of a file.
func first(ts *testscript.TestScript, _ bool, args []string) {
	words := strings.Fields(ts.ReadFile(args[1]))
	if len(words) == 0 {
		ts.Fatalf("%s is empty", args[1])
	}
	ts.Setenv(args[0], words[0])
}

// newerdb FILE makes a database as a later version of the program would have left it.
func newerDB(ts *testscript.TestScript, _ bool, args []string) {
	db, err := sql.Open("sqlite", ts.MkAbs(args[0]))
	ts.Check(err)
	defer db.Close()
	_, err = db.ExecContext(context.Background(), `INSERT INTO migration (version, name, at) VALUES (9999, 'later', 0)`)
	ts.Check(err)
}

// full KILOBYTES COMMAND… runs the program where no file may grow past a size, as on a disk that is full, and holds that it
// fails; its error goes to the file "full".
func full(ts *testscript.TestScript, _ bool, args []string) {
	line := "ulimit -f " + args[0] + " && exec dragoman \"$@\""
	cmd := exec.Command("sh", append([]string{"-c", line, "sh"}, args[1:]...)...)
	cmd.Dir = ts.MkAbs(".")
	for _, name := range []string{"PATH", "HOME", "DRAGOMAN_DATA", "DRAGOMAN_FETCH_ALLOW"} {
		cmd.Env = append(cmd.Env, name+"="+ts.Getenv(name))
	}
	out, err := cmd.CombinedOutput()
	if err == nil {
		ts.Fatalf("%v on a full disk: done\n%s", args[1:], out)
	}
	ts.Check(os.WriteFile(ts.MkAbs("full"), out, 0o600))
}
