package typography

import "testing"

// Edits within what an edit has put in are made, however many they are, and what was the text's own keeps its place.
func TestCommitWithinACell(t *testing.T) {
	p := newPage("fr", "ab cd ef", Source{}, nil)
	p.edit(3, 5, "uvwxyz")
	p.commit()
	p.edit(0, 1, "A")
	p.edit(4, 5, "VV")
	p.edit(6, 6, "-")
	p.edit(7, 9, "")
	p.edit(10, 12, "E")
	p.commit()
	if want := "Ab uVVw-x E"; p.s != want {
		t.Errorf("got %q, want %q", p.s, want)
	}
	if got := Apply("ab cd ef", p.edits()); got != p.s {
		t.Errorf("the edits make %q", got)
	}
}
