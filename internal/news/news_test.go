package news

import (
	"errors"
	"testing"
)

func TestMoves(t *testing.T) {
	all := []State{Drafted, InReview, Scheduled, Published, Corrected, Killed, Unpublished}
	for _, from := range all {
		for _, to := range all {
			err := from.Move(to)
			if err != nil && !errors.Is(err, ErrConflict) {
				t.Errorf("%s to %s: %v is no conflict", from, to, err)
			}
			switch {
			case from == Killed && err == nil:
				t.Errorf("a killed article becomes %s", to)
			case to == Killed && from != Killed && err != nil:
				t.Errorf("an article that is %s cannot be killed", from)
			case to == Unpublished && err == nil && !from.Public():
				t.Errorf("an article that is %s can be taken back from readers", from)
			case to == Corrected && err == nil && from == Drafted:
				t.Errorf("what nobody saw is corrected")
			}
		}
	}
	if State("elsewhere").Move(Published) == nil {
		t.Error("a state nobody knows can be published")
	}
}

func TestRolesIncludeThoseBefore(t *testing.T) {
	order := []Role{Translator, Reviewer, Publisher, Admin}
	for i, r := range order {
		for j, need := range order {
			if r.May(need) != (i >= j) {
				t.Errorf("%s may do what needs %s: %v", r, need, r.May(need))
			}
		}
	}
	if Role("").May(Translator) || Role("root").May(Translator) {
		t.Error("somebody without a role may work")
	}
}
