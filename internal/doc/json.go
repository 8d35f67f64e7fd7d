package doc

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// Version is the version of the JSON that Marshal writes. Unmarshal reads it and every older one.
const Version = 1

// maxJSON bounds what is read: the texts of the largest article are far smaller.
const maxJSON = 32 << 20

// Marshal writes d as JSON. Mark ranges are bytes of the text's UTF-8. A document that Stored refuses is not written.
func Marshal(d Document) ([]byte, error) { return d.MarshalJSON() }

// Unmarshal reads a document that Marshal wrote, now or in an older version. What it returns has passed Stored.
func Unmarshal(data []byte) (Document, error) {
	var d Document
	err := d.UnmarshalJSON(data)
	return d, err
}

// MarshalJSON is Marshal; it lets a document stand in a larger JSON value.
func (d Document) MarshalJSON() ([]byte, error) {
	v, err := d.Encodable()
	if err != nil {
		return nil, err
	}
	return json.Marshal(v)
}

// Encodable returns a value that encoding/json writes as Marshal does, with the escapes that the encoder around it uses; so a document is written
// once within a larger value, where what MarshalJSON gives is read through again. The error is that of Marshal, and then the value is nil.
func (d Document) Encodable() (any, error) {
	if err := d.Stored(); err != nil {
		return nil, fmt.Errorf("write document: %w", err)
	}
	return toJSON(d), nil
}

// UnmarshalJSON is Unmarshal; it lets a document stand in a larger JSON value.
func (d *Document) UnmarshalJSON(data []byte) error {
	if len(data) > maxJSON {
		return fmt.Errorf("read document: %d bytes, more than %d", len(data), maxJSON)
	}
	var v struct {
		Version int `json:"version"`
	}
	if err := json.Unmarshal(data, &v); err != nil {
		return fmt.Errorf("read document: %w", err)
	}
	var err error
	switch {
	case v.Version == Version:
		*d, err = readV1(data)
	case v.Version > Version:
		err = fmt.Errorf("version %d is newer than this program, which reads up to %d: upgrade it", v.Version, Version)
	default:
		err = errors.New("no version: this is no document")
	}
	if err == nil {
		err = d.Stored()
	}
	if err != nil {
		*d = Document{}
		return fmt.Errorf("read document: %w", err)
	}
	return nil
}

// The shape of version 1. Once released it never changes: a change of Document is a new version, a new set of types beside these,
// and a conversion from this one.
type (
	documentV1 struct {
		Version int       `json:"version"`
		Lang    string    `json:"lang,omitempty"`
		Title   *textV1   `json:"title,omitempty"`
		Deck    *textV1   `json:"deck,omitempty"`
		Byline  []string  `json:"byline,omitempty"`
		Date    string    `json:"date,omitempty"` // RFC 3339, or a day alone
		Blocks  []blockV1 `json:"blocks,omitempty"`
	}
	blockV1 struct {
		Kind  Kind       `json:"kind"`
		Key   string     `json:"key"`
		Depth int        `json:"depth,omitempty"`
		Lang  string     `json:"lang,omitempty"`
		Text  *textV1    `json:"text,omitempty"`
		Rows  [][]textV1 `json:"rows,omitempty"`
		Media *mediaV1   `json:"media,omitempty"`
		At    string     `json:"at,omitempty"`
	}
	mediaV1 struct {
		Src    string `json:"src"`
		Alt    string `json:"alt,omitempty"`
		Credit string `json:"credit,omitempty"`
		Width  int    `json:"width,omitempty"`
		Height int    `json:"height,omitempty"`
	}
	textV1 struct {
		S     string   `json:"s"`
		Marks []markV1 `json:"marks,omitempty"`
	}
	markV1 struct {
		Kind  MarkKind `json:"kind"`
		Start int      `json:"start"`
		End   int      `json:"end"`
		Href  string   `json:"href,omitempty"`
		Title string   `json:"title,omitempty"`
		Lang  string   `json:"lang,omitempty"`
	}
)

