package feed

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// dates are what a feed or an item says of when.
type dates struct {
	published, issued, created, updated, plain time.Time
}

// settle gives first publication and last change. A lone dc:date, which does not say what happened then, is the publication.
func (d dates) settle() (published, updated time.Time) {
	published, updated = d.published, d.updated
	for _, t := range []time.Time{d.issued, d.created} {
		if published.IsZero() {
			published = t
		}
	}
	switch {
	case d.plain.IsZero():
	case published.IsZero():
		published = d.plain
	case updated.IsZero() && d.plain.After(published):
		updated = d.plain
	}
	return published, updated
}

// date reads a date of a field; it reports whether the field is one of dates.
func (r *reader) date(d *dates, f *field) bool {
	var at *time.Time
	switch f.name {
	case "pubdate", "published", "atom:published", "news:publication_date":
		at = &d.published
	case "issued", "atom:issued", "dcterms:issued":
		at = &d.issued
	case "created", "atom:created", "dcterms:created":
		at = &d.created
	case "updated", "atom:updated", "modified", "atom:modified", "dcterms:modified", "lastbuilddate", "dcterms:updated":
		at = &d.updated
	case "dc:date", "dcterms:date", "date":
		at = &d.plain
	default:
		return false
	}
	if t, ok := parseDate(r.text(f), r.dateLang(f)); ok {
		*at = t // of two dates of one kind the last counts
	}
	return true
}

// dateLang is the language in which a date is likely to be written.
func (r *reader) dateLang(f *field) string {
	for _, tag := range []string{f.lang, r.feed.Lang, r.hints.Lang} {
		if tag != "" {
			return tag
		}
	}
	return ""
}

// begin begins an item.
func (r *reader) begin(t token) {
	if r.item != nil {
		r.endItem() // an item in an item: the end of the first is missing
	}
	r.item = &Item{Lang: r.top().lang}
	r.itemAt = dates{}
	r.guid = false
	if t.self {
		e := element{base: r.top().base, lang: r.top().lang}
		e.inherit(t.attrs)
		r.item.Lang = e.lang
	}
	if about := get(t.attrs, "rdf:about", "about"); about != "" {
		r.item.ID = strings.TrimSpace(about)
	}
	if r.feed.Format == "cdf" {
		r.item.Link = resolved(r.top().base, get(t.attrs, "href"))
		if when, ok := parseDate(get(t.attrs, "lastmod"), ""); ok {
			r.itemAt.updated = when
		}
	}
	if r.item.Lang == "" {
		r.item.Lang = ""
	}
}

// shortContent is how long in bytes a content may be to stand for a summary that is not there.
const shortContent = 500

// endItem takes the item into the feed.
func (r *reader) endItem() {
	it := r.item
	r.item = nil
	it.Published, it.Updated = r.itemAt.settle()
	if it.Link == "" && (r.guid || r.feed.Format == "rdf") {
		if abs := resolved(r.top().base, it.ID); strings.Contains(it.ID, "://") && abs != "" {
			it.Link = abs
		}
	}
	if it.Summary == "" && len(it.Content) <= shortContent {
		it.Summary = it.Content // a content of a sentence or two is all the summary there is
	}
	if it.Link == "" && len(it.Enclosures) > 0 && it.Title == "" && it.Content == "" {
		it.Link = it.Enclosures[0].URL
	}
	r.feed.Items = append(r.feed.Items, *it)
}

// unfinished decides what becomes of an item whose end is missing at the end of the feed: one that has what makes an item is kept.
func (r *reader) unfinished() {
	it := r.item
	if (it.Title != "" || it.Content != "" || it.Summary != "") && (it.Link != "" || it.ID != "") && r.z.at >= len(r.z.s) && strings.HasSuffix(strings.TrimSpace(r.z.s), ">") {
		r.endItem()
		return
	}
	r.item = nil
	r.drop(incomplete)
}

