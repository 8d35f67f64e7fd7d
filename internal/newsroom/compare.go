package newsroom

import (
	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// compare asks the checks about a translation.
func (r *Room) compare(original, translation doc.Document, segments []store.Segment) []doc.Flag {
	if r.Compare == nil {
		return nil
	}
	return r.Compare(original, translation, segments)
}

// rules are the names of the checks: their doubts are found anew in every revision.
func (r *Room) rules() []string { return r.Rules }
