package support

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/news"
)

// A Link leads to a service that takes contributions.
type Link struct{ Name, URL string }

// services are those whose links need no name of their own, by host.
var services = map[string]string{
	"paypal.com": "PayPal", "paypal.me": "PayPal", "liberapay.com": "Liberapay", "ko-fi.com": "Ko-fi", "buymeacoffee.com": "Buy Me a Coffee", "donate.stripe.com": "Stripe",
	"buy.stripe.com": "Stripe", "github.com": "GitHub Sponsors", "opencollective.com": "Open Collective", "patreon.com": "Patreon", "helloasso.com": "HelloAsso", "apoia.se": "Apoia.se",
}

// maxLinks is how many a page shows.
const maxLinks = 12

// button finds what matters in the HTML that PayPal gives for a button: the rest of it is a form, a picture and a tracking pixel.
var button = regexp.MustCompile(`hosted_button_id["'\s]+value=["']?([A-Za-z0-9]{4,40})|value=["']?([A-Za-z0-9]{4,40})["']?[^>]*hosted_button_id`)

// Links reads the setting "support.links" and leaves out what ParseLinks refuses.
func Links(s string) []Link {
	var list []Link
	for line := range strings.Lines(s) {
		if l, err := parseLink(line); err == nil && l.URL != "" && len(list) < maxLinks {
			list = append(list, l)
		}
	}
	return list
}

// ParseLinks reads one link a line, "NAME | ADDRESS" or an address alone, and returns them in the form that is kept. A pasted PayPal
// button becomes a link to its form. The error is news.ErrInvalid and names the line.
func ParseLinks(s string) (string, error) {
	if strings.Contains(s, "<") {
		m := button.FindStringSubmatch(s)
		if m == nil {
			return "", fmt.Errorf("this is HTML without a hosted_button_id; give the address of the page instead: %w", news.ErrInvalid)
		}
		return "PayPal | https://www.paypal.com/donate/?hosted_button_id=" + m[1] + m[2], nil
	}
	var kept []string
	for line := range strings.Lines(s) {
		l, err := parseLink(line)
		if err != nil {
			return "", err
		}
		if l.URL != "" {
			kept = append(kept, l.Name+" | "+l.URL)
		}
	}
	if len(kept) > maxLinks {
		return "", fmt.Errorf("%d links, more than %d: %w", len(kept), maxLinks, news.ErrInvalid)
	}
	return strings.Join(kept, "\n"), nil
}

// parseLink reads a line; an empty one gives an empty link.
func parseLink(line string) (Link, error) {
	line = strings.TrimSpace(line)
	if line == "" {
		return Link{}, nil
	}
	name, address, ok := strings.Cut(line, "|")
	if !ok {
		name, address = "", line
	}
	name, address = strings.TrimSpace(name), strings.TrimSpace(address)
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil || len(address) > 1000 {
		return Link{}, fmt.Errorf("%.80q is not an address that begins with https://: %w", address, news.ErrInvalid)
	}
	if name == "" {
		name = services[strings.TrimPrefix(u.Hostname(), "www.")]
	}
	if name == "" {
		name = u.Hostname()
	}
	return Link{Name: name, URL: u.String()}, nil
}

// paragraphs cuts a text at its empty lines; nil if it is empty.
func paragraphs(s string) []string {
	var list []string
	for p := range strings.SplitSeq(strings.ReplaceAll(s, "\r\n", "\n"), "\n\n") {
		if p = strings.Join(strings.Fields(p), " "); p != "" {
			list = append(list, p)
		}
	}
	return list
}