func toJSON(d Document) documentV1 {
	v := documentV1{Version: Version, Lang: d.Lang, Title: optional(d.Title), Deck: optional(d.Deck), Byline: d.Byline, Date: formatDate(d.Date, d.DateOnly)}
	if len(d.Blocks) > 0 {
		v.Blocks = make([]blockV1, 0, len(d.Blocks))
	}
	for _, b := range d.Blocks {
		w := blockV1{Kind: b.Kind, Key: b.Key, Depth: b.Depth, Lang: b.Lang, Text: optional(b.Text), At: formatDate(b.At, false)}
		for _, row := range b.Rows {
			cells := make([]textV1, len(row))
			for i, t := range row {
				cells[i] = text(t)
			}
			w.Rows = append(w.Rows, cells)
		}
		if b.Media != nil {
			w.Media = (*mediaV1)(b.Media)
		}
		v.Blocks = append(v.Blocks, w)
	}
	return v
}

func optional(t Text) *textV1 {
	if t.Empty() {
		return nil
	}
	v := text(t)
	return &v
}

func text(t Text) textV1 {
	v := textV1{S: t.S}
	if len(t.Marks) > 0 {
		v.Marks = make([]markV1, 0, len(t.Marks))
	}
	for _, m := range t.Marks {
		v.Marks = append(v.Marks, markV1{m.Kind, m.Start, m.End, m.Href, m.Title, m.Lang})
	}
	return v
}

func readV1(data []byte) (Document, error) {
	var v documentV1
	if err := json.Unmarshal(data, &v); err != nil {
		return Document{}, err
	}
	d := Document{Lang: v.Lang, Title: v.Title.text(), Deck: v.Deck.text(), Byline: v.Byline}
	var err error
	if d.Date, d.DateOnly, err = parseDate(v.Date); err != nil {
		return Document{}, err
	}
	for i, w := range v.Blocks {
		b := Block{Kind: w.Kind, Key: w.Key, Depth: w.Depth, Lang: w.Lang, Text: w.Text.text(), Media: (*Media)(w.Media)}
		var dayAlone bool
		if b.At, dayAlone, err = parseDate(w.At); err != nil || dayAlone {
			return Document{}, fmt.Errorf("block %d: %.40q is not a time as RFC 3339 writes it", i, w.At)
		}
		for _, row := range w.Rows {
			cells := make([]Text, len(row))
			for j, t := range row {
				cells[j] = t.text()
			}
			b.Rows = append(b.Rows, cells)
		}
		d.Blocks = append(d.Blocks, b)
	}
	return d, nil
}

func (v *textV1) text() Text {
	if v == nil {
		return Text{}
	}
	t := Text{S: v.S}
	for _, m := range v.Marks {
		t.Marks = append(t.Marks, Mark{Kind: m.Kind, Start: m.Start, End: m.End, Href: m.Href, Title: m.Title, Lang: m.Lang})
	}
	return t
}

// formatDate writes a time as RFC 3339, a day alone where that is all there is, and the zero time as nothing.
func formatDate(t time.Time, dayAlone bool) string {
	switch {
	case t.IsZero():
		return ""
	case dayAlone:
		return t.Format(time.DateOnly)
	default:
		return t.Format(time.RFC3339Nano)
	}
}

// parseDate reads what formatDate writes. The zone of the time is its offset and has no name, wherever the program runs.
func parseDate(s string) (t time.Time, dayAlone bool, err error) {
	if s == "" {
		return time.Time{}, false, nil
	}
	if t, err := time.Parse(time.DateOnly, s); err == nil {
		return t, true, nil
	}
	t, err = time.Parse(time.RFC3339Nano, s)
	if err != nil {
		return time.Time{}, false, fmt.Errorf("%.40q is neither a time as RFC 3339 writes it nor a day", s)
	}
	if off := offset(t); off != 0 {
		return t.In(time.FixedZone("", off)), false, nil
	}
	return t.UTC(), false, nil
}
