package web

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"time"
)

// SessionLength is how long a login lasts.
const SessionLength = 14 * 24 * time.Hour

// A Session is the cookie by which one part of the site knows who is there. What is kept of it is the hash of its token:
// a copy of the database opens no door.
type Session struct {
	Name string // of the cookie
	Path string // of the cookie: it is sent nowhere else
	Safe bool   // readers come by https even where the request does not show it: a proxy on another machine takes it off
}

// Open returns the cookie of a new session and the hash to keep. It ends at until in the browser as it does here.
func (s Session) Open(r *http.Request, until time.Time) (*http.Cookie, string) {
	token := NewToken()
	c := s.cookie(r, token)
	c.Expires = until
	return c, TokenHash(token)
}

// Hash returns the hash of the token that r was sent with; "" if it has none.
func (s Session) Hash(r *http.Request) string {
	c, err := r.Cookie(s.Name)
	if err != nil || len(c.Value) != tokenLength {
		return ""
	}
	return TokenHash(c.Value)
}

// Close returns the cookie that takes a session from the browser.
func (s Session) Close(r *http.Request) *http.Cookie {
	c := s.cookie(r, "")
	c.MaxAge = -1
	return c
}

func (s Session) cookie(r *http.Request, value string) *http.Cookie {
	return &http.Cookie{Name: s.Name, Value: value, Path: s.Path, HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: s.Safe || Secure(r)}
}

const tokenLength = 43 // 32 bytes in base64url

// NewToken returns 256 bits of chance, fit for a cookie or an address.
func NewToken() string {
	b := make([]byte, 32)
	_, _ = rand.Read(b) // never fails
	return base64.RawURLEncoding.EncodeToString(b)
}

// TokenHash returns what is kept of a token.
func TokenHash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
