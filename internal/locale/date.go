package locale

import (
	"strings"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/lang"
)

// Date prints the day of t in words, in t's own zone: "24 mars 2026"; "" for the zero time.
func (p *Printer) Date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return p.facts.Date(t, lang.Long)
}

// Weekday prints the day of t with its weekday: "mardi 24 mars 2026"; "" for the zero time.
func (p *Printer) Weekday(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return p.facts.Date(t, lang.Full)
}

// Clock prints the hour and minute of t in t's own zone: "17 h 30".
func (p *Printer) Clock(t time.Time) string { return p.facts.Time(t) }

// DateTime prints day, hour and minute of t in t's own zone; "" for the zero time. No line ends within the hour.
func (p *Printer) DateTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return p.T("date.both", "date", p.Date(t), "clock", strings.ReplaceAll(p.Clock(t), " ", "\u00a0"))
}

// Ago says how long before now t was, or how long after now it will be, to the largest unit that is not zero: "il y a 3 heures".
func (p *Printer) Ago(t, now time.Time) string {
	d := now.Sub(t)
	side := "ago"
	if d < 0 {
		side, d = "in", -d
	}
	switch {
	case d < time.Minute:
		return p.T(side + ".now")
	case d < time.Hour:
		return p.T(side+".minutes", "n", int(d/time.Minute))
	case d < 48*time.Hour:
		return p.T(side+".hours", "n", int(d/time.Hour))
	}
	return p.T(side+".days", "n", int(d/(24*time.Hour)))
}
