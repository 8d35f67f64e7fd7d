package extract

import (
	"strings"
	"testing"
)

// What a page gives as one name, and what it lists as several.
func TestNamesOfAText(t *testing.T) {
	tests := []struct {
		name string
		as   meaning
		in   string
		want string
	}{
		{"a Spanish name", person, "Ortega y Gasset", "Ortega y Gasset"},
		{"a Spanish name in full", several, "José Ortega y Gasset", "José Ortega y Gasset"},
		{"two Spaniards", person, "Ana García y Luis Pérez", "Ana García|Luis Pérez"},
		{"two first names in a list", several, "Ana y Luis", "Ana|Luis"},
		{"with an agency", several, "Ana García y Reuters", "Ana García|Reuters"},
		{"with an agency in capitals", several, "Ana García y EFE", "Ana García|EFE"},
		{"a Portuguese name", person, "António Costa e Silva", "António Costa e Silva"},
		{"a Catalan name", person, "Josep Puig i Cadafalch", "Josep Puig i Cadafalch"},
		{"a German name", person, "Alois von und zu Liechtenstein", "Alois von und zu Liechtenstein"},
		{"a particle first", person, "De Niro", "De Niro"},
		{"a first name that is a particle", person, "Von Miller", "Von Miller"},
		{"a word before a name", person, "Von Max Muster", "Max Muster"},
		{"a word before an agency", several, "Von dpa", "dpa"},
		{"a word before a name in a list", several, "By Nora Feld and Tomas Aldea", "Nora Feld|Tomas Aldea"},
		{"junior", person, "Martin Luther King, Jr.", "Martin Luther King, Jr."},
		{"junior without a comma", several, "Cal Ripken Jr.", "Cal Ripken Jr."},
		{"junior in a list", several, "Cal Ripken, Jr., Nora Feld and Tomas Aldea, Sr.", "Cal Ripken, Jr.|Nora Feld|Tomas Aldea, Sr."},
		{"the third", person, "William Gates, III", "William Gates, III"},
		{"what somebody studied", person, "Nora Feld, PhD, R.N.", "Nora Feld"},
		{"family name first", person, "Feld, Nora", "Nora Feld"},
		{"several in one item", person, "Nora Feld, Tomas Aldea and Ines Roe", "Nora Feld|Tomas Aldea|Ines Roe"},
		{"by a stroke", person, "Nora Feld / Tomas Aldea", "Nora Feld|Tomas Aldea"},
		{"a newsroom", body, "Food and Drink", "Food and Drink"},
		{"a newsroom with a comma", body, "Kultur, Wissen und Medien", "Kultur, Wissen und Medien"},
		{"persons that the data take for a newsroom", body, "Nora Feld and Tomas Aldea", "Nora Feld|Tomas Aldea"},
		{"a foreign name in Japanese", person, "マイケル・ジャクソン", "マイケル・ジャクソン"},
		{"two names in Japanese", several, "後藤大地・山田花子", "後藤大地|山田花子"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := strings.Join(cleaned([]written{{test.in, test.as}}), "|"); got != test.want {
				t.Errorf("%q gives %q, want %q", test.in, got, test.want)
			}
		})
	}
}
