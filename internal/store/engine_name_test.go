package store

import "testing"

func TestEngineIsNamedOnce(t *testing.T) {
	tests := []struct {
		name         string
		engine       Engine
		title, exact string
	}{
		{"all parts", Engine{Name: "Marian", Pair: "en-pt", Version: "1.2", SHA256: "3f0c91aa77"}, "Marian en-pt 1.2", "Marian en-pt 1.2 (3f0c91aa)"},
		{"a name that holds the pair", Engine{Name: "en-pt tiny", Pair: "en-pt", Version: "2.0", SHA256: "d9687357aa"}, "en-pt tiny 2.0", "en-pt tiny 2.0 (d9687357)"},
		{"a remote service", Engine{Name: "LibreTranslate", Pair: "en-pt"}, "LibreTranslate en-pt", "LibreTranslate en-pt"},
		{"none", Engine{}, "", ""},
	}
	for _, test := range tests {
		if got := test.engine.Title(); got != test.title {
			t.Errorf("%s: %q, want %q", test.name, got, test.title)
		}
		if got := test.engine.Exact(); got != test.exact {
			t.Errorf("%s: %q, want %q", test.name, got, test.exact)
		}
	}
}
