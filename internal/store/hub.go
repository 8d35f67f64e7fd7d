package store

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
)

// A HubSubscription is a feed that a WebSub hub sends us, or is to send.
type HubSubscription struct {
	ID         string
	Feed       string
	Hub        string // address
	Topic      string // address of the feed, as the hub was told
	Base       string // our own address that the hub was given
	Callback   string // what nobody can guess of the address that the hub calls
	Secret     string // deliveries are signed with it
	State      HubState
	Why        string // what the hub or the network said when it is not well; else empty
	AskedAt    int64  // last request to the hub; 0: never
	VerifiedAt int64  // last time the hub asked whether it was us, and it was; 0: never
	LeaseUntil int64  // until when the hub sends; 0: not
	NextAt     int64  // when the hub is to be asked next; 0: not
	Fails      int    // requests in a row that the hub did not take
	PushedAt   int64  // last delivery with a valid signature; 0: none
	Pushes     int    // deliveries with a valid signature
	Refused    int    // deliveries without one
	Proofs     int    // deliveries in a row that brought something, since a look last found what the hub had not
	Misses     int    // looks in a row that found what the hub had not brought, since it last brought something
	CreatedAt  int64
}

// A HubState says how far a subscription has come.
type HubState string

// The states of a subscription.
const (
	HubOff    HubState = "off"    // named by the feed, and not used: we have no public address, or it would be less safe than the feed
	HubWanted HubState = "wanted" // the hub is to be asked, or was and has not come back yet
	HubActive HubState = "active" // it came back and sends
	HubDenied HubState = "denied" // it refused
	HubEnding HubState = "ending" // it is to be told that we want no more
	HubEnded  HubState = "ended"  // over; a delivery is answered so
)

// A HubDelivery is what a hub sent and nobody has read yet.
type HubDelivery struct {
	ID           string
	Subscription string
	At           int64
	Type         string // media type
	Body         []byte

	packed []byte // Body, as it is kept; nil: not packed yet
}

// Pack makes the body ready to be kept: AddDelivery then holds the writer for no longer than it takes to write.
func (d *HubDelivery) Pack() error {
	var body bytes.Buffer
	zip := gzip.NewWriter(&body)
	if _, err := zip.Write(d.Body); err != nil {
		return fmt.Errorf("pack a delivery: %w", err)
	}
	if err := zip.Close(); err != nil {
		return fmt.Errorf("pack a delivery: %w", err)
	}
	d.packed = body.Bytes()
	return nil
}

const hubColumns = `id, feed, hub, topic, base, callback, secret, state, why, asked_at, verified_at, lease_until, next_at, fails,
	pushed_at, pushes, refused, proofs, misses, created_at`

func scanHub(r scanner) (HubSubscription, error) {
	var h HubSubscription
	err := r.Scan(&h.ID, &h.Feed, &h.Hub, &h.Topic, &h.Base, &h.Callback, &h.Secret, &h.State, &h.Why, &h.AskedAt, &h.VerifiedAt, &h.LeaseUntil,
		&h.NextAt, &h.Fails, &h.PushedAt, &h.Pushes, &h.Refused, &h.Proofs, &h.Misses, &h.CreatedAt)
	return h, err
}

// HubSubscription returns a subscription; news.ErrNotFound if there is none.
func (r Reads) HubSubscription(ctx context.Context, id string) (HubSubscription, error) {
	return one(ctx, r, "hub subscription "+id, scanHub, `SELECT `+hubColumns+` FROM hub_subscription WHERE id = $1`, id)
}

// HubByCallback returns the subscription whose hub calls this; news.ErrNotFound if there is none.
func (r Reads) HubByCallback(ctx context.Context, callback string) (HubSubscription, error) {
	return one(ctx, r, "hub subscription", scanHub, `SELECT `+hubColumns+` FROM hub_subscription WHERE callback = $1`, callback)
}

// HubOf returns a feed's present subscription; news.ErrNotFound if it has none but ended ones.
func (r Reads) HubOf(ctx context.Context, feed string) (HubSubscription, error) {
	return one(ctx, r, "hub subscription of feed "+feed, scanHub, `
SELECT `+hubColumns+`
  FROM hub_subscription
 WHERE feed = $1 AND state <> 'ended' AND state <> 'ending'
 ORDER BY created_at DESC, id DESC
 LIMIT 1`, feed)
}

// DueHubs returns up to limit subscriptions whose hub is to be asked by now, those that wait longest first.
func (r Reads) DueHubs(ctx context.Context, now int64, limit int) ([]HubSubscription, error) {
	return all(ctx, r, "hubs that are due", scanHub, `
SELECT `+hubColumns+`
  FROM hub_subscription
 WHERE next_at > 0 AND next_at <= $1
 ORDER BY next_at, id
 LIMIT $2`, now, limit)
}

