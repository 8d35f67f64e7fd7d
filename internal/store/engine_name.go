package store

import "strings"

// Title names an engine for people: "Marian en-pt 1.2", each part once.
func (e Engine) Title() string {
	name := ""
	for _, part := range []string{e.Name, e.Pair, e.Version} {
		if part != "" && !strings.Contains(name, part) {
			name = strings.TrimSpace(name + " " + part)
		}
	}
	return name
}

// Exact is Title and the beginning of the model's checksum, by which the same words can be had again: "Marian en-pt 1.2 (3f0c91aa)".
func (e Engine) Exact() string {
	name := e.Title()
	if len(e.SHA256) < 8 || strings.Contains(name, e.SHA256[:8]) {
		return name
	}
	return strings.TrimSpace(name + " (" + e.SHA256[:8] + ")")
}
