package newsroom

import "testing"

// Words of names as languages spell them, and whether they can be one. Between two spellings in Latin letters the vowels count; out of
// another script the consonants alone.
func TestSoundAlike(t *testing.T) {
	for _, c := range []struct {
		x, y string
		want bool
	}{
		{"sergei", "serguei", true},
		{"sergey", "sergei", true},
		{"sergej", "sergey", true},
		{"riadov", "ryadov", true},
		{"riadov", "rjadow", true},
		{"julia", "yulia", true},
		{"iuri", "yuri", true},
		{"youri", "yuri", true},
		{"dolgui", "dolgi", true},
		{"сергей", "sergei", true},
		{"сергій", "sergei", true},
		{"сергей", "сергій", true},
		{"joan", "john", false},
		{"maria", "mario", false},
		{"martin", "marton", false},
		{"anna", "иван", false},
		{"iouri", "yuri", true},
		{"kolen", "kohlen", true},
		{"", "", true},
		{"a", "", false},
	} {
		for _, p := range [][2]string{{c.x, c.y}, {c.y, c.x}} {
			if got := soundAlike(p[0], p[1]); got != c.want {
				t.Errorf("%s and %s: %v (vowels %q and %q)", p[0], p[1], got, vowels(p[0]), vowels(p[1]))
			}
		}
	}
}
