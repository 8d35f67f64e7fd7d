package feed

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// A jsonFeed is a JSON Feed without its items (jsonfeed.org, versions 1 and 1.1). Values are read as they come: outlets write numbers for
// strings and null for nothing.
type jsonFeed map[string]json.RawMessage

// json reads a JSON Feed. Items are read one by one, so that one that is cut off costs only itself.
func (p *parser) json(text string) error {
	d := json.NewDecoder(strings.NewReader(text))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return fmt.Errorf("JSON, but no JSON Feed: %w", ErrNotFeed)
	}
	head := jsonFeed{}
	found := false
	for d.More() {
		t, err := d.Token()
		name, ok := t.(string)
		if err != nil || !ok {
			p.feed.Partial = true
			break
		}
		if name != "items" {
			var v json.RawMessage
			if d.Decode(&v) != nil {
				p.feed.Partial = true
				break
			}
			head[name] = v
			continue
		}
		found = true
		if !p.jsonItems(d) {
			p.feed.Partial = true
			break
		}
	}
	version := head.text("version")
	if !found || version == "" && head.text("title") == "" {
		return fmt.Errorf("JSON, but no JSON Feed: %w", ErrNotFeed)
	}
	p.feed.Format = "json1.1"
	if strings.HasSuffix(strings.TrimRight(version, "/"), "/1") {
		p.feed.Format = "json1.0"
	}
	f := &p.feed
	f.Title, f.Subtitle = folded(head.text("title")), strings.TrimSpace(escaped.Replace(clean(head.text("description"))))
	f.Link = resolved(p.base, head.text("home_page_url"))
	f.Self = resolved(p.base, head.text("feed_url"))
	f.FeedID = f.Self
	f.Lang = language(head.text("language"))
	f.Authors = head.authors()
	for _, hub := range head.list("hubs") {
		if strings.EqualFold(hub.text("type"), "rssCloud") { // another protocol: it asks by an address, without a secret
			continue
		}
		if abs := resolved(p.base, hub.text("url")); abs != "" && len(f.Hubs) < 10 {
			f.Hubs = append(f.Hubs, abs)
		}
	}
	return nil
}

// jsonItems reads the items; it reports whether they were whole.
func (p *parser) jsonItems(d *json.Decoder) bool {
	if t, err := d.Token(); err != nil || t != json.Delim('[') {
		return err == nil && t == nil
	}
	for d.More() {
		var item jsonFeed
		if err := d.Decode(&item); err != nil {
			p.drop(incomplete)
			return false
		}
		if len(p.feed.Items) >= MaxItems {
			p.drop(tooMany)
			continue
		}
		p.feed.Items = append(p.feed.Items, p.jsonItem(item))
	}
	_, err := d.Token()
	return err == nil
}

func (p *parser) jsonItem(o jsonFeed) Item {
	it := Item{
		ID: strings.TrimSpace(o.text("id")), Title: folded(o.text("title")), Lang: language(o.text("language")), Authors: o.authors(),
		Link: resolved(p.base, o.text("url")),
	}
	base := p.base
	if it.Link != "" {
		base = it.Link
	}
	it.Content = sanitised(o.text("content_html"), base)
	if it.Content == "" {
		it.Content = strings.TrimSpace(escaped.Replace(clean(o.text("content_text"))))
	}
	it.Summary = strings.TrimSpace(escaped.Replace(clean(o.text("summary"))))
	if it.Link == "" {
		it.Link = resolved(p.base, o.text("external_url"))
	} else if other := resolved(p.base, o.text("external_url")); other != "" && other != it.Link {
		it.Source.Link = other
	}
	it.Published, _ = parseDate(o.text("date_published"), "")
	it.Updated, _ = parseDate(o.text("date_modified"), "")
	var tags []json.RawMessage
	if json.Unmarshal(o["tags"], &tags) == nil {
		for _, raw := range tags[:min(len(tags), maxList)] {
			if s := folded((jsonFeed{"t": raw}).text("t")); s != "" {
				it.Categories = append(it.Categories, s)
			}
		}
	}
	for _, a := range o.list("attachments") {
		if abs := resolved(p.base, a.text("url")); abs != "" && len(it.Enclosures) < maxList {
			n, err := strconv.ParseFloat(a.text("size_in_bytes"), 64)
			if err != nil || n < 0 || n > 1e15 {
				n = 0
			}
			it.Enclosures = append(it.Enclosures, Enclosure{URL: abs, Type: a.text("mime_type"), Length: int64(n)})
		}
	}
	return it
}

// text returns a value as text: a string as it is, a number as it is written, anything else as nothing.
func (o jsonFeed) text(name string) string {
	raw := o[name]
	if len(raw) == 0 {
		return ""
	}
	var s string
	if raw[0] == '"' && json.Unmarshal(raw, &s) == nil {
		return s
	}
	if raw[0] == '-' || raw[0] >= '0' && raw[0] <= '9' {
		return string(raw)
	}
	return ""
}

// list returns a list of objects.
func (o jsonFeed) list(name string) []jsonFeed {
	var list []jsonFeed
	if json.Unmarshal(o[name], &list) != nil {
		return nil
	}
	return list
}

// authors reads the list of version 1.1 and the single author of version 1.
func (o jsonFeed) authors() []Author {
	list := o.list("authors")
	if list == nil {
		var one jsonFeed
		if json.Unmarshal(o["author"], &one) == nil && one != nil {
			list = []jsonFeed{one}
		}
	}
	var out []Author
	for _, a := range list[:min(len(list), maxList)] {
		if name := folded(a.text("name")); name != "" {
			out = append(out, Author{Name: name})
		}
	}
	return out
}
