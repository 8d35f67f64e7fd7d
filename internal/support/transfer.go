package support

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"rsc.io/qr"

	"github.com/dragoman-newsroom/dragoman/internal/news"
)

// A Payee is whom a transfer in euros goes to.
type Payee struct {
	Name string // exactly the account holder's: banks compare it
	IBAN string // without spaces
	BIC  string // may be empty
	Text string // what the transfer is for; may be empty
}

var (
	ibanForm = regexp.MustCompile(`^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$`)
	bicForm  = regexp.MustCompile(`^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$`)
)

// Check reports what keeps money from arriving: a name too long or missing, an IBAN whose checksum does not hold, a BIC of the wrong
// form, a text too long. The error is news.ErrInvalid.
func (p Payee) Check() error {
	switch n := utf8.RuneCountInString(p.Name); {
	case n == 0:
		return fmt.Errorf("the account holder is missing: %w", news.ErrInvalid)
	case n > 70:
		return fmt.Errorf("the account holder has %d characters; a transfer holds 70: %w", n, news.ErrInvalid)
	}
	if !ibanForm.MatchString(p.IBAN) || remainder(p.IBAN) != 1 {
		return fmt.Errorf("the IBAN %.40q is mistyped: its checksum does not hold: %w", p.IBAN, news.ErrInvalid)
	}
	if p.BIC != "" && !bicForm.MatchString(p.BIC) {
		return fmt.Errorf("the BIC %.20q has 8 or 11 letters and digits: %w", p.BIC, news.ErrInvalid)
	}
	if n := utf8.RuneCountInString(p.Text); n > 140 {
		return fmt.Errorf("the message has %d characters; a transfer holds 140: %w", n, news.ErrInvalid)
	}
	if strings.ContainsAny(p.Name+p.Text, "\r\n") {
		return fmt.Errorf("the account holder and the message are one line each: %w", news.ErrInvalid)
	}
	return nil
}

// remainder is an IBAN's checksum by ISO 7064, MOD 97-10: the first four characters go to the end and letters count from 10. 1 is right.
func remainder(iban string) int {
	rest := 0
	for _, c := range iban[4:] + iban[:4] {
		digits := string(c)
		if c >= 'A' {
			digits = strconv.Itoa(int(c-'A') + 10)
		}
		for _, d := range digits {
			rest = (rest*10 + int(d-'0')) % 97
		}
	}
	return rest
}

// Payload is what the code says: EPC069-12, version 002, SEPA credit transfer, UTF-8. The amount is left to the giver.
// Lines after the last that says something are left out.
func (p Payee) Payload() string {
	lines := []string{"BCD", "002", "1", "SCT", p.BIC, p.Name, p.IBAN, "", "", "", p.Text}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n")
}

// A Code is a QR code as the outline of its black squares, for an SVG whose unit is one square.
type Code struct {
	Size    int // squares on a side, with the quiet zone
	Outline string
}

// quiet is the white border that readers need, in squares (ISO/IEC 18004).
const quiet = 4

// maxSquares is the side of version 13, the largest that the EPC allows.
const maxSquares = 13*4 + 17

// Code returns the payee as a QR code with error correction M, as the EPC asks. It is news.ErrInvalid if the payload does not fit.
func (p Payee) Code() (Code, error) {
	if err := p.Check(); err != nil {
		return Code{}, err
	}
	payload := p.Payload()
	c, err := qr.Encode(payload, qr.M)
	if err != nil {
		return Code{}, fmt.Errorf("code of %d bytes: %w", len(payload), err)
	}
	if len(payload) > 331 || c.Size > maxSquares {
		return Code{}, fmt.Errorf("name and message are too long for a code: %w", news.ErrInvalid)
	}
	var b strings.Builder
	for y := range c.Size {
		for x := 0; x < c.Size; x++ {
			from := x
			for x < c.Size && c.Black(x, y) {
				x++
			}
			if x > from {
				fmt.Fprintf(&b, "M%d %dh%dv1h-%dz", from+quiet, y+quiet, x-from, x-from)
			}
		}
	}
	return Code{Size: c.Size + 2*quiet, Outline: b.String()}, nil
}

// compact is an account number without the spaces people write in it, in capitals.
func compact(s string) string { return strings.ToUpper(strings.Join(strings.Fields(s), "")) }

// grouped is an IBAN in groups of four.
func grouped(iban string) string {
	var b strings.Builder
	for i, c := range iban {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(c)
	}
	return b.String()
}
