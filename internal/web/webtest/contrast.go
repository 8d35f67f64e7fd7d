package webtest

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var colour = regexp.MustCompile(`--([a-z]+): *(#[0-9a-f]{3,6})\b`)

// Contrast checks that pairs of a style sheet's colours, "ink on paper", are told apart in the light and in the dark scheme: at
// least 4.5 to 1, which WCAG 2.2 asks of text at level AA. The light scheme is the first :root, the dark one the second.
func Contrast(t testing.TB, css string, pairs ...string) {
	t.Helper()
	roots := strings.Split(css, ":root {")
	if len(roots) < 3 {
		t.Fatal("two :root blocks are wanted")
	}
	for i, scheme := range []string{"light", "dark"} {
		block, _, _ := strings.Cut(roots[i+1], "}")
		colours := map[string]string{}
		for _, m := range colour.FindAllStringSubmatch(block, -1) {
			colours[m[1]] = m[2]
		}
		for _, pair := range pairs {
			a, b, _ := strings.Cut(pair, " on ")
			la, okA := luminance(colours[a])
			lb, okB := luminance(colours[b])
			if !okA || !okB {
				t.Errorf("%s: no colours %q", scheme, pair)
				continue
			}
			if ratio := (max(la, lb) + .05) / (min(la, lb) + .05); ratio < 4.5 {
				t.Errorf("%s: %s has a contrast of %.2f", scheme, pair, ratio)
			}
		}
	}
}

// luminance is WCAG's relative luminance of an sRGB colour.
func luminance(hex string) (float64, bool) {
	hex = strings.TrimPrefix(hex, "#")
	if len(hex) == 3 {
		hex = hex[:1] + hex[:1] + hex[1:2] + hex[1:2] + hex[2:] + hex[2:]
	}
	v, err := strconv.ParseUint(hex, 16, 32)
	if err != nil || len(hex) != 6 {
		return 0, false
	}
	channel := func(shift uint) float64 {
		c := float64(v>>shift&0xFF) / 255
		if c <= .04045 {
			return c / 12.92
		}
		return math.Pow((c+.055)/1.055, 2.4)
	}
	return .2126*channel(16) + .7152*channel(8) + .0722*channel(0), true
}
