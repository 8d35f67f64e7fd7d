package address

import "strings"

// trackingNames are parameters that tell a site where a reader came from and choose nothing of what is shown.
// Our own list, kept short: a parameter that some site uses to choose a page must not be here.
var trackingNames = map[string]bool{
	"fbclid": true, "gclid": true, "gclsrc": true, "dclid": true, "gbraid": true, "wbraid": true, "msclkid": true, "twclid": true,
	"yclid": true, "ysclid": true, "igshid": true, "igsh": true, "ttclid": true, "li_fat_id": true, "mc_cid": true, "mc_eid": true,
	"_ga": true, "_gl": true, "_hsenc": true, "_hsmi": true, "__hstc": true, "__hssc": true, "__hsfp": true, "hsctatracking": true,
	"mkt_tok": true, "oly_anon_id": true, "oly_enc_id": true, "vero_id": true, "vero_conv": true, "wickedid": true, "rb_clickid": true,
	"s_cid": true, "xtor": true, "at_medium": true, "at_campaign": true, "at_custom1": true, "at_custom2": true, "at_custom3": true,
	"at_custom4": true, "at_link_id": true, "at_link_type": true, "at_link_origin": true, "at_format": true, "at_ptr_name": true,
	"at_bbc_team": true, "at_campaign_type": true, "ns_mchannel": true, "ns_source": true, "ns_campaign": true, "ns_linkname": true,
	"ns_fee": true, "cmpid": true, "echobox": true, "guccounter": true, "guce_referrer": true, "guce_referrer_sig": true,
	"wt_mc": true, "wt_zmc": true, "__twitter_impression": true, "srsltid": true, "ref_src": true, "ref_url": true, "taid": true,
	"ito": true, "spm": true, "sc_campaign": true, "sc_channel": true, "soc_src": true, "soc_trk": true, "fb_action_ids": true,
	"fb_action_types": true, "fb_source": true, "action_object_map": true, "action_type_map": true, "action_ref_map": true,
}

// trackingPrefixes begin names of which there are families.
var trackingPrefixes = []string{"utm_", "mtm_", "pk_", "piwik_", "matomo_", "hsa_", "stm_", "itm_"}

// tracking reports whether a parameter of that name only tracks.
func tracking(name string) bool {
	name = strings.ToLower(name)
	if trackingNames[name] {
		return true
	}
	for _, p := range trackingPrefixes {
		if strings.HasPrefix(name, p) {
			return true
		}
	}
	return false
}

// withoutTracking takes the tracking parameters out of a raw query; what stays is not escaped anew and keeps its order.
func withoutTracking(query string) string {
	if query == "" {
		return ""
	}
	kept := make([]string, 0, 8)
	for part := range strings.SplitSeq(query, "&") {
		name, _, _ := strings.Cut(part, "=")
		if !tracking(strings.TrimPrefix(name, "amp;")) {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, "&")
}

// fragmentName returns the name of a fragment that is written like a parameter (#xtor=RSS-3208).
func fragmentName(fragment string) string {
	name, _, ok := strings.Cut(fragment, "=")
	if !ok {
		return ""
	}
	return name
}
