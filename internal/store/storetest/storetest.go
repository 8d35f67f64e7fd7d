// Package storetest runs a test on each database that a store may live in.
//
// It gives every test an empty store of its own: a file in a temporary folder, and, where DRAGOMAN_TEST_POSTGRES names a
// database, a schema that is dropped afterwards. It touches these two and nothing else.
package storetest

import (
	"database/sql"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/dragoman-newsroom/dragoman/internal/require"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// Run runs f on SQLite and on PostgreSQL. A store's method is right when f passes on both.
func Run(t *testing.T, f func(t *testing.T, s *store.Store)) {
	t.Helper()
	t.Run("SQLite", func(t *testing.T) { f(t, SQLite(t)) })
	t.Run("PostgreSQL", func(t *testing.T) { f(t, PostgreSQL(t)) })
}

// SQLite opens an empty store in a temporary folder.
func SQLite(t testing.TB) *store.Store {
	t.Helper()
	return Open(t, "sqlite "+filepath.Join(t.TempDir(), "dragoman.db"))
}

// PostgreSQL opens an empty store in a schema of its own, or skips the test where there is no server.
func PostgreSQL(t testing.TB) *store.Store {
	t.Helper()
	return Open(t, Schema(t))
}

// Schema makes an empty schema and returns the address at which tables are made in it.
func Schema(t testing.TB) string {
	t.Helper()
	address, err := url.Parse(require.Postgres(t))
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("pgx", address.String())
	if err != nil {
		t.Fatal(err)
	}
	schema := "test_" + strings.ReplaceAll(uuid.NewString(), "-", "")
	if _, err := db.ExecContext(t.Context(), `CREATE SCHEMA `+schema); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := db.Exec(`DROP SCHEMA ` + schema + ` CASCADE`); err != nil {
			t.Error(err)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	query := address.Query()
	query.Set("search_path", schema)
	address.RawQuery = query.Encode()
	return address.String()
}

// Open opens a store that is closed when the test ends.
func Open(t testing.TB, dsn string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}
