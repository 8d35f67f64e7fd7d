package jobs

import (
	"context"
	"errors"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
)

// How long a job may take. A long article on a slow machine takes the engine minutes.
const (
	netLimit = 10 * time.Minute
	longest  = time.Hour
)

type check struct {
	Outlet string `json:"outlet"`
}

func (check) Kind() string { return "check" }

type checkWorker struct {
	river.WorkerDefaults[check]
	client *Client
}

func (w *checkWorker) Timeout(*river.Job[check]) time.Duration { return netLimit }

func (w *checkWorker) Work(ctx context.Context, j *river.Job[check]) error {
	_, err := w.client.room.CheckDue(ctx, j.Args.Outlet)
	return w.client.ended(ctx, j.JobRow, err, nil)
}

type take struct {
	Item string `json:"item"`
}

func (take) Kind() string { return "take" }

type takeWorker struct {
	river.WorkerDefaults[take]
	client *Client
}

func (w *takeWorker) Timeout(*river.Job[take]) time.Duration { return netLimit }

func (w *takeWorker) Work(ctx context.Context, j *river.Job[take]) error {
	return w.client.ended(ctx, j.JobRow, w.client.room.Take(ctx, j.Args.Item), func(cause error) error {
		return w.client.room.Fail(ctx, j.Args.Item, cause)
	})
}

type retake struct {
	Item string `json:"item"`
	At   int64  `json:"at"` // tells one look from the next, which a look queues while it runs
}

func (retake) Kind() string { return "retake" }

type retakeWorker struct {
	river.WorkerDefaults[retake]
	client *Client
}

func (w *retakeWorker) Timeout(*river.Job[retake]) time.Duration { return netLimit }

func (w *retakeWorker) Work(ctx context.Context, j *river.Job[retake]) error {
	return w.client.ended(ctx, j.JobRow, w.client.room.Retake(ctx, j.Args.Item), nil)
}

type reread struct {
	Item string `json:"item"`
}

func (reread) Kind() string { return "reread" }

type rereadWorker struct {
	river.WorkerDefaults[reread]
	client *Client
}

func (w *rereadWorker) Timeout(*river.Job[reread]) time.Duration { return longest }

func (w *rereadWorker) Work(ctx context.Context, j *river.Job[reread]) error {
	_, err := w.client.room.Reread(ctx, j.Args.Item)
	return w.client.ended(ctx, j.JobRow, err, nil)
}

type rereadOutlet struct {
	Outlet string `json:"outlet"`
}

func (rereadOutlet) Kind() string { return "reread_outlet" }

type rereadOutletWorker struct {
	river.WorkerDefaults[rereadOutlet]
	client *Client
}

func (w *rereadOutletWorker) Timeout(*river.Job[rereadOutlet]) time.Duration { return longest }

func (w *rereadOutletWorker) Work(ctx context.Context, j *river.Job[rereadOutlet]) error {
	left, err := w.client.room.RereadOutlet(ctx, j.Args.Outlet)
	if left && err == nil {
		return river.JobSnooze(0) // others first
	}
	return w.client.ended(ctx, j.JobRow, err, nil)
}

type draft struct {
	Original string `json:"original"`
	Lang     string `json:"lang"`
}

func (draft) Kind() string { return "draft" }

type draftWorker struct {
	river.WorkerDefaults[draft]
	client *Client
}

func (w *draftWorker) Timeout(*river.Job[draft]) time.Duration { return longest }

func (w *draftWorker) Work(ctx context.Context, j *river.Job[draft]) error {
	return w.client.ended(ctx, j.JobRow, w.client.room.Draft(ctx, j.Args.Original, j.Args.Lang), func(cause error) error {
		return w.client.room.FailDraft(ctx, j.Args.Original, cause)
	})
}

type pictures struct {
	Article string `json:"article"`
}

func (pictures) Kind() string { return "pictures" }

type picturesWorker struct {
	river.WorkerDefaults[pictures]
	client *Client
}

func (w *picturesWorker) Timeout(*river.Job[pictures]) time.Duration { return netLimit }

func (w *picturesWorker) Work(ctx context.Context, j *river.Job[pictures]) error {
	return w.client.ended(ctx, j.JobRow, w.client.room.Pictures(ctx, j.Args.Article), nil)
}

type recheck struct {
	From  string `json:"from"`
	To    string `json:"to"`
	After string `json:"after"`
	At    int64  `json:"at"`
}

func (recheck) Kind() string { return "recheck" }

type recheckWorker struct {
	river.WorkerDefaults[recheck]
	client *Client
}

func (w *recheckWorker) Timeout(*river.Job[recheck]) time.Duration { return longest }

func (w *recheckWorker) Work(ctx context.Context, j *river.Job[recheck]) error {
	a := j.Args
	return w.client.ended(ctx, j.JobRow, w.client.room.Recheck(ctx, newsroom.Recheck{From: a.From, To: a.To, After: a.After, At: a.At}), nil)
}

// patience is how long a job waits, in all, for servers that ask to be left alone.
const patience = 7 * 24 * time.Hour

// ended turns what a verb returned into what River does next. fail writes for the desk that it is over; it runs before the job
// ends, so that no kill comes between the two.
func (c *Client) ended(ctx context.Context, job *rivertype.JobRow, err error, fail func(cause error) error) error {
	if err == nil {
		return nil
	}
	switch wait := newsroom.Patience(err); {
	case ctx.Err() != nil && !errors.Is(ctx.Err(), context.DeadlineExceeded):
		return river.JobSnooze(0) // cut short by Stop: it was not tried
	case wait > 0 && time.Since(job.CreatedAt) < patience:
		return river.JobSnooze(wait)
	case !newsroom.Final(err) && job.Attempt < job.MaxAttempts:
		return err
	}
	if fail != nil {
		if noted := fail(err); noted != nil {
			return errors.Join(err, noted)
		}
	}
	return river.JobCancel(err)
}

// backOff says when a job that failed is tried again.
type backOff struct{}

// tries are the waits after the first, the second and further failures.
var tries = []time.Duration{20 * time.Second, 2 * time.Minute, 10 * time.Minute, time.Hour, 4 * time.Hour, 12 * time.Hour}

// NextRetry is River's question.
func (backOff) NextRetry(job *rivertype.JobRow) time.Time {
	return time.Now().Add(tries[min(max(len(job.Errors), 0), len(tries)-1)])
}
