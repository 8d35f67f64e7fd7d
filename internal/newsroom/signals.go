package newsroom

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/rights"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// signalsOf reads from the newest page of an item what the outlet's machine said about ours; nothing if no page was fetched.
func signalsOf(ctx context.Context, r store.Reads, item string) (rights.Signals, error) {
	page, err := r.PageOf(ctx, item)
	if errors.Is(err, news.ErrNotFound) {
		return rights.Signals{}, nil
	}
	if err != nil {
		return rights.Signals{}, err
	}
	return headerSignals(page.Header), nil
}

// headerSignals reads the reservations that come as headers: TDM-Reservation of the TDM Reservation Protocol (W3C community group
// report, 2024) and train-ai=n or ai-output=n in Content-Usage (draft-ietf-aipref-attach).
func headerSignals(h http.Header) rights.Signals {
	if strings.TrimSpace(h.Get("Tdm-Reservation")) == "1" {
		return rights.Signals{Reserved: true}
	}
	for _, usage := range strings.Split(strings.Join(h.Values("Content-Usage"), ","), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(usage), "=")
		if strings.TrimSpace(value) == "n" && (name == "ai-output" || name == "ai-use") {
			return rights.Signals{Reserved: true}
		}
	}
	return rights.Signals{}
}
