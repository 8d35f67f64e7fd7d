package rights

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io"
	"net/url"
	"slices"
	"strings"
)

// Where a signal stands.
const (
	OnPage     = "page"         // meta and link elements
	InHeader   = "header"       // of the page's answer
	InTDMRep   = "tdmrep.json"  // the file of the TDM Reservation Protocol
	InRobots   = "robots.txt"   //
	InDocument = "licence file" // a licence document (RSL) that robots.txt, a header or a page names
	InFeed     = "feed"         //
)

// Names of signals.
const (
	TDMReservation = "tdm-reservation"
	TDMPolicy      = "tdm-policy"
	ContentUsage   = "content-usage"
	ContentSignal  = "content-signal"
	License        = "license"
	RightsNotice   = "rights" // words about rights that are no licence
	RobotsMeta     = "robots"
	RSLUsage       = "rsl"
)

// A Signal is one thing that an outlet's machine says about the use of its texts, as it stands there. It informs whoever records the
// outlet's terms; where it reserves machine use it holds drafts and publication back. It never allows anything.
type Signal struct {
	Place    string
	Name     string
	Value    string
	Reserves bool
}

// Combine says what signals come to. A reservation of the TDM Reservation Protocol is read where it stands nearest to the text: on the page,
// else in its header, else in the file. Of the others each that reserves does.
func Combine(list []Signal) Signals {
	for _, place := range []string{OnPage, InHeader, InTDMRep} {
		i := slices.IndexFunc(list, func(s Signal) bool { return s.Name == TDMReservation && s.Place == place })
		if i >= 0 {
			if list[i].Reserves {
				return Signals{Reserved: true}
			}
			break
		}
	}
	return Signals{Reserved: slices.ContainsFunc(list, func(s Signal) bool { return s.Reserves && s.Name != TDMReservation })}
}

// maxValue is how many bytes of a signal's value are kept.
const maxValue = 500

// Read makes a signal of a value, which is judged by the rules of its name; nothing of an empty one.
func Read(place, name, value string) []Signal {
	value = strings.Join(strings.Fields(strings.ToValidUTF8(value, "")), " ")
	if value == "" {
		return nil
	}
	if len(value) > maxValue {
		value = strings.ToValidUTF8(value[:maxValue], "")
	}
	s := Signal{Place: place, Name: name, Value: value}
	switch name {
	case TDMReservation:
		s.Reserves = value == "1"
	case ContentUsage:
		s.Reserves = stated(value, "n", "y", "ai-output", "ai-use", "ai", "tdm", "bots", "all")
	case ContentSignal:
		s.Reserves = stated(value, "no", "yes", "ai-input")
	}
	return []Signal{s}
}

// stated reads a dictionary of preferences, "train-ai=n, ai-output=y;x": the first of the names that is stated decides, so that the name of
// the narrower use stands before the wider one's. Training is no use of ours, and searching neither.
func stated(dictionary, no, yes string, names ...string) bool {
	for _, name := range names {
		for _, member := range strings.Split(dictionary, ",") {
			member, _, _ = strings.Cut(member, ";")
			key, value, _ := strings.Cut(member, "=")
			if strings.EqualFold(strings.TrimSpace(key), name) {
				switch value = strings.ToLower(strings.TrimSpace(value)); value {
				case no:
					return true
				case yes:
					return false
				}
			}
		}
	}
	return false
}

// tdmRule is an entry of tdmrep.json.
type tdmRule struct {
	Location    string          `json:"location"`
	Reservation json.RawMessage `json:"tdm-reservation"`
	Policy      string          `json:"tdm-policy"`
}

// ReadTDMRep reads what a site's tdmrep.json says of an address; nil for what is none. The longest location that matches decides, as in
// robots.txt.
func ReadTDMRep(file []byte, at *url.URL) []Signal {
	var rules []tdmRule
	if json.Unmarshal(bytes.TrimPrefix(file, []byte("\xef\xbb\xbf")), &rules) != nil {
		return nil
	}
	longest, found := -1, tdmRule{}
	for _, r := range rules {
		if len(r.Location) > longest && Matches(r.Location, at) {
			longest, found = len(r.Location), r
		}
	}
	if longest < 0 {
		return nil
	}
	return append(Read(InTDMRep, TDMReservation, strings.Trim(string(found.Reservation), `"`)), Read(InTDMRep, TDMPolicy, found.Policy)...)
}

