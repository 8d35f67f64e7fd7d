package api

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/web"
)

// Addresses are made of 43 characters. A challenge is echoed to whoever knows one; nobody needs a long one.
const (
	maxCallback  = 64
	maxChallenge = 4 << 10
)

// hubAsks answers a hub that verifies a subscription or denies it (WebSub, sections 5.2 and 5.3).
func (a *api) hubAsks(w http.ResponseWriter, r *http.Request) {
	callback, ok := a.mayCall(w, r)
	if !ok {
		return
	}
	q := r.URL.Query()
	challenge := q.Get("hub.challenge")
	if len(challenge) > maxChallenge {
		a.say(w, http.StatusNotFound, "There is no such subscription.")
		return
	}
	echo, err := a.Room.HubAsks(r.Context(), callback, newsroom.HubQuestion{
		Mode: q.Get("hub.mode"), Topic: q.Get("hub.topic"), Challenge: challenge, Lease: q.Get("hub.lease_seconds"), Reason: q.Get("hub.reason"),
	})
	if err != nil {
		a.refuse(w, r, err)
		return
	}
	a.strangers.Give(web.Network(r))
	a.say(w, http.StatusOK, echo)
}

// hubDelivers takes what a hub sends. It is queued before the answer, and read after it.
func (a *api) hubDelivers(w http.ResponseWriter, r *http.Request) {
	callback, ok := a.mayCall(w, r)
	if !ok {
		return
	}
	err := a.Room.HubPush(r.Context(), callback, newsroom.Push{
		Type: r.Header.Get("Content-Type"), Signature: r.Header.Get("X-Hub-Signature"), Body: http.MaxBytesReader(w, r.Body, newsroom.MaxPush+1),
	})
	if err != nil {
		a.refuse(w, r, err)
		return
	}
	a.strangers.Give(web.Network(r))
	a.say(w, http.StatusAccepted, "")
}

// mayCall returns the address that is called, or answers that it is called too often or can be nobody's. Every caller is a stranger until
// the address he called turns out to be somebody's.
func (a *api) mayCall(w http.ResponseWriter, r *http.Request) (string, bool) {
	if err := a.strangers.Take(web.Network(r)); err != nil {
		a.wait(w, err)
		return "", false
	}
	callback := r.PathValue("callback")
	if len(callback) > maxCallback || strings.ContainsFunc(callback, func(c rune) bool {
		return c != '-' && c != '_' && (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z')
	}) {
		a.refuse(w, r, news.ErrNotFound)
		return "", false
	}
	if err := a.callers.Take(callback); err != nil {
		a.strangers.Give(web.Network(r))
		a.wait(w, err)
		return "", false
	}
	return callback, true
}

// refuse answers an error: an address that is nobody's 404, a subscription that is over 410, and a fault of ours 500, which a hub tries again.
func (a *api) refuse(w http.ResponseWriter, r *http.Request, err error) {
	if !errors.Is(err, news.ErrNotFound) {
		a.strangers.Give(web.Network(r))
	}
	switch {
	case errors.Is(err, newsroom.ErrEnded):
		a.say(w, http.StatusGone, "The subscription is over.")
	case errors.Is(err, news.ErrNotFound):
		a.say(w, http.StatusNotFound, "There is no such subscription.")
	case errors.Is(err, news.ErrInvalid):
		a.say(w, http.StatusBadRequest, "The delivery could not be read.")
	default:
		a.Log.Error("a hub's call went wrong", "error", err)
		a.say(w, http.StatusInternalServerError, "It went wrong here; try again.")
	}
}

func (a *api) wait(w http.ResponseWriter, err error) {
	var many *web.TooMany
	if errors.As(err, &many) {
		w.Header().Set("Retry-After", strconv.Itoa(many.Seconds))
	}
	a.say(w, http.StatusTooManyRequests, "Too many calls; try again later.")
}