// itemField takes a field of an item.
func (r *reader) itemField(f *field) {
	it := r.item
	if r.date(&r.itemAt, f) {
		return
	}
	switch f.name {
	case "title", "atom:title":
		if s := r.plain(f); it.Title == "" || s != "" && f.name == "title" {
			it.Title = s
		}
	case "dc:title", "media:title", "itunes:title", "dcterms:title":
		if it.Title == "" {
			it.Title = r.plain(f)
		}
	case "link", "atom:link":
		r.itemLink(f)
	case "a":
		if r.feed.Format == "cdf" && it.Link == "" {
			it.Link = resolved(f.base, f.get("href"))
		}
	case "guid":
		it.ID = r.text(f)
		r.guid = !strings.EqualFold(f.get("ispermalink"), "false")
	case "id", "atom:id":
		if f.name == "id" || it.ID == "" {
			it.ID = r.text(f)
		}
	case "dc:identifier":
		if it.ID == "" {
			it.ID = r.text(f)
		}
	case "description", "summary", "atom:summary", "abstract":
		r.summary(f)
	case "dc:description", "media:description", "itunes:summary", "dcterms:abstract":
		if it.Summary == "" {
			it.Summary = r.html(f)
		}
	case "content", "atom:content", "content:encoded", "xhtml:body", "body", "fullitem", "content_encoded", "xhtml:div":
		r.content(f)
	case "author", "atom:author", "dc:creator", "dc:author", "creator":
		r.addAuthors(&it.Authors, f)
	case "itunes:author", "dc:contributor", "media:credit":
		if len(it.Authors) == 0 && f.name == "itunes:author" {
			r.addAuthors(&it.Authors, f)
		}
	case "category", "atom:category", "dc:subject", "dcterms:subject", "media:category", "itunes:category", "itunes:keywords":
		r.categories(&it.Categories, f)
	case "rights", "atom:rights", "copyright", "dc:rights", "dcterms:rights":
		it.Rights = r.plain(f)
	case "cc:license", "atom:license", "license", "dcterms:license":
		if it.Rights == "" {
			it.Rights = r.license(f)
		}
	case "dc:language", "language", "dcterms:language":
		if tag := language(r.text(f)); tag != "" {
			it.Lang = tag
		}
	case "enclosure":
		r.enclosure(f.get("url", "href"), f.get("type"), f.get("length"), f.base)
	case "media:content", "media:group":
		r.media(f)
	case "source", "atom:source":
		r.source(f)
	case "dc:source":
		if it.Source.Title == "" {
			it.Source.Title = r.plain(f)
		}
	case "feedburner:origlink":
		if abs := r.address(f); abs != "" {
			it.Link = abs
		}
	}
}

// itemLink takes a link: of RSS a text, of Atom an element with attributes, where the first alternate counts.
func (r *reader) itemLink(f *field) {
	it := r.item
	href := f.get("href")
	if f.name == "link" && !r.atom() && f.get("rel") == "" {
		abs := r.address(f)
		if abs == "" {
			abs = resolved(f.base, href)
		}
		if abs != "" {
			it.Link = abs
		}
		return
	}
	rel := strings.ToLower(f.get("rel"))
	if rel == "" {
		rel = "alternate"
	}
	abs := resolved(f.base, href)
	if abs == "" {
		return
	}
	rel = strings.TrimPrefix(rel, "http://www.iana.org/assignments/relation/")
	switch rel {
	case "alternate":
		if tag := tagOf(f.get("hreflang")); tag != "" && it.Link != "" && abs != it.Link {
			if it.Alternates == nil {
				it.Alternates = map[string]string{}
			}
			it.Alternates[tag] = abs
			return
		}
		if it.Link == "" || !webType(f.get("type")) {
			if it.Link == "" {
				it.Link = abs
			}
		}
	case "enclosure":
		r.enclosure(href, f.get("type"), f.get("length"), f.base)
	case "license":
		if it.Rights == "" {
			it.Rights = abs
		}
	case "via":
		if it.Source.Link == "" {
			it.Source.Link = abs
		}
	}
}

// webType reports whether a media type is that of a page.
func webType(typ string) bool {
	return typ == "" || strings.Contains(typ, "html")
}

// summary takes a description. Some feeds have two: the longer is then the content.
func (r *reader) summary(f *field) {
	it := r.item
	s := r.html(f)
	switch {
	case it.Summary == "" || f.name == "summary" || f.name == "description":
		if it.Summary != "" && it.Content == "" && len(s) > len(it.Summary) {
			it.Content = s
			return
		}
		if s != "" {
			it.Summary = s
		}
	case it.Content == "":
		it.Content = s
	}
	r.nearer(f)
}

func (r *reader) content(f *field) {
	it := r.item
	if src := f.get("src"); src != "" && strings.TrimSpace(f.raw) == "" {
		if it.Link == "" {
			it.Link = resolved(f.base, src)
		}
		return
	}
	if s := r.html(f); s != "" && (it.Content == "" || f.name != "content") {
		it.Content = s
	}
	r.nearer(f)
}