// SaveHub adds a subscription, or changes the one with its identifier: all but its counts of deliveries, which CountPush keeps.
func (tx *Tx) SaveHub(ctx context.Context, h HubSubscription) error {
	_, err := tx.exec(ctx, "save hub subscription of "+h.Topic, `
INSERT INTO hub_subscription (id, feed, hub, topic, base, callback, secret, state, why, asked_at, verified_at, lease_until, next_at, fails,
	pushed_at, pushes, refused, proofs, misses, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
ON CONFLICT (id) DO UPDATE
   SET base = excluded.base, state = excluded.state, why = excluded.why, asked_at = excluded.asked_at, verified_at = excluded.verified_at,
       lease_until = excluded.lease_until, next_at = excluded.next_at, fails = excluded.fails,
       proofs = excluded.proofs, misses = excluded.misses`,
		h.ID, h.Feed, h.Hub, h.Topic, h.Base, h.Callback, h.Secret, string(h.State), h.Why, h.AskedAt, h.VerifiedAt, h.LeaseUntil, h.NextAt, h.Fails,
		h.PushedAt, h.Pushes, h.Refused, h.Proofs, h.Misses, h.CreatedAt)
	return taken(err, "the callback of a hub is taken")
}

// CountPush counts a delivery: one whose signature was valid, or one that was refused.
func (tx *Tx) CountPush(ctx context.Context, id string, valid bool, at int64) error {
	if !valid {
		return tx.change(ctx, "count a refused delivery", `UPDATE hub_subscription SET refused = refused + 1 WHERE id = $1`, id)
	}
	return tx.change(ctx, "count a delivery", `UPDATE hub_subscription SET pushes = pushes + 1, pushed_at = $2 WHERE id = $1`, id, at)
}

// EndHubs begins the end of a feed's subscriptions: their hubs are told so from now on.
func (tx *Tx) EndHubs(ctx context.Context, feed string, now int64) error {
	_, err := tx.exec(ctx, "end hub subscriptions of feed "+feed, `
UPDATE hub_subscription
   SET state = CASE WHEN asked_at = 0 THEN 'ended' ELSE 'ending' END, why = '', fails = 0, next_at = $2
 WHERE feed = $1 AND state <> 'ended' AND state <> 'ending'`, feed, now)
	return err
}

// RemoveHub takes a subscription away, with what was delivered for it.
func (tx *Tx) RemoveHub(ctx context.Context, id string) error {
	if _, err := tx.exec(ctx, "remove deliveries", `DELETE FROM hub_delivery WHERE subscription = $1`, id); err != nil {
		return err
	}
	return tx.change(ctx, "remove hub subscription "+id, `DELETE FROM hub_subscription WHERE id = $1`, id)
}

// AddDelivery keeps what a hub delivered until it is read.
func (tx *Tx) AddDelivery(ctx context.Context, d HubDelivery) error {
	if d.packed == nil {
		if err := d.Pack(); err != nil {
			return err
		}
	}
	_, err := tx.exec(ctx, "keep a delivery", `
INSERT INTO hub_delivery (id, subscription, at, type, body) VALUES ($1, $2, $3, $4, $5)`, d.ID, d.Subscription, d.At, d.Type, d.packed)
	return err
}

// Deliveries returns how many deliveries of a subscription wait.
func (r Reads) Deliveries(ctx context.Context, subscription string) (int, error) {
	return one(ctx, r, "deliveries", func(s scanner) (n int, err error) {
		err = s.Scan(&n)
		return n, err
	}, `SELECT COUNT(*) FROM hub_delivery WHERE subscription = $1`, subscription)
}

// Delivered returns up to limit subscriptions for which deliveries wait.
func (r Reads) Delivered(ctx context.Context, limit int) ([]string, error) {
	return all(ctx, r, "deliveries", scanString, `SELECT DISTINCT subscription FROM hub_delivery ORDER BY subscription LIMIT $1`, limit)
}

// NextDelivery returns the oldest delivery of a subscription that waits; news.ErrNotFound if none does.
func (r Reads) NextDelivery(ctx context.Context, subscription string) (HubDelivery, error) {
	return one(ctx, r, "delivery", func(s scanner) (HubDelivery, error) {
		var d HubDelivery
		var body []byte
		if err := s.Scan(&d.ID, &d.Subscription, &d.At, &d.Type, &body); err != nil {
			return d, err
		}
		zip, err := gzip.NewReader(bytes.NewReader(body))
		if err != nil {
			return d, fmt.Errorf("body of delivery %s: %w", d.ID, err)
		}
		if d.Body, err = io.ReadAll(zip); err != nil {
			return d, fmt.Errorf("body of delivery %s: %w", d.ID, err)
		}
		return d, nil
	}, `SELECT id, subscription, at, type, body FROM hub_delivery WHERE subscription = $1 ORDER BY id LIMIT 1`, subscription)
}

// RemoveDelivery takes away a delivery that was read. It is no error if somebody did so before.
func (tx *Tx) RemoveDelivery(ctx context.Context, id string) error {
	_, err := tx.exec(ctx, "remove delivery "+id, `DELETE FROM hub_delivery WHERE id = $1`, id)
	return err
}

// RemoveOldestDelivery takes away the delivery of a subscription that NextDelivery returns, or cannot. It is no error if none waits.
func (tx *Tx) RemoveOldestDelivery(ctx context.Context, subscription string) error {
	_, err := tx.exec(ctx, "remove a delivery", `
DELETE FROM hub_delivery
 WHERE id = (SELECT MIN(id) FROM hub_delivery WHERE subscription = $1)`, subscription)
	return err
}
