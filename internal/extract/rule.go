package extract

// A Rule says for one outlet what to take and what to drop; the zero Rule says nothing. All selectors are CSS.
type Rule struct {
	Title  string   // the element that holds the title
	Deck   string   // the standfirst
	Byline string   // the elements that hold one name each
	Date   string   // the element whose datetime or text is the date of publication
	Body   string   // the element that holds the article and nothing else
	Drop   []string // what is no part of the article
}

// apply does what the rule says to a page that is about to be read.
func (rule Rule) apply(r *reading) error { return nil }

// everything keeps all blocks: a rule named the body.
func (s *scene) everything() []bool {
	keep := make([]bool, len(s.blocks))
	for i := range keep {
		keep[i] = true
	}
	s.repetitions(keep)
	return keep
}
