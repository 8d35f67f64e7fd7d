package site

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// Members of IPTC's digital source type, as schema.org names them.
const (
	byMachine       = "https://schema.org/TrainedAlgorithmicMediaDigitalSource"
	byMachineEdited = "https://schema.org/CompositeWithTrainedAlgorithmicMediaDigitalSource"
)

// data is what programs read of an article: a NewsArticle of schema.org that says which work it translates, and who translated it.
// schema.org lets only persons and organisations be translators; the model stands in the credit.
func data(page articlePage, settings map[string]string, p store.Public, base string) map[string]any {
	v := page.Provenance
	outlet := map[string]any{"@type": "NewsMediaOrganization", "name": v.Outlet, "url": v.OutletHome}
	work := map[string]any{"@type": "NewsArticle", "url": v.URL, "headline": v.Title, "inLanguage": v.Lang, "publisher": outlet}
	d := map[string]any{
		"@context": "https://schema.org", "@type": "NewsArticle", "@id": page.Canonical, "url": page.Canonical, "mainEntityOfPage": page.Canonical,
		"headline": page.Title, "inLanguage": p.Lang, "datePublished": v.HereStamp, "dateModified": v.HereStamp,
		"translationOfWork": work, "isBasedOn": v.URL, "sourceOrganization": outlet,
		"publisher":  map[string]any{"@type": "Organization", "name": page.Site.Title, "url": base + "/" + page.Lang + "/"},
		"creditText": credit(v), "digitalSourceType": byMachine, "isAccessibleForFree": true,
	}
	if p.Public > 1 {
		d["digitalSourceType"] = byMachineEdited
	}
	if v.Stamp != "" {
		work["datePublished"] = v.Stamp
	}
	if authors := people(p.Doc.Byline); authors != nil {
		d["author"], work["author"] = authors, authors
	} else {
		d["author"] = outlet
	}
	if v.ReadBy != "" {
		d["translator"] = map[string]any{"@type": "Person", "name": v.ReadBy}
	} else {
		d["translator"] = map[string]any{"@type": "Organization", "name": page.Site.Title}
	}
	if name := settings["site.responsible"]; name != "" {
		d["accountablePerson"] = map[string]any{"@type": "Person", "name": name}
	}
	if v.CorrectedStamp != "" {
		d["dateModified"] = v.CorrectedStamp
		if v.CorrectedWhy != "" {
			d["correction"] = map[string]any{"@type": "CorrectionComment", "text": v.CorrectedWhy, "datePublished": v.CorrectedStamp}
		}
	}
	if v.LicenceURL != "" {
		d["license"] = v.LicenceURL
	}
	if page.Description != "" {
		d["description"] = page.Description
	}
	if page.Image != nil {
		d["image"] = page.Image.URL
	}
	return d
}

func people(byline []string) []any {
	var list []any
	for _, name := range byline {
		list = append(list, map[string]any{"@type": "Person", "name": name})
	}
	return list
}

func credit(v provenance) string {
	parts := []string{v.Label}
	if v.Credit != "" {
		parts = append(parts, v.Credit)
	}
	return strings.Join(parts, " ")
}

// stamp is a time as feeds and sitemaps write it.
func stamp(ms int64) string { return time.UnixMilli(ms).UTC().Format(time.RFC3339) }

// escapedPath is a path as it stands in an XML address: slugs may hold letters beyond ASCII.
func escapedPath(p string) string { return (&url.URL{Path: p}).EscapedPath() }

// seconds is a length of time as Cache-Control writes it.
func seconds(d time.Duration) string { return strconv.Itoa(int(d / time.Second)) }
