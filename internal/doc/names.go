package doc

import "fmt"

// The words by which blocks, marks and severities are written in the text form, in JSON and in messages.
var (
	kindNames = [...]string{
		Paragraph: "p", Heading2: "h2", Heading3: "h3", Heading4: "h4", Heading5: "h5", Heading6: "h6",
		Item: "li", NumberedItem: "ol", Quotation: "quote", Figure: "figure", Table: "table", Embed: "embed",
		Note: "note", Entry: "entry", Pre: "pre", Rule: "hr",
	}
	markNames = [...]string{
		Link: "link", Emph: "em", Strong: "strong", Quote: "quote", Foreign: "foreign", Code: "code", Keep: "keep",
		Sub: "sub", Super: "sup", Object: "object",
	}
	severityNames = [...]string{Comment: "note", Ask: "ask", Stop: "stop"}
)

func nameOf[T ~int](names []string, v T) string {
	if v <= 0 || int(v) >= len(names) {
		return fmt.Sprintf("%d?", int(v))
	}
	return names[v]
}

func valueOf[T ~int](names []string, what, name string) (T, error) {
	for i, n := range names {
		if i > 0 && n == name {
			return T(i), nil
		}
	}
	return 0, fmt.Errorf("%.40q is not a %s", name, what)
}

// String is the word for k in the text form: "p", "h2", "li".
func (k Kind) String() string { return nameOf(kindNames[:], k) }

// String is the word for k in the text form: "link", "em", "quote".
func (k MarkKind) String() string { return nameOf(markNames[:], k) }

// String is "note", "ask" or "stop".
func (s Severity) String() string { return nameOf(severityNames[:], s) }

// ParseKind reads what Kind.String writes.
func ParseKind(s string) (Kind, error) { return valueOf[Kind](kindNames[:], "kind of block", s) }

// ParseMarkKind reads what MarkKind.String writes.
func ParseMarkKind(s string) (MarkKind, error) {
	return valueOf[MarkKind](markNames[:], "kind of mark", s)
}

// ParseSeverity reads what Severity.String writes.
func ParseSeverity(s string) (Severity, error) {
	return valueOf[Severity](severityNames[:], "severity", s)
}

// MarshalText writes the word for k; it lets JSON carry words where the values are numbers.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (k *Kind) UnmarshalText(b []byte) (err error) {
	*k, err = ParseKind(string(b))
	return err
}

// MarshalText writes the word for k.
func (k MarkKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (k *MarkKind) UnmarshalText(b []byte) (err error) {
	*k, err = ParseMarkKind(string(b))
	return err
}

// MarshalText writes "note", "ask" or "stop".
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (s *Severity) UnmarshalText(b []byte) (err error) {
	*s, err = ParseSeverity(string(b))
	return err
}
