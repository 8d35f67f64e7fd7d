package newsroom

import "testing"

func TestAddressesOfSections(t *testing.T) {
	for _, c := range []struct {
		canonical, page string
		want            bool
	}{
		{"https://e.example/", "https://e.example/politics/flood-in-the-valley", true},
		{"https://e.example/pt-BR/", "https://e.example/politica/a", true},
		{"https://e.example/politics/", "https://e.example/politics/flood-in-the-valley", true},
		{"https://e.example/world/europe", "https://www.e.example/world/europe/2026/11/flood", true},
		{"https://e.example/politics", "https://e.example/politics/story-10482.html", true},
		{"https://e.example/politics/flood-in-the-valley", "https://e.example/politics/flood-in-the-valley/amp", false},
		{"https://e.example/politics/flood-in-the-valley", "https://e.example/politics/flood-in-the-valley/all-the-pictures-of-it", false},
		{"https://e.example/a/10482", "https://e.example/a/10482/flood-in-the-valley", false},
		{"https://e.example/flood", "https://e.example/flood/2", false},
		{"https://e.example/politics", "https://e.example/sports/flood-in-the-valley", false},
		{"https://e.example/politics", "https://e.example/politics", false},
		{"https://e.example/politics", "https://e.example/politics/", false},
		{"https://e.example/?p=10482", "https://e.example/politics/flood-in-the-valley", false},
		{"https://e.example/", "https://e.example/en/", false},
		{"https://e.example//", "https://e.example/politics/flood-in-the-valley", true},
		{"https://e.example///", "https://e.example/politics/flood-in-the-valley", true},
		{"https://e.example/%2F", "https://e.example/politics/flood-in-the-valley", true},
		{"https://e.example//pt//", "https://e.example/politica/flood-in-the-valley", true},
		{"https://e.example//politics//", "https://e.example/politics/flood-in-the-valley", true},
		{"https://e.example//", "https://e.example/?p=10482", true},
		{"https://e.example//", "https://e.example/", false},
		{"https://e.example/politics", "https://e.example//", false},
		{"", "https://e.example/politics/flood-in-the-valley", false},
		{"https://e.example/%zz", "https://e.example/politics/flood-in-the-valley", false},
	} {
		if got := ofSection(c.canonical, c.page); got != c.want {
			t.Errorf("%s of %s: %v", c.canonical, c.page, got)
		}
	}
}

func TestAddressesOfFrontPages(t *testing.T) {
	for _, got := range []string{"https://e.example/", "https://e.example//", "https://e.example/%2F", "https://e.example/en//"} {
		if !frontPage("https://e.example/politics/flood", got) || frontPage("https://e.example//", got) {
			t.Errorf("%s is no front page, or is one that was not asked for", got)
		}
	}
	for key, want := range map[string]bool{"e.example": true, "e.example/": true, "e.example//": true, "e.example/a": false} {
		if dull(key) != want {
			t.Errorf("%s: %v", key, dull(key))
		}
	}
}
