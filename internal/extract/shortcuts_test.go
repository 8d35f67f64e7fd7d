package extract

import (
	"testing"

	"golang.org/x/text/unicode/norm"
)

// What spares a text an expression may never answer otherwise than the expression does.
func TestShortcutsAgreeWithExpressions(t *testing.T) {
	check := func(what, s string, got, want bool) {
		t.Helper()
		if got != want {
			t.Errorf("%s of %q is %v, want %v", what, s, got, want)
		}
	}
	for _, s := range []string{
		"", "—", "Copyright 2024", "copyright", "copyrighted", "© Outlet", "– © Outlet", "((c) 2024 Outlet", "(C)2024", "----copyright", "abc copyright", "_copyright", "éé© x", "В copyright",
	} {
		check("claimsPage", s, claimsPage(s), ownership.MatchString(s))
	}
	for _, s := range []string{
		"Photo: Ana Lima", "foto von Ana Lima", "Photos credits: Ana Lima", "image by Ana Lima", "PICTURE: Ana Lima", "Bild: Ana Lima", "bildquelle: Ana Lima", "Bildnachweis: Ana Lima",
		"crédit photo : Ana Lima", "Crédits: Ana Lima", "credit: Ana Lima", "fotografías: Ana Lima", "imágenes: Ana Lima", "imagens: Ana Lima", "Immagini: Ana Lima", "zdjęcie: Ana Lima",
		"Фото: Ana Lima", "фото: Ana Lima", "(Photo: Ana Lima)", "»фото: Ana Lima", "…… Фото: Ana Lima", "Notes: Ana Lima", "éPhoto: Ana Lima", "1 photo: Ana Lima",
	} {
		check("creditsOnly", s, creditsOnly(s), creditLine.MatchString(s))
	}
	for _, s := range []string{"12:30", "on 3/4/2024", "in 1999", "5 月", "五月", "tomorrow", "٣/٤/٢٠٢٤", "no 7"} {
		check("dateLike", s, dateLike(s), dateShape.MatchString(s))
	}
	for _, name := range append([]string{"harbour", "BLANK", "Lazy-Load", "lazyloading", "pixels"}, placeholderWords...) {
		for _, s := range []string{"https://a.example/i/" + name + ".gif", "https://a.example/" + name + "-2.PNG?x=1", "https://a.example/my" + name + ".jpg"} {
			check("placeholder", s, placeholder(s), placeholders.MatchString(s))
		}
	}
	for _, s := range []string{"", "plain", "été", "e\u0301", "“quoted” – so…", "\u2000", "\u2001x", "\u2002", "日本", "각", "\u1100\u1161", "\u0340", "\xe2\x80", "\xff", "K", "Å"} {
		check("composed", s, composed(s), norm.NFC.IsNormalString(s))
	}
}

// A next page is found by its number however its link is written.
func TestMayLeadTo(t *testing.T) {
	for _, c := range []struct {
		ref  string
		want bool
	}{
		{"/story/page/2", true},
		{"/story/2/", true},
		{"story-2.html#top", true},
		{"STORY_2.HTM", true},
		{"?page=2&utm_source=x", true},
		{" /story/2\n", true},
		{"/sto\nry/2x", true},
		{`\story\2\`, true},
		{"/story/２", true},
		{"/story/page/3", false},
		{"/2024/story", false},
		{"#2", false},
	} {
		if got := mayLeadTo(c.ref, "2"); got != c.want {
			t.Errorf("mayLeadTo(%q) is %v, want %v", c.ref, got, c.want)
		}
	}
}