// nearer takes over the language that a content states for itself.
func (r *reader) nearer(f *field) {
	if tag := get(f.attrs, "xml:lang"); tag != "" && f.lang != "" {
		r.item.Lang = f.lang
	}
}

func (r *reader) addAuthors(list *[]Author, f *field) {
	for _, a := range r.people(f) {
		if len(*list) < maxList && !slices.Contains(*list, a) {
			*list = append(*list, a)
		}
	}
}

// categories takes the words a feed files things under. Those of media and podcasts nest; keywords stand in one list.
func (r *reader) categories(list *[]string, f *field) {
	add := func(s string) {
		if s = folded(s); s != "" && len(*list) < maxList && !slices.Contains(*list, s) {
			*list = append(*list, s)
		}
	}
	for _, name := range []string{"term", "text"} {
		if s := f.get(name); s != "" {
			add(s)
		}
	}
	if f.name == "itunes:keywords" {
		for s := range strings.SplitSeq(r.text(f), ",") {
			add(s)
		}
		return
	}
	if f.nested {
		r.each(f, func(g *field) {
			if local(g.name) == "category" {
				r.categories(list, g)
			}
		})
		before, _, _ := strings.Cut(f.raw, "<")
		add(unescape(before, r.z.entities))
		return
	}
	if f.get("term") == "" {
		add(r.plain(f))
	}
}

// license is the address or name of a licence.
func (r *reader) license(f *field) string {
	if s := f.get("rdf:resource", "resource", "href"); s != "" {
		return s
	}
	return r.plain(f)
}

// enclosure takes a file; an address is enough.
func (r *reader) enclosure(url, typ, length, base string) {
	abs := resolved(base, url)
	if abs == "" || len(r.item.Enclosures) >= maxList {
		return
	}
	n, err := strconv.ParseInt(strings.TrimSpace(length), 10, 64)
	if err != nil || n < 0 {
		n = 0
	}
	for i := range r.item.Enclosures {
		if r.item.Enclosures[i].URL == abs {
			return
		}
	}
	r.item.Enclosures = append(r.item.Enclosures, Enclosure{URL: abs, Type: strings.TrimSpace(typ), Length: n})
}

// media takes what Media RSS gives: of a group of one film in several forms the first or the one marked as default, and texts where
// the item has none of its own.
func (r *reader) media(f *field) {
	it := r.item
	best := field{}
	consider := func(g *field) {
		if g.get("url") != "" && (best.attrs == nil || g.get("isdefault") == "true") {
			best = *g
		}
	}
	var inside func(g *field)
	inside = func(g *field) {
		switch g.name {
		case "media:content":
			consider(g)
			if g.nested {
				r.each(g, inside)
			}
		case "media:title", "media:description", "media:category":
			r.itemField(g)
		}
	}
	if f.name == "media:content" {
		consider(f)
	}
	if f.nested {
		r.each(f, inside)
	}
	if best.attrs != nil && len(it.Enclosures) < maxList {
		r.enclosure(best.get("url"), best.get("type"), best.get("filesize"), f.base)
	}
}

// source takes the feed an item was first published in.
func (r *reader) source(f *field) {
	s := &r.item.Source
	if url := f.get("url", "href"); url != "" {
		s.Link = resolved(f.base, url)
	}
	if !f.nested {
		s.Title = r.plain(f)
		return
	}
	r.each(f, func(g *field) {
		switch local(g.name) {
		case "title":
			s.Title = r.plain(g)
		case "link":
			rel := g.get("rel")
			if abs := resolved(g.base, g.get("href")); abs != "" && (rel == "" || rel == "alternate") && s.Link == "" {
				s.Link = abs
			}
		case "rights":
			if r.item.Rights == "" {
				r.item.Rights = r.plain(g)
			}
		}
	})
}

