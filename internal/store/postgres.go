package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5/pgconn"
	_ "github.com/jackc/pgx/v5/stdlib" // registers the driver "pgx"
)

// postgresConns is how many connections one program opens at most.
const postgresConns = 20

func openPostgres(ctx context.Context, address string) (*Store, error) {
	db, err := sql.Open("pgx", address)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	db.SetMaxOpenConns(postgresConns)
	db.SetMaxIdleConns(postgresConns / 2)
	s := &Store{Reads: Reads{q: db, dialect: PostgreSQL}, writer: db, reader: db}
	if err := db.PingContext(ctx); err != nil {
		return nil, errors.Join(s.help(fmt.Errorf("open database: %w; see whether PostgreSQL runs and the address is right", err)), db.Close())
	}
	return s, nil
}

// postgresHelp says what to do about an error of PostgreSQL; empty if nothing is known.
// The codes are of appendix A of its manual.
func postgresHelp(err error) string {
	var e *pgconn.PgError
	if !errors.As(err, &e) {
		return ""
	}
	switch e.Code {
	case "53100": // disk_full
		return "the database server's disk is full: free some space and try again; nothing was half written"
	case "53300": // too_many_connections
		return "the database server allows no more connections: raise max_connections, or end other programs"
	case "25006", "42501": // read_only_sql_transaction, insufficient_privilege
		return "the database does not let this user write: grant the rights, or name another"
	case "3D000": // invalid_catalog_name
		return "make the database with createdb, or name another"
	case "28P01", "28000": // invalid_password, invalid_authorization_specification
		return "the name or password in the address is wrong"
	}
	return ""
}

func postgresTaken(err error) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && e.Code == "23505" // unique_violation
}

// helped is an error that ends with what to do.
type helped struct {
	err  error
	help string
}

func (h helped) Error() string { return h.err.Error() + ": " + h.help }
func (h helped) Unwrap() error { return h.err }

// help adds to a database's error what can be done about it, once.
func (r Reads) help(err error) error {
	var done helped
	if err == nil || errors.As(err, &done) {
		return err
	}
	help := sqliteHelp(err)
	if r.dialect == PostgreSQL {
		help = postgresHelp(err)
	}
	if help == "" {
		return err
	}
	return helped{err, help}
}
