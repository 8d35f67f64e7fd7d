package kernel

import (
	"math/rand/v2"
	"testing"
)

// TestSumOf adds up weights of every length around its steps, extremes included, and finds a -128 wherever it stands.
func TestSumOf(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, n := range []int{0, 1, 7, 8, 9, 64, 1023, 1024, 1025, 1032, 3000} {
		for kind := range 3 {
			w := make([]int8, n)
			want := int32(0)
			for i := range w {
				w[i] = [...]int8{127, -127, int8(r.IntN(255) - 127)}[kind]
				want += int32(w[i])
			}
			if got, lowest := sumOf(w); got != want || lowest {
				t.Errorf("%d weights: %d and %v, want %d and false", n, got, lowest, want)
			}
			if n > 0 {
				w[r.IntN(n)] = -128
				if _, lowest := sumOf(w); !lowest {
					t.Errorf("%d weights: a -128 went by", n)
				}
			}
		}
	}
}
