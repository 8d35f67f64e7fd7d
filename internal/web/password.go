package web

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
)

// argon2id's parameters: the second choice of RFC 9106, section 4 (64 MiB, three passes), which a small machine bears.
const (
	argonTime    = 3
	argonMemory  = 64 << 10 // KiB
	argonThreads = 4
	argonKey     = 32
	argonSalt    = 16
)

// MinPassword is how many characters a password has at least (NIST SP 800-63B asks for 8, and 15 where it stands alone; length, not kinds of characters).
const MinPassword = 10

// maxPassword bounds the work of hashing.
const maxPassword = 1000

// ErrPassword says that a password is too short or too long to be kept.
var ErrPassword = errors.New("the password needs between 10 and 1,000 characters")

// hashing lets few computations run at once: each takes 64 MiB.
var hashing = make(chan struct{}, max(1, min(2, runtime.NumCPU())))

// HashPassword returns the argon2id hash of a password in the PHC string format. It returns ErrPassword for one that is too
// short or too long.
func HashPassword(password string) (string, error) {
	if n := utf8.RuneCountInString(password); n < MinPassword || n > maxPassword {
		return "", ErrPassword
	}
	salt := make([]byte, argonSalt)
	_, _ = rand.Read(salt) // never fails
	return hashWith(password, salt), nil
}

func hashWith(password string, salt []byte) string {
	hashing <- struct{}{}
	key := argon2.IDKey([]byte(password), salt, argonTime, argonMemory, argonThreads, argonKey)
	<-hashing
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argonMemory, argonTime, argonThreads, b64.EncodeToString(salt), b64.EncodeToString(key))
}

// CheckPassword reports whether the password is the one that hash was made of. A hash of "" takes as long and never fits, so that
// nobody learns by the clock which names exist.
func CheckPassword(password, hash string) bool {
	if len(password) > 4*maxPassword {
		return false
	}
	if hash == "" {
		hashWith(password, make([]byte, argonSalt))
		return false
	}
	var version, memory, passes int
	var threads uint8
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false
	}
	if _, err := fmt.Sscanf(parts[2], "v=%d", &version); err != nil || version != argon2.Version {
		return false
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &memory, &passes, &threads); err != nil {
		return false
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return false
	}
	want, err := base64.RawStdEncoding.DecodeString(parts[5])
	if err != nil || len(want) == 0 || len(want) > 128 || memory < 8 || memory > 1<<20 || passes < 1 || passes > 100 || threads < 1 {
		return false
	}
	hashing <- struct{}{}
	got := argon2.IDKey([]byte(password), salt, uint32(passes), uint32(memory), threads, uint32(len(want)))
	<-hashing
	return subtle.ConstantTimeCompare(got, want) == 1
}
