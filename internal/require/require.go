// Package require gives tests what they need from outside the tree, and skips by name where it is not there.
//
// DRAGOMAN_TEST_REQUIRE lists, with commas, what may not be missing: chromium, postgres, model, shared.
// There a skip is a failure. It is used by tests only and touches the environment and the file system.
package require

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// missing skips the test, or fails it where what may not be missing.
func missing(t testing.TB, what, why string) {
	t.Helper()
	if slices.Contains(strings.Split(os.Getenv("DRAGOMAN_TEST_REQUIRE"), ","), what) {
		t.Fatalf("%s is required here: %s", what, why)
	}
	t.Skipf("needs %s: %s", what, why)
}

// root is the module's root directory, found from the working directory of the test.
func root() string {
	dir, err := os.Getwd()
	if err != nil {
		return "."
	}
	for d := dir; ; d = filepath.Dir(d) {
		if _, err := os.Stat(filepath.Join(d, "go.mod")); err == nil {
			return d
		}
		if d == filepath.Dir(d) {
			return dir
		}
	}
}

// Shared returns the folder of the shared test data (it holds data/ and tools/): $DRAGOMAN_SHARED, else ../shared beside the root.
func Shared(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("DRAGOMAN_SHARED")
	if dir == "" {
		dir = filepath.Join(root(), "..", "shared")
	}
	if _, err := os.Stat(filepath.Join(dir, "data")); err != nil {
		missing(t, "shared", "no test data in "+dir+" (DRAGOMAN_SHARED)")
	}
	return dir
}

// Model returns the folder of a real model, such as "en-pt", under $DRAGOMAN_TEST_MODELS.
func Model(t testing.TB, pair string) string {
	t.Helper()
	dir := os.Getenv("DRAGOMAN_TEST_MODELS")
	if dir == "" {
		missing(t, "model", "DRAGOMAN_TEST_MODELS names no folder")
	}
	dir = filepath.Join(dir, pair)
	if _, err := os.Stat(dir); err != nil {
		missing(t, "model", "no folder "+dir)
	}
	return dir
}

// Postgres returns the address of a PostgreSQL database that tests may fill: $DRAGOMAN_TEST_POSTGRES.
func Postgres(t testing.TB) string {
	t.Helper()
	url := os.Getenv("DRAGOMAN_TEST_POSTGRES")
	if url == "" {
		missing(t, "postgres", "DRAGOMAN_TEST_POSTGRES names no database")
	}
	return url
}

// Chromium returns the path of a browser.
func Chromium(t testing.TB) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	missing(t, "chromium", "no chromium on the PATH")
	return ""
}
