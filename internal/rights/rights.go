// Package rights says, from what an outlet allows and what was reviewed, what may be public and what must be said beside it.
//
// Values only: no I/O, no clock, no wording (that is locale's). It is no legal advice: it applies the record that a person made,
// the stricter way where the record contradicts itself.
package rights

// Bases on which an outlet's texts may be used, as news.Terms.Basis has them.
const (
	Unknown      = "unknown"
	Own          = "own"
	ByLicence    = "licence"
	Permission   = "permission"
	PublicDomain = "public domain"
	Quotation    = "quotation"
)

// Bases lists the values a basis may have.
var Bases = []string{Unknown, Own, ByLicence, Permission, PublicDomain, Quotation}

// A Mode says how much of a translation readers may get.
type Mode int

const (
	Private Mode = iota // nothing: editors only
	Excerpt             // the translated title, at most ExcerptLength characters, outlet, author, date and link
	Full                // the whole text
)

// ExcerptLength is how many characters of a text an excerpt may have.
const ExcerptLength = 160

// String names m: "private", "excerpt", "full".
func (m Mode) String() string {
	switch m {
	case Excerpt:
		return "excerpt"
	case Full:
		return "full"
	}
	return "private"
}

// Facts are what an outlet's record says.
type Facts struct {
	Basis     string // one of Bases; empty is Unknown
	Licence   string // name or address; empty if none is stated
	Translate bool   // a translation may be made public
	ByMachine bool   // and a machine may have made it
	FullText  bool   // the whole text may stand on our page
	Excerpt   bool   // a short excerpt may
	Images    bool   // pictures may be shown
}

// Signals are what the outlet's machines said when the page was fetched.
type Signals struct {
	Reserved bool // a reservation against mining or machine use: tdm-reservation 1, RSL prohibiting it, a Content-Usage opt-out
}

// Decide says what may be public of a machine's translation.
//
// Nothing without a known basis. The whole text where translation, by a machine, and full text are all allowed and the licence
// does not forbid adaptations; an excerpt and a link where only less is. A machine's reservation against machines stands
// unless the text is ours or somebody gave written permission.
func Decide(f Facts, s Signals) Mode {
	switch f.Basis {
	case Own, ByLicence, Permission, PublicDomain:
	case Quotation:
		return Excerpt
	default:
		return Private
	}
	if s.Reserved && f.Basis != Own && f.Basis != Permission {
		return Private
	}
	l, known := ParseLicence(f.Licence)
	// A licence without derivatives lets a translation be made, not shared; a permission given in writing goes beyond it.
	noDerivatives := known && l.NoDerivatives && f.Basis == ByLicence
	switch {
	case f.Translate && f.ByMachine && f.FullText && !noDerivatives:
		return Full
	case f.Translate, f.FullText, f.Excerpt, noDerivatives:
		return Excerpt
	}
	return Private
}

// MayDraft reports whether the outlet's pages may be fetched and translated for the editors to read.
// Only a machine's reservation forbids it, and a permission lifts that.
func MayDraft(f Facts, s Signals) bool {
	return !s.Reserved || f.Basis == Own || f.Basis == Permission
}

// Fill adds what a licence allows by itself to facts that say nothing but the licence.
// Facts of which any is set are left alone: who recorded them chose.
func Fill(f Facts) Facts {
	l, known := ParseLicence(f.Licence)
	switch {
	case f.Basis == PublicDomain, f.Basis == Own:
		l, known = Licence{PublicDomain: true}, true
	case f.Basis != ByLicence:
		return f
	}
	if !known || f.Translate || f.ByMachine || f.FullText || f.Excerpt || f.Images {
		return f
	}
	f.Translate, f.ByMachine, f.FullText = !l.NoDerivatives, !l.NoDerivatives, !l.NoDerivatives
	f.Excerpt = true
	return f
}

// A Review is what of an editor's approval decides the label.
type Review struct {
	By       string // name; empty if nobody approved what readers see
	At       int64  // UTC milliseconds
	Decision string // "approved", "returned"
}

// A Notice is what must be said beside a translation. Values only.
type Notice struct {
	Machine     bool    // a machine made the translation; always true here
	ReadBy      string  // who read it over; empty if nobody did, and then the label may not be left out
	ReadAt      int64   // 0 if nobody did
	Licence     Licence // of the outlet's text; the zero value if none is known
	LicenceSaid string  // as the record has it, where it is no licence we know
	ShareAlike  bool    // our page stands under the same licence
	Changed     bool    // the licence asks to say that we changed the text: by translating it
	NoAds       bool    // no advertisement beside it
	NoIndex     bool    // kept from search engines until somebody has read it
}

// Label says what must stand beside a translation shown under these facts.
func Label(f Facts, r Review) Notice {
	s := Notice{Machine: true, NoIndex: true}
	if r.Decision == "approved" && r.By != "" {
		s.ReadBy, s.ReadAt, s.NoIndex = r.By, r.At, false
	}
	l, known := ParseLicence(f.Licence)
	if !known {
		s.LicenceSaid = f.Licence
		return s
	}
	s.Licence = l
	s.ShareAlike, s.NoAds, s.Changed = l.ShareAlike, l.NonCommercial, l.Attribution
	return s
}
