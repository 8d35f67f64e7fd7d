package rights

import (
	"net/url"
	"regexp"
	"strings"
)

// A Licence is one of the Creative Commons family, with what it asks.
type Licence struct {
	Name          string // "CC BY-SA 4.0"; empty for none
	URL           string // of its deed
	PublicDomain  bool   // CC0 or the public domain mark: asks nothing
	Attribution   bool   // BY: credit, link to the licence, say what was changed
	ShareAlike    bool   // SA: the translation under the same licence
	NonCommercial bool   // NC: no advertisement beside it
	NoDerivatives bool   // ND: a translation may not be shared
}

// The elements stand in this order in every Creative Commons licence's name.
var licenceName = regexp.MustCompile(`^(?:cc[- ]?)?(by)(?:[- ](nc))?(?:[- ](sa|nd))?(?:[- ]v?(\d\.\d))?(?: ([a-z]{2,3}|igo|international|unported|generic))?$`)

// ParseLicence reads a name ("CC BY-NC-SA 4.0"), an SPDX identifier ("CC-BY-4.0", "CC0-1.0") or the address of a deed
// ("https://creativecommons.org/licenses/by/4.0/"); false if it is none of these. A name without a version stands for the newest.
func ParseLicence(s string) (Licence, bool) {
	s = strings.TrimSpace(s)
	if name, ok := deedName(s); ok {
		s = name
	}
	name := strings.ToLower(strings.NewReplacer("_", "-", "–", "-", "‑", "-").Replace(s))
	name = strings.TrimPrefix(name, "creative commons ")
	name = strings.Join(strings.Fields(name), " ")
	switch name {
	case "cc0", "cc0-1.0", "cc0 1.0", "cc-0", "cc 0", "cc zero", "zero-1.0":
		return Licence{Name: "CC0 1.0", URL: "https://creativecommons.org/publicdomain/zero/1.0/", PublicDomain: true}, true
	case "pdm", "pdm-1.0", "public domain", "public domain mark", "public domain mark 1.0", "mark-1.0":
		return Licence{Name: "Public Domain Mark 1.0", URL: "https://creativecommons.org/publicdomain/mark/1.0/", PublicDomain: true}, true
	}
	m := licenceName.FindStringSubmatch(name)
	if m == nil {
		return Licence{}, false
	}
	l := Licence{Attribution: true, NonCommercial: m[2] != "", ShareAlike: m[3] == "sa", NoDerivatives: m[3] == "nd"}
	version := m[4]
	if version == "" {
		version = "4.0"
	}
	elements := m[1]
	for _, e := range m[2:4] {
		if e != "" {
			elements += "-" + e
		}
	}
	l.Name = "CC " + strings.ToUpper(elements) + " " + version
	l.URL = "https://creativecommons.org/licenses/" + elements + "/" + version + "/"
	if place := m[5]; len(place) == 2 || place == "igo" { // a ported licence has its own deed
		l.Name += " " + strings.ToUpper(place)
		l.URL += place + "/"
	}
	return l, true
}

// deedName gives "by-sa-4.0" for https://creativecommons.org/licenses/by-sa/4.0/.
func deedName(s string) (string, bool) {
	u, err := url.Parse(s)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || strings.TrimPrefix(u.Hostname(), "www.") != "creativecommons.org" {
		return "", false
	}
	part := strings.Split(strings.Trim(u.Path, "/"), "/")
	if len(part) < 3 || (part[0] != "licenses" && part[0] != "publicdomain") {
		return "", false
	}
	name := part[1] + "-" + part[2]
	if len(part) > 3 && (len(part[3]) == 2 || part[3] == "igo") {
		name += " " + part[3]
	}
	return name, true
}
