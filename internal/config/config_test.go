package config

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func none(string) string { return "" }

func write(t *testing.T, text string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, FileName), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestEmptyFolderIsEnough(t *testing.T) {
	dir := t.TempDir()
	c, err := Read(dir, "", none)
	if err != nil {
		t.Fatal(err)
	}
	if c.Listen != "127.0.0.1:8080" || c.Database != filepath.Join(dir, "dragoman.db") || c.Models.Dir != filepath.Join(dir, "models") {
		t.Errorf("%+v", c)
	}
}

func TestErrorsSayWhatToDo(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"unknown key", `databse = "x"`, `databse: unknown key; "dragoman config" prints every key`},
		{"unknown key in a section", "[fetch]\nalow = []", "fetch.alow: unknown key"},
		{"two unknown keys", "b = 1\na = 1", "a, b: unknown keys"},
		{"unknown section", "[fecth]\nallow = []", "unknown key"},
		{"not TOML", "listen = \nx", "line 1"},
		{"wrong type", `listen = 80`, "listen"},
		{"no port", `listen = "127.0.0.1"`, "no host and port"},
		{"a port that is none", `listen = "127.0.0.1:99999"`, "no host and port"},
		{"an address with a path", `address = "https://news.example/site"`, "no address of a site"},
		{"a level that is none", "[log]\nlevel = \"loud\"", "debug, info, warn, error"},
		{"a host without a port", "[fetch]\nallow = [\"127.0.0.1\"]", "no host and port"},
		{"a contact that would add a header", "[fetch]\ncontact = \"a\\nb\"", "one line"},
		{"workers", "[engine]\nworkers = -1", "one for each core"},
		{"no database", `database = ""`, "database: is empty"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Read(write(t, c.text), "", none)
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), FileName) {
				t.Errorf("error %v, want one with %q and the file's name", err, c.want)
			}
		})
	}
	if _, err := Read(t.TempDir(), "/nowhere/dragoman.toml", none); err == nil {
		t.Error("a file that was asked for and is not there is no error")
	}
}

func TestPathsStartAtTheDataFolder(t *testing.T) {
	dir := write(t, "media = \"/srv/media\"\ndatabase = \"news.db\"\n[models]\ndir = \"m\"\n")
	c, err := Read(dir, "", none)
	if err != nil {
		t.Fatal(err)
	}
	if c.Media != "/srv/media" || c.Database != filepath.Join(dir, "news.db") || c.Models.Dir != filepath.Join(dir, "m") {
		t.Errorf("%+v", c)
	}
}

func TestSecretFromTheEnvironmentComesFirstAndIsNotPrinted(t *testing.T) {
	env := func(name string) string {
		if name == "DRAGOMAN_DATABASE" {
			return "postgres://news:hunter2@db.example/news"
		}
		return ""
	}
	c, err := Read(write(t, `database = "news.db"`), "", env)
	if err != nil {
		t.Fatal(err)
	}
	if c.Database != env("DRAGOMAN_DATABASE") {
		t.Errorf("database %q", c.Database)
	}
	var out strings.Builder
	if err := Print(&out, c); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String(), "hunter2") || !strings.Contains(out.String(), `"postgres://news@db.example/news"`) {
		t.Errorf("printed:\n%s", out.String())
	}
}

func TestWhatIsPrintedCanBeRead(t *testing.T) {
	want := Default()
	want.Fetch.Allow = []string{"127.0.0.1:8099", "[::1]:80"}
	want.Fetch.Contact = "desk@news.example \"night\" \\ \u00e9\t"
	want.Engine.Workers = 3
	var out strings.Builder
	if err := Print(&out, want); err != nil {
		t.Fatal(err)
	}
	got := Config{}
	if err := got.parse(out.String()); err != nil {
		t.Fatalf("%v in:\n%s", err, out.String())
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v\nfrom:\n%s", got, want, out.String())
	}
}

// A field without a key would be read and never printed.
func TestEveryFieldHasAKeyWithAComment(t *testing.T) {
	var fields []string
	var walk func(prefix string, t reflect.Type)
	walk = func(prefix string, typ reflect.Type) {
		for i := range typ.NumField() {
			f := typ.Field(i)
			name := prefix + f.Tag.Get("toml")
			if f.Type.Kind() == reflect.Struct {
				walk(name+".", f.Type)
				continue
			}
			fields = append(fields, name)
		}
	}
	walk("", reflect.TypeOf(Config{}))
	var named []string
	for _, k := range keys {
		named = append(named, k.name)
		if k.comment == "" {
			t.Errorf("%s has no comment", k.name)
		}
	}
	if !reflect.DeepEqual(fields, named) {
		t.Errorf("fields %v\nkeys   %v", fields, named)
	}
}
