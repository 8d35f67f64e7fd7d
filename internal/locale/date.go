package locale

import (
	"strconv"
	"strings"
	"time"
)

// Date prints the day of t in words, in t's own zone: "25 janvier 2022"; "" for the zero time.
func (p *Printer) Date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	day := strconv.Itoa(t.Day())
	if t.Day() == 1 {
		day = p.messages["date.first"].text // 1er, 1º
	}
	months := strings.Split(p.messages["date.months"].text, " ")
	return strings.NewReplacer("{day}", day, "{month}", months[t.Month()-1], "{year}", strconv.Itoa(t.Year())).Replace(p.messages["date.long"].text)
}

// Weekday prints the day of t with its weekday: "mardi 25 janvier 2022".
func (p *Printer) Weekday(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	days := strings.Split(p.messages["date.weekdays"].text, " ")
	return p.T("date.weekday", "weekday", days[t.Weekday()], "date", p.Date(t))
}

// Clock prints the hour and minute of t in t's own zone: "17 h 30".
func (p *Printer) Clock(t time.Time) string {
	hour, half := t.Hour(), "a.m."
	twelve := hour % 12
	if twelve == 0 {
		twelve = 12
	}
	if hour >= 12 {
		half = "p.m."
	}
	minute := strconv.Itoa(t.Minute())
	if len(minute) == 1 {
		minute = "0" + minute
	}
	return strings.NewReplacer("{hour}", strconv.Itoa(hour), "{hour12}", strconv.Itoa(twelve), "{minute}", minute, "{half}", half).Replace(p.messages["date.clock"].text)
}

// DateTime prints day, hour and minute of t in t's own zone, and the name of the zone where it is not UTC's.
func (p *Printer) DateTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return p.T("date.both", "date", p.Date(t), "clock", p.Clock(t))
}

// Ago says how long before now t was, or will be after it, to the largest unit that is not zero: "il y a 3 heures".
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