// feedField takes a field of the feed itself.
func (r *reader) feedField(f *field) {
	fd := &r.feed
	if r.date(&r.feedAt, f) {
		return
	}
	switch f.name {
	case "title", "atom:title":
		if f.name == "title" || fd.Title == "" {
			fd.Title = r.plain(f)
		}
	case "dc:title", "dcterms:title":
		if fd.Title == "" {
			fd.Title = r.plain(f)
		}
	case "description", "subtitle", "tagline", "atom:subtitle", "atom:tagline", "abstract", "dc:description":
		if s := r.html(f); fd.Subtitle == "" || f.name == "description" {
			fd.Subtitle = s
		}
	case "itunes:subtitle", "itunes:summary":
		if fd.Subtitle == "" {
			fd.Subtitle = r.html(f)
		}
	case "link", "atom:link":
		r.feedLink(f)
	case "a":
		if fd.Format == "cdf" && fd.Link == "" {
			fd.Link = resolved(f.base, f.get("href"))
		}
	case "id", "atom:id":
		fd.FeedID = r.text(f)
	case "language", "dc:language", "dcterms:language":
		if tag := language(r.text(f)); tag != "" {
			fd.Lang = tag
		}
	case "rights", "atom:rights", "copyright", "dc:rights", "dcterms:rights":
		fd.Rights = r.plain(f)
	case "cc:license", "license":
		if fd.Rights == "" {
			fd.Rights = r.license(f)
		}
	case "author", "atom:author", "dc:creator", "dc:author", "managingeditor":
		r.addAuthors(&fd.Authors, f)
	case "webmaster", "itunes:author", "itunes:owner":
		if len(fd.Authors) == 0 {
			r.addAuthors(&fd.Authors, f)
		}
	case "category", "atom:category", "dc:subject", "itunes:category", "itunes:keywords", "media:category":
		r.categories(&fd.Categories, f)
	case "itunes:new-feed-url":
		fd.Moved = r.address(f)
	case "ttl", "sy:updateperiod", "sy:updatefrequency", "skiphours", "skipdays":
		r.schedule(f)
	}
}

func (r *reader) feedLink(f *field) {
	fd := &r.feed
	href := f.get("href")
	if f.name == "link" && !r.atom() && f.get("rel") == "" {
		abs := r.address(f)
		if abs == "" {
			abs = resolved(f.base, href)
		}
		if abs != "" {
			fd.Link = abs
		}
		return
	}
	abs := resolved(f.base, href)
	if abs == "" {
		return
	}
	switch strings.ToLower(f.get("rel")) {
	case "", "alternate":
		if fd.Link == "" {
			fd.Link = abs
		}
	case "self":
		fd.Self = abs
	case "hub":
		if len(fd.Hubs) < 10 && !slices.Contains(fd.Hubs, abs) {
			fd.Hubs = append(fd.Hubs, abs)
		}
	case "license":
		if fd.Rights == "" {
			fd.Rights = abs
		}
	}
}

// periods are the words of sy:updatePeriod.
var periods = map[string]time.Duration{"hourly": time.Hour, "daily": 24 * time.Hour, "weekly": 7 * 24 * time.Hour, "monthly": 30 * 24 * time.Hour, "yearly": 365 * 24 * time.Hour}

// schedule takes what a feed says of how often to ask.
func (r *reader) schedule(f *field) {
	fd := &r.feed
	text := strings.ToLower(r.text(f))
	switch f.name {
	case "ttl":
		if n, err := strconv.Atoi(text); err == nil && n > 0 && n < 60*24*366 {
			fd.Every = time.Duration(n) * time.Minute
		}
	case "sy:updateperiod":
		if d := periods[text]; d > 0 && fd.Every == 0 {
			fd.Every = d
		}
	case "sy:updatefrequency":
		if n, err := strconv.Atoi(text); err == nil && n > 1 && n < 10_000 && fd.Every > 0 {
			fd.Every /= time.Duration(n)
		}
	case "skiphours":
		r.each(f, func(g *field) {
			if n, err := strconv.Atoi(r.text(g)); err == nil && n >= 0 && n <= 24 && len(fd.SkipHours) < 24 {
				fd.SkipHours = append(fd.SkipHours, n%24)
			}
		})
	case "skipdays":
		r.each(f, func(g *field) {
			if day := r.text(g); len(fd.SkipDays) < 7 && len(day) < 12 {
				fd.SkipDays = append(fd.SkipDays, day)
			}
		})
	}
}

// channelAttributes takes what CDF says in the attributes of its channel.
func (r *reader) channelAttributes(attrs []attribute) {
	r.feed.Link = resolved(r.base, get(attrs, "href"))
	if when, ok := parseDate(get(attrs, "lastmod"), ""); ok {
		r.feedAt.updated = when
	}
}

// settleFeed fills what a feed says elsewhere.
func (r *reader) settleFeed() {
	if r.feed.Link == "" && strings.Contains(r.feed.FeedID, "://") && r.feed.Format == "rdf" {
		r.feed.Link = resolved(r.base, r.feed.FeedID)
	}
}
