package desk

import (
	"errors"
	"fmt"
	"net/http"
	"net/mail"
	"strings"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/locale"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/support"
	"github.com/dragoman-newsroom/dragoman/internal/web"
)

// settingsPage is what templates/settings.html shows.
type settingsPage struct {
	frame
	Groups []settingGroup
}

type settingGroup struct {
	Name   string
	Say    string
	Fields []setting
}

// A setting is one field of the form.
type setting struct {
	Key   string
	Label string
	Help  string // empty if the label says it all
	Value string
	Kind  string // "text", "long", "email", "yes"
	Lang  string // of the value; empty if it holds in all languages
}

// settings are the keys that the form sets, in its order; those with an asterisk exist in each language of the catalogues.
var settings = []struct {
	group string
	keys  []string
}{
	{"site", []string{"site.title", "site.tagline*", "site.contact", "site.responsible", "site.zone", "site.index_unread"}},
	{"support", []string{"support.text*", "support.links", "support.name", "support.iban", "support.bic", "support.note"}},
}

var settingKinds = map[string]string{"site.contact": "email", "site.index_unread": "yes", "support.text": "long", "support.links": "long"}

func (d *desk) settings(r *http.Request) (settingsPage, error) {
	values, err := d.Store.Settings(r.Context())
	return d.settingsPage(r, values), err
}

func (d *desk) settingsPage(r *http.Request, values map[string]string) settingsPage {
	p := settingsPage{frame: d.frame(r, "settings", "")}
	p.Title = p.L.T("settings")
	for _, g := range settings {
		group := settingGroup{Name: p.L.T("settings." + g.group), Say: p.L.T("settings." + g.group + ".say")}
		for _, key := range g.keys {
			key, each := strings.CutSuffix(key, "*")
			s := setting{Key: key, Label: p.L.T("setting." + key), Value: values[key], Kind: settingKinds[key]}
			if s.Kind == "" {
				s.Kind = "text"
			}
			if p.L.Has("setting." + key + ".help") {
				s.Help = p.L.T("setting." + key + ".help")
			}
			if !each {
				group.Fields = append(group.Fields, s)
				continue
			}
			for _, tag := range locale.Tags() {
				in := s
				in.Key, in.Lang, in.Value = key+"."+tag, tag, values[key+"."+tag]
				in.Label = p.L.T("setting.in", "label", s.Label, "language", p.L.Language(tag))
				group.Fields = append(group.Fields, in)
			}
		}
		p.Groups = append(p.Groups, group)
	}
	return p
}

// maxSetting is how many bytes a setting may have.
const maxSetting = 20_000

func (d *desk) saveSettings(r *http.Request) (web.Move, error) {
	values := map[string]string{}
	var problems []error
	for _, g := range settings {
		for _, key := range g.keys {
			key, each := strings.CutSuffix(key, "*")
			keys := []string{key}
			if each {
				keys = nil
				for _, tag := range locale.Tags() {
					keys = append(keys, key+"."+tag)
				}
			}
			for _, k := range keys {
				v, err := checkSetting(key, r.FormValue(k))
				values[k] = v
				problems = append(problems, err)
			}
		}
	}
	payee := support.Payee{Name: values["support.name"], IBAN: values["support.iban"], BIC: values["support.bic"], Text: values["support.note"]}
	if payee.IBAN != "" {
		problems = append(problems, payee.Check())
	}
	if err := errors.Join(problems...); err != nil {
		a, status, ok := d.refused(r, err)
		if !ok {
			return web.Move{}, err
		}
		a.Detail = strings.ReplaceAll(strings.ReplaceAll(err.Error(), ": "+news.ErrInvalid.Error(), ""), "\n", "; ")
		p := d.settingsPage(r, values)
		p.Alert = a
		return web.Move{}, &web.Instead{Name: "settings", Page: p, Status: status}
	}
	err := d.Store.Tx(r.Context(), func(tx *store.Tx) error {
		for key, v := range values {
			if err := tx.PutSetting(r.Context(), key, v); err != nil {
				return err
			}
		}
		return nil
	})
	return web.Move{To: "/desk/settings?done=settings"}, err
}

// checkSetting brings a value into the form that is kept. Its error is news.ErrInvalid; the value then comes back as it was typed.
func checkSetting(key, v string) (string, error) {
	v = strings.TrimSpace(strings.ReplaceAll(v, "\r\n", "\n"))
	if len(v) > maxSetting {
		return v, fmt.Errorf("%s has more than %d bytes: %w", key, maxSetting, news.ErrInvalid)
	}
	if settingKinds[key] != "long" {
		v = strings.Join(strings.Fields(v), " ")
	}
	switch {
	case v == "":
	case key == "site.contact":
		if a, err := mail.ParseAddress(v); err != nil || a.Address != v {
			return v, fmt.Errorf("%q is no e-mail address: %w", v, news.ErrInvalid)
		}
	case key == "site.zone":
		if _, err := time.LoadLocation(v); err != nil || v == "Local" {
			return v, fmt.Errorf("%q is no time zone, such as Europe/Paris: %w", v, news.ErrInvalid)
		}
	case key == "site.index_unread":
		return "yes", nil
	case key == "support.links":
		links, err := support.ParseLinks(v)
		if err != nil {
			return v, err
		}
		return links, nil
	case key == "support.iban", key == "support.bic":
		return strings.ToUpper(strings.ReplaceAll(v, " ", "")), nil
	}
	return v, nil
}
