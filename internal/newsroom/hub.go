package newsroom

import (
	"context"
	"crypto/hmac"
	crand "crypto/rand"
	"crypto/sha1" //nolint:gosec // the WebSub Recommendation of 2018 lets hubs sign with it; as an HMAC it stands
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"math/rand/v2"
	"mime"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/address"
	"github.com/dragoman-newsroom/dragoman/internal/fetch"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// How hubs are dealt with (WebSub, W3C Recommendation of 2018).
const (
	HubPath = "/api/hub/" // under our own address, before the callback

	leaseAsked  = 10 * 24 * time.Hour
	leaseMost   = 14 * 24 * time.Hour // a longer one is renewed as if it were this
	hubSoonest  = 10 * time.Minute    // between two requests to a hub about one feed, however short its leases
	hubRetry    = time.Hour           // after a request that led to nothing; doubles, to a day
	deniedRetry = 7 * 24 * time.Hour
	rehub       = 24 * time.Hour      // between two hubs or addresses of one feed
	farewells   = 5                   // requests to end a subscription before it is taken for ended
	tombstone   = 60 * 24 * time.Hour // how long a hub that goes on sending is told that it ended
	pushedPace  = 4 * time.Hour       // how often a feed is looked at whose hub has proved itself
	proofs      = 3                   // deliveries that prove it
	deadAfter   = 2                   // looks in a row that found what the hub had not brought
	hubLate     = 15 * time.Minute    // what is younger may still be on its way

	MaxPush    = fetch.MaxBody // of a delivery, read
	maxKept    = 4 << 20       // of a delivery, kept; a longer one makes us look at the feed
	maxWaiting = 64            // deliveries of one subscription that wait to be read; more make us look at the feed
	maxHubWhy  = 300
	maxType    = 200 // of a media type
)

// Why a hub is not used, as HubSubscription.Why has it in the state "off".
const (
	HubNoAddress = "no address" // we have no public https address
	HubUnsafe    = "unsafe"     // it is no https hub: who listens to what it is asked could deliver in its name
)

// ErrEnded says that a subscription was there and is over.
var ErrEnded = errors.New("the subscription is over")

// PublicAddress returns an address of the site that hubs can call: https, and a host of the public network; else the empty string.
func PublicAddress(site string) string {
	u, err := url.Parse(site)
	if err != nil || u.Scheme != "https" || u.Host == "" {
		return ""
	}
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	if a, err := netip.ParseAddr(host); err == nil {
		if !fetch.Public(a) {
			return ""
		}
	} else if !strings.Contains(host, ".") {
		return ""
	}
	for _, private := range []string{".localhost", ".local", ".internal", ".lan", ".home.arpa", ".test", ".invalid"} {
		if strings.HasSuffix(host, private) {
			return ""
		}
	}
	return "https://" + u.Host
}

// hubsOf returns the hubs that an answer names and the address its feed has there: those of the Link headers, which say it of any
// kind of content, else those of the feed itself.
func hubsOf(response fetch.Response, list listing) (hubs []string, topic string) {
	hubs, topic = linkedHubs(response.Header, response.URL)
	if len(hubs) == 0 {
		hubs = list.hubs
	}
	if topic == "" {
		topic = list.self
	}
	return hubs, topic
}

// maxHubs is how many hubs of a feed are looked at.
const maxHubs = 10

// linkedHubs reads rel=hub and rel=self of Link headers.
func linkedHubs(h http.Header, base string) (hubs []string, self string) {
	from, err := url.Parse(base)
	if err != nil {
		return nil, ""
	}
	for _, header := range h.Values("Link") {
		for _, l := range address.Links(header) {
			to, err := from.Parse(l.Target)
			if err != nil || to.Scheme != "http" && to.Scheme != "https" || to.Host == "" {
				continue
			}
			to.Fragment = ""
			at := to.String()
			for _, relation := range l.Relations() {
				switch {
				case relation == "hub" && len(hubs) < maxHubs && !slices.Contains(hubs, at):
					hubs = append(hubs, at)
				case relation == "self" && self == "":
					self = at
				}
			}
		}
	}
	return hubs, self
}

// noteHub follows what a feed says of its hub: a first one is asked, another one takes its place, one that is no longer named is told
// so. An answer that says nothing, unchanged or cut off, changes nothing but what our own address does.
func (r *Room) noteHub(ctx context.Context, tx *store.Tx, f news.Feed, response fetch.Response, list listing) error {
	if f.Kind != "feed" {
		return nil
	}
	now := r.now()
	present, err := tx.HubOf(ctx, f.ID)
	known := err == nil
	if err != nil && !errors.Is(err, news.ErrNotFound) {
		return err
	}
	hubs, topic := hubsOf(response, list)
	if topic == "" {
		topic = f.URL
	}
	if len(hubs) == 0 && (response.NotModified() || list.partial) {
		if !known {
			return nil
		}
		hubs, topic = []string{present.Hub}, present.Topic
	}
	if len(hubs) == 0 {
		if known {
			return tx.EndHubs(ctx, f.ID, now)
		}
		return nil
	}
	hub := hubs[0]
	if i := slices.IndexFunc(hubs, secure); i >= 0 {
		hub = hubs[i]
	}
	if known && slices.Contains(hubs, present.Hub) && present.State == store.HubActive && secure(present.Hub) {
		hub = present.Hub // what works is not changed for an order of names
	}
	why := ""
	switch {
	case r.Public == "":
		why = HubNoAddress
	case !secure(hub):
		why = HubUnsafe
	}
	off := why != ""
	if known && present.Hub == hub && present.Topic == topic && (present.State == store.HubOff) == off && (off || present.Base == r.Public) {
		return nil
	}
	if known && !off && present.Base == r.Public && now-present.CreatedAt < rehub.Milliseconds() {
		return nil // a feed that names another address at each look is not asked for at each look
	}
	if err := tx.EndHubs(ctx, f.ID, now); err != nil {
		return err
	}
	h := store.HubSubscription{
		ID: store.NewID(), Feed: f.ID, Hub: hub, Topic: topic, Base: r.Public, Callback: unguessable(), Secret: unguessable(),
		State: store.HubWanted, NextAt: now, CreatedAt: now,
	}
	if off {
		h.State, h.Why, h.NextAt = store.HubOff, why, 0
		return tx.SaveHub(ctx, h)
	}
	if err := tx.SaveHub(ctx, h); err != nil {
		return err
	}
	return r.Queue.TendHub(ctx, tx.SQL(), h.ID)
}

// secure reports whether a hub can be told a secret.
func secure(hub string) bool { return strings.HasPrefix(hub, "https:") }

// unguessable is 256 random bits, in characters that an address may have.
func unguessable() string {
	var b [32]byte
	_, _ = crand.Read(b[:]) // never fails
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// TendHub asks a hub what is due: to send, to go on sending, or to stop. A hub that does not take it is asked again later, ever more seldom;
// the feed is followed whatever the hub says.
func (r *Room) TendHub(ctx context.Context, id string) error {
	now := timeOf(r.now())
	var h store.HubSubscription
	due := false
	err := r.Store.Tx(ctx, func(tx *store.Tx) (err error) {
		h, err = tx.HubSubscription(ctx, id)
		if errors.Is(err, news.ErrNotFound) {
			return nil
		}
		if err != nil || h.NextAt == 0 || h.NextAt > millis(now) {
			return err
		}
		switch {
		case h.State == store.HubEnded:
			return tx.RemoveHub(ctx, h.ID)
		case h.State == store.HubEnding && h.Fails >= farewells:
			h.State, h.NextAt = store.HubEnded, millis(now.Add(tombstone))
			return tx.SaveHub(ctx, h)
		case h.State != store.HubEnding && !secure(h.Hub):
			h.State, h.Why, h.NextAt = store.HubOff, HubUnsafe, 0
			return tx.SaveHub(ctx, h)
		case h.State != store.HubEnding && h.Base != r.Public: // the next look at the feed asks anew, from our present address
			h.NextAt = millis(now.Add(latest))
			return tx.SaveHub(ctx, h)
		case h.State == store.HubActive && h.LeaseUntil <= millis(now):
			h.State, h.Why = store.HubWanted, "its time ran out before the hub renewed it"
		case h.State == store.HubDenied:
			h.State = store.HubWanted
		}
		due = true
		h.Fails++ // until the hub comes back
		h.AskedAt, h.NextAt = millis(now), millis(now.Add(hubWait(h.Fails)))
		return tx.SaveHub(ctx, h)
	})
	if err != nil || !due {
		return err
	}
	form := url.Values{"hub.mode": {"subscribe"}, "hub.topic": {h.Topic}, "hub.callback": {h.Base + HubPath + h.Callback}}
	if h.State == store.HubEnding {
		form.Set("hub.mode", "unsubscribe")
	} else {
		form.Set("hub.secret", h.Secret)
		form.Set("hub.lease_seconds", strconv.Itoa(int(leaseAsked/time.Second)))
	}
	_, asked := r.Fetch.Post(ctx, h.Hub, form)
	var refused *fetch.Error
	if asked == nil {
		return nil
	}
	if !errors.As(asked, &refused) {
		return asked
	}
	return r.Store.Tx(ctx, func(tx *store.Tx) error {
		h, err := tx.HubSubscription(ctx, id) // it may have come back while it was being asked
		if err != nil || h.Fails == 0 {
			return err
		}
		h.Why = shortened(asked.Error(), maxHubWhy)
		if refused.RetryAfter > 0 {
			h.NextAt = max(h.NextAt, millis(now.Add(refused.RetryAfter)))
		}
		return tx.SaveHub(ctx, h)
	})
}

// hubWait is how long a hub is left alone after so many requests that led to nothing.
func hubWait(fails int) time.Duration {
	wait := hubRetry
	for range min(fails, 6) - 1 {
		wait = min(2*wait, latest)
	}
	return wait + time.Duration(rand.Float64()*jitter*float64(wait)) //nolint:gosec // spreads load, guards nothing
}

func shortened(s string, n int) string {
	s = oneLine(s)
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}

// A HubQuestion is what a hub asks or tells when it calls back.
type HubQuestion struct {
	Mode      string // subscribe, unsubscribe or denied
	Topic     string
	Challenge string
	Lease     string // seconds
	Reason    string // of a denial
}

// HubAsks answers a hub that wants to know whether we meant what we asked, and returns what it is to be told: its challenge. A denial is
// noted and returns nothing. It is news.ErrNotFound where we asked for nothing of the kind, and a hub then does nothing.
func (r *Room) HubAsks(ctx context.Context, callback string, q HubQuestion) (string, error) {
	not := fmt.Errorf("subscription: %w", news.ErrNotFound)
	h, err := r.Store.HubByCallback(ctx, callback) // a stranger takes no writer from anybody
	if err != nil {
		return "", err
	}
	if q.Topic != h.Topic || h.AskedAt == 0 {
		return "", not
	}
	err = r.Store.Tx(ctx, func(tx *store.Tx) error {
		h, err := tx.HubSubscription(ctx, h.ID)
		if err != nil {
			return err
		}
		now := timeOf(r.now())
		switch {
		case q.Mode == "subscribe" && q.Challenge != "" && (h.State == store.HubWanted || h.State == store.HubActive):
			lease := leaseOf(q.Lease)
			h.State, h.Why, h.Fails, h.VerifiedAt = store.HubActive, "", 0, millis(now)
			h.LeaseUntil = millis(now.Add(lease))
			early := 0.6 + 0.2*rand.Float64() //nolint:gosec // spreads load, guards nothing
			h.NextAt = millis(now.Add(max(time.Duration(early*float64(min(lease, leaseMost))), hubSoonest)))
		case q.Mode == "unsubscribe" && q.Challenge != "" && (h.State == store.HubEnding || h.State == store.HubEnded):
			h.State, h.Why, h.Fails, h.LeaseUntil, h.NextAt = store.HubEnded, "", 0, 0, millis(now.Add(tombstone))
		case q.Mode == "denied" && (h.State == store.HubWanted || h.State == store.HubActive || h.State == store.HubDenied):
			h.State, h.Why, h.LeaseUntil, h.NextAt = store.HubDenied, shortened(q.Reason, maxHubWhy), 0, millis(now.Add(deniedRetry))
		case q.Mode == "denied": // of what is over anyway
		default:
			return not
		}
		return tx.SaveHub(ctx, h)
	})
	if err != nil || q.Mode == "denied" {
		return "", err
	}
	return q.Challenge, nil
}

// leaseOf reads how long a hub says that it will send: what we asked for where it does not say.
func leaseOf(seconds string) time.Duration {
	n, err := strconv.ParseInt(strings.TrimSpace(seconds), 10, 64)
	if err != nil || n <= 0 {
		return leaseAsked
	}
	return time.Duration(min(n, int64(365*24*time.Hour/time.Second))) * time.Second
}

// A Push is what a hub delivers.
type Push struct {
	Type      string // media type
	Signature string // the header X-Hub-Signature: method=HMAC of the body
	Body      io.Reader
}

// HubPush keeps what a hub delivers and queues it to be read. What is not signed with the subscription's secret is counted and left, and is
// no error: the hub is not told. It is news.ErrNotFound if there is no such subscription, and ErrEnded if it is over.
func (r *Room) HubPush(ctx context.Context, callback string, p Push) error {
	h, err := r.Store.HubByCallback(ctx, callback)
	if err != nil {
		return err
	}
	if h.State == store.HubEnded {
		return ErrEnded
	}
	body, whole, valid, err := readSigned(p, h.Secret)
	if err != nil {
		return fmt.Errorf("read a delivery: %w: %w", err, news.ErrInvalid)
	}
	d := store.HubDelivery{ID: store.NewID(), Subscription: h.ID, At: r.now(), Type: deliveredType(p.Type), Body: body}
	if valid && whole {
		if err := d.Pack(); err != nil {
			return err
		}
	}
	return r.Store.Tx(ctx, func(tx *store.Tx) error {
		if err := tx.CountPush(ctx, h.ID, valid, r.now()); err != nil || !valid || h.State == store.HubEnding {
			return err
		}
		waiting, err := tx.Deliveries(ctx, h.ID)
		if err != nil {
			return err
		}
		if !whole || waiting >= maxWaiting {
			return r.hinted(ctx, tx, h.Feed)
		}
		if err := tx.AddDelivery(ctx, d); err != nil {
			return err
		}
		return r.Queue.Pushed(ctx, tx.SQL(), h.ID)
	})
}

// deliveredType is a media type in plain ASCII, as every database keeps it; empty if a header holds none.
func deliveredType(header string) string {
	kind, parameters, err := mime.ParseMediaType(header)
	if err != nil {
		return ""
	}
	if s := mime.FormatMediaType(kind, parameters); len(s) <= maxType {
		return s
	}
	return kind[:min(len(kind), maxType)]
}

// readSigned reads a delivery to its end and reports whether its signature is the secret's; whole says that body is all of it.
func readSigned(p Push, secret string) (body []byte, whole, valid bool, err error) {
	method, digest, _ := strings.Cut(strings.TrimSpace(p.Signature), "=")
	var newHash func() hash.Hash
	switch strings.ToLower(method) {
	case "sha1":
		newHash = sha1.New
	case "sha256":
		newHash = sha256.New
	case "sha384":
		newHash = sha512.New384
	case "sha512":
		newHash = sha512.New
	default:
		return nil, false, false, nil
	}
	want, err := hex.DecodeString(digest)
	if err != nil {
		return nil, false, false, nil //nolint:nilerr // a signature that is none is a wrong one
	}
	mac := hmac.New(newHash, []byte(secret))
	from := io.TeeReader(io.LimitReader(p.Body, MaxPush+1), mac)
	if body, err = io.ReadAll(io.LimitReader(from, maxKept+1)); err != nil {
		return nil, false, false, err
	}
	whole = len(body) <= maxKept
	rest, err := io.Copy(io.Discard, from)
	if err != nil {
		return nil, false, false, err
	}
	if int64(len(body))+rest > MaxPush {
		return nil, false, false, nil // its end is not known, and so not its signature
	}
	return body, whole, hmac.Equal(mac.Sum(nil), want), nil
}

// hinted makes a feed be looked at as soon as the pace allows: its hub said that there is something, and not what.
func (r *Room) hinted(ctx context.Context, tx *store.Tx, feed string) error {
	f, err := tx.Feed(ctx, feed)
	if errors.Is(err, news.ErrNotFound) {
		return nil
	}
	if err != nil || f.Stopped {
		return err
	}
	if f.Fails > 0 {
		return nil // what its server asked for stands
	}
	f.NextAt, f.NextWhy = min(f.NextAt, max(r.now(), f.CheckedAt+soonest.Milliseconds())), whyHinted
	return tx.SaveFeed(ctx, f)
}

// Pushed reads what a hub delivered, in order, as looks at the feed would: the same identity, the same filter, the same holding of what was
// turned over. What cannot be read as the feed makes us look at it. A delivery that comes twice gives nothing twice.
func (r *Room) Pushed(ctx context.Context, subscription string) error {
	for {
		d, err := r.Store.NextDelivery(ctx, subscription)
		if errors.Is(err, news.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := r.readDelivery(ctx, d); err != nil {
			return err
		}
	}
}

// readDelivery reads a delivery outside of the transaction in which it writes what is new.
func (r *Room) readDelivery(ctx context.Context, d store.HubDelivery) (err error) {
	defer func() {
		if p := recover(); p != nil { // a defect of ours, which is to keep back nothing but this delivery
			err = fmt.Errorf("read delivery %s: %v", d.ID, p)
		}
	}()
	list, err := r.deliveredList(ctx, d)
	if err != nil {
		return err
	}
	return r.Store.Tx(ctx, func(tx *store.Tx) error {
		if err := r.delivered(ctx, tx, d, list); err != nil {
			return err
		}
		return tx.RemoveDelivery(ctx, d.ID)
	})
}

// GiveUpPushed leaves aside the oldest delivery of a subscription, which cannot be read however often it is tried, so that it keeps back
// none of those behind it. Nothing is lost by it: its feed is looked at.
func (r *Room) GiveUpPushed(ctx context.Context, subscription string) error {
	h, err := r.Store.HubSubscription(ctx, subscription)
	if errors.Is(err, news.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return r.Store.Tx(ctx, func(tx *store.Tx) error {
		if err := tx.RemoveOldestDelivery(ctx, subscription); err != nil {
			return err
		}
		return r.hinted(ctx, tx, h.Feed)
	})
}

// deliveredList reads a delivery as the feed it stands for; a listing without entries if it is none.
func (r *Room) deliveredList(ctx context.Context, d store.HubDelivery) (listing, error) {
	h, err := r.Store.HubSubscription(ctx, d.Subscription)
	if err != nil {
		return listing{}, err
	}
	lang := ""
	if f, err := r.Store.Feed(ctx, h.Feed); err == nil {
		o, err := r.Store.Outlet(ctx, f.Outlet)
		if err != nil {
			return listing{}, err
		}
		lang = o.Lang
	} else if !errors.Is(err, news.ErrNotFound) {
		return listing{}, err
	}
	list, _ := readFeed(fetch.Response{URL: h.Topic, Status: http.StatusOK, Header: http.Header{"Content-Type": {d.Type}}, Body: d.Body}, lang)
	return list, nil
}

func (r *Room) delivered(ctx context.Context, tx *store.Tx, d store.HubDelivery, list listing) error {
	h, err := tx.HubSubscription(ctx, d.Subscription)
	if err != nil {
		return err
	}
	f, err := tx.Feed(ctx, h.Feed)
	if errors.Is(err, news.ErrNotFound) {
		return nil
	}
	if err != nil || f.Stopped || h.State == store.HubEnding || h.State == store.HubEnded {
		return err
	}
	o, err := tx.Outlet(ctx, f.Outlet)
	if err != nil {
		return err
	}
	if len(list.entries) == 0 || f.CheckedAt == 0 { // the first look decides what is history
		return r.hinted(ctx, tx, f.ID)
	}
	now := timeOf(r.now())
	sightings, learned, err := identify(ctx, tx.Reads, o.Site, f, list.entries, now)
	if err != nil {
		return err
	}
	known, fresh := tally(sightings)
	filter, err := tx.Filter(ctx, o.ID)
	if err != nil {
		return err
	}
	var result CheckResult
	if err := r.keepSightings(ctx, tx, sightings, filter, false, turnedOver(sightings, known, fresh, timeOf(f.CheckedAt), now), now, &result); err != nil {
		return err
	}
	f.GUIDPolicy = learned.GUIDPolicy
	if fresh > 0 {
		f.ChangedAt = millis(now)
	}
	if fresh > 0 || result.Updated > 0 {
		h.Proofs, h.Misses = h.Proofs+1, 0
		if err := tx.SaveHub(ctx, h); err != nil {
			return err
		}
	}
	return tx.SaveFeed(ctx, f)
}

// tally counts what of a poll was known and what was not.
func tally(list []sighting) (known, fresh int) {
	for _, s := range list {
		if s.isNew {
			fresh++
		} else {
			known++
		}
	}
	return known, fresh
}

// judgeHub notes what a look says of a feed's hub, and reports whether the hub has proved that it sends what is new. A look that finds
// what the hub should have brought and had not counts against it; after two in a row it is taken for dead, whatever it accepts.
func (r *Room) judgeHub(ctx context.Context, tx *store.Tx, f news.Feed, list []sighting, held bool, now time.Time) (proven bool, err error) {
	h, err := tx.HubOf(ctx, f.ID)
	if errors.Is(err, news.ErrNotFound) {
		return false, nil
	}
	if err != nil || h.State != store.HubActive || h.LeaseUntil <= millis(now) {
		return false, err
	}
	missed := false
	for _, s := range list {
		missed = missed || s.isNew && !held && f.NextWhy != whyHinted && missedBy(h, f, s.item, now)
	}
	if missed {
		h.Proofs, h.Misses = 0, h.Misses+1
		if err := tx.SaveHub(ctx, h); err != nil {
			return false, err
		}
	}
	return h.Misses == 0 && h.Proofs >= proofs, nil
}

// missedBy reports whether a hub should have brought an item that a look found. An item without a date counts only where the hub sent
// nothing at all since the look before.
func missedBy(h store.HubSubscription, f news.Feed, item news.Item, now time.Time) bool {
	if at := timeOf(item.PublishedAt); !at.IsZero() {
		return at.After(timeOf(h.VerifiedAt)) && now.Sub(at) > hubLate
	}
	return h.VerifiedAt < f.CheckedAt && h.PushedAt <= f.CheckedAt
}

// HubDead reports whether a hub takes our subscription and does not send.
func HubDead(h store.HubSubscription) bool {
	return h.State == store.HubActive && h.Misses >= deadAfter
}
