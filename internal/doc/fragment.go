package doc

// A Fragment is a piece of HTML taken apart: texts to read or translate, whose marks say by their Ref which element they were, and
// the markup around them. extract.Fragment makes it, render.Fragment prints it with the same or with other texts.
type Fragment struct {
	Texts []Text   // in reading order; none is empty
	Kinds []Kind   // of each text: Paragraph, a heading, Item …; 0: the value of an attribute, in Frame or in Table
	Table []Tag    // what a Ref stands for; Table[0] is no element
	Frame []string // markup before each text, and after the last one: one more than Texts; written by the source and not judged
}

// A Tag is an element of a piece of HTML, or a comment.
type Tag struct {
	Name  string // in lower case; empty for a comment
	Attrs []TagAttr
	Raw   string // a comment as it stood, or all of an element that holds no words; printed as it is
	Open  bool   // an element without an end tag
	// An Object's neighbours in the source: words that had a space between them and it.
	Before, After bool
}

// A TagAttr is an attribute of an element.
type TagAttr struct {
	Name, Value string
	Text        int // n > 0: Texts[n-1] holds the value, to be translated
}
