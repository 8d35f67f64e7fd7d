package newsroom_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// serve serves h on loopback until the test ends and returns host and port.
func serve(t *testing.T, h http.Handler) string {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return strings.TrimPrefix(s.URL, "http://")
}