// Matches reports whether an address lies where a pattern says: a path, or an address of the same host, with * for any characters and $ at
// the end of the whole. An empty pattern is everywhere.
func Matches(pattern string, at *url.URL) bool {
	if u, err := url.Parse(strings.NewReplacer("*", "%2A").Replace(pattern)); err == nil && u.Host != "" {
		if !strings.EqualFold(u.Host, at.Host) {
			return false
		}
		_, rest, _ := strings.Cut(pattern, "//")
		i := strings.IndexByte(rest, '/')
		if i < 0 {
			return true
		}
		pattern = rest[i:]
	}
	path := at.EscapedPath()
	if path == "" {
		path = "/"
	}
	if at.RawQuery != "" {
		path += "?" + at.RawQuery
	}
	pattern, whole := strings.CutSuffix(pattern, "$")
	parts := strings.Split(pattern, "*")
	if !strings.HasPrefix(path, parts[0]) {
		return false
	}
	path = path[len(parts[0]):]
	if len(parts) == 1 {
		return !whole || path == ""
	}
	for _, part := range parts[1 : len(parts)-1] {
		i := strings.Index(path, part)
		if i < 0 {
			return false
		}
		path = path[i+len(part):]
	}
	last := parts[len(parts)-1]
	if whole {
		return strings.HasSuffix(path, last)
	}
	return strings.Contains(path, last)
}

// The elements of a licence document by RSL 1.0 that say what may be done.
type (
	rslContent struct {
		URL      string       `xml:"url,attr"`
		Licences []rslLicence `xml:"license"`
	}
	rslLicence struct {
		Permits   []rslUse `xml:"permits"`
		Prohibits []rslUse `xml:"prohibits"`
		Payment   []rslUse `xml:"payment"`
	}
	rslUse struct {
		Type string `xml:"type,attr"`
		Text string `xml:",chardata"`
	}
)

// maxContents bounds the elements of a licence document that are read.
const maxContents = 1000

// ReadRSL reads what a licence document says of an address, where it lies, or of all where place is the page itself; nil for what is no
// licence document. It reserves machine use where none of its licences lets it be had for nothing.
func ReadRSL(place string, document []byte, at *url.URL) []Signal {
	d := xml.NewDecoder(bytes.NewReader(document))
	d.Strict = false
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	var root bool
	longest, found := -1, rslContent{}
	for n := 0; n < maxContents; {
		t, err := d.Token()
		if err != nil {
			break
		}
		e, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		switch e.Name.Local {
		case "rsl":
			root = true
		case "content":
			n++
			var c rslContent
			if !root || d.DecodeElement(&c, &e) != nil {
				continue
			}
			if len(c.Licences) > 0 && len(c.URL) > longest && (c.URL == "" || Matches(strings.TrimSpace(c.URL), at)) {
				longest, found = len(c.URL), c
			}
		}
	}
	if longest < 0 {
		return nil
	}
	var said []string
	reserves := true
	for _, l := range found.Licences {
		words, free := l.machineUse()
		said = append(said, words)
		reserves = reserves && !free
	}
	list := Read(place, RSLUsage, strings.Join(said, " | "))
	for i := range list {
		list[i].Reserves = reserves
	}
	return list
}

// ours are the words of RSL for uses that a translation by machine is among.
var ours = []string{"all", "ai-all", "ai-input", "ai-use", "ai-output"}

// machineUse says a licence in words, and whether it lets a machine use the text for nothing. What a licence that names uses does not
// name, it does not permit.
func (l rslLicence) machineUse() (words string, free bool) {
	var said []string
	uses := func(list []rslUse) (all []string, any bool) {
		for _, u := range list {
			if u.Type == "" || u.Type == "usage" {
				any = true
				all = append(all, strings.FieldsFunc(strings.ToLower(u.Text), func(r rune) bool { return r == ',' || r == ' ' || r == '\n' || r == '\t' || r == '\r' })...)
			}
		}
		return all, any
	}
	permitted, named := uses(l.Permits)
	prohibited, _ := uses(l.Prohibits)
	free = !named || slices.ContainsFunc(permitted, func(s string) bool { return slices.Contains(ours, s) })
	free = free && !slices.ContainsFunc(prohibited, func(s string) bool { return slices.Contains(ours, s) })
	if len(permitted) > 0 {
		said = append(said, "permits "+strings.Join(permitted, " "))
	}
	if len(prohibited) > 0 {
		said = append(said, "prohibits "+strings.Join(prohibited, " "))
	}
	for _, p := range l.Payment {
		switch p.Type {
		case "", "free", "attribution", "contribution":
		default:
			free = false
		}
		if p.Type != "" {
			said = append(said, "payment "+p.Type)
		}
	}
	if len(said) == 0 {
		said = []string{"permits everything"}
	}
	return strings.Join(said, ", "), free
}
