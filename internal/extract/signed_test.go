package extract

import (
	"strings"
	"testing"
)

// Lines that only say who wrote, and lines that say something else.
func TestReadSigned(t *testing.T) {
	tests := []struct{ in, want string }{
		{"By Jane Doe", "Jane Doe"},
		{"By Jane Doe and Tom Roe in Rome", "Jane Doe|Tom Roe"},
		{"By Jane Doe, Political Editor", "Jane Doe"},
		{"By Jane Doe, New York", "Jane Doe"},
		{"Story by Jane Doe, photos by Tom Roe", "Jane Doe"},
		{"Jane Doe, Reuters", "Jane Doe"},
		{"Texto: Ana Souza", "Ana Souza"},
		{"Por Ana Souza — Rio de Janeiro", "Ana Souza"},
		{"Texto: Ana Ruiz / Fotos: Luis Paz", "Ana Ruiz"},
		{"Von Max Muster, dpa", "Max Muster"},
		{"Max Muster/dpa", "Max Muster"},
		{"Par Jeanne Dupont, à Rome", "Jeanne Dupont"},
		{"Jeanne Dupont (avec AFP)", "Jeanne Dupont"},
		{"Testo di Anna Rossi", "Anna Rossi"},
		{"Tekst: Jan Kowalski", "Jan Kowalski"},
		{"Текст: Иван Петров", "Иван Петров"},
		{"Автор: Іван Петренко", "Іван Петренко"},
		{"Haber: Ayşe Yılmaz", "Ayşe Yılmaz"},
		{"بقلم أحمد علي", "أحمد علي"},
		{"文/张三", "张三"},
		{"本报记者 张三", "张三"},
		{"（记者 张三）", "张三"},
		{"取材・文：後藤大地", "後藤大地"},
		{"홍길동 기자", "홍길동"},
		{"글 홍길동", "홍길동"},
		{"[홍길동 기자]", "홍길동"},
		{"홍길동 기자 hong@outlet.example", "홍길동"},
		{"（文/张三 图/李四）", "张三"},

		{"By Friday morning the lamps were out.", ""},
		{"Jane Doe, CEO", ""},
		{"Von Hand gemacht", ""},
		{"Fachkräftemangel kein Thema für FACC", ""},
		{"Por la tarde se fueron", ""},
		{"So the island waits.", ""},
		{"文化部的部长们在首都会面", ""},
		{"Text and pictures are protected", ""},
		{"By Reuters", ""},
	}
	for _, test := range tests {
		line := readSigned(test.in)
		got := strings.Join(line.names, "|")
		if !line.plain {
			got = ""
		}
		if got != test.want {
			t.Errorf("%q gives %q, want %q", test.in, got, test.want)
		}
	}
}
