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

type take struct {
	Item string `json:"item"`
}

func (take) Kind() string { return "take" }

type retake struct {
	Item string `json:"item"`
	At   int64  `json:"at"` // tells one look from the next, which a look queues while it runs
}

func (retake) Kind() string { return "retake" }

type reread struct {
	Item string `json:"item"`
}

func (reread) Kind() string { return "reread" }

type rereadOutlet struct {
	Outlet string `json:"outlet"`
}

func (rereadOutlet) Kind() string { return "reread_outlet" }

type draft struct {
	Original string `json:"original"`
	Lang     string `json:"lang"`
}

func (draft) Kind() string { return "draft" }

type pictures struct {
	Article string `json:"article"`
}

func (pictures) Kind() string { return "pictures" }

type recheck struct {
	From  string `json:"from"`
	To    string `json:"to"`
	After string `json:"after"`
	At    int64  `json:"at"`
}

func (recheck) Kind() string { return "recheck" }

// A worker does the jobs of one kind.
type worker[T river.JobArgs] struct {
	river.WorkerDefaults[T]
	client *Client
	limit  time.Duration // how long one may take
	work   func(ctx context.Context, args T) error
	fail   func(ctx context.Context, args T, cause error) error // writes for the desk that it is over; nil: nobody waits
}

// errAgain is what work returns where there is more to do, which others need not wait for.
var errAgain = errors.New("more is left")

func (w *worker[T]) Timeout(*river.Job[T]) time.Duration { return w.limit }

func (w *worker[T]) Work(ctx context.Context, j *river.Job[T]) error {
	err := newsroom.Guard(func() error { return w.work(ctx, j.Args) })
	w.client.logDefect(j.JobRow, err)
	if errors.Is(err, errAgain) {
		return river.JobSnooze(0)
	}
	if w.fail == nil {
		return w.client.ended(ctx, j.JobRow, err, nil)
	}
	return w.client.ended(ctx, j.JobRow, err, func(cause error) error { return w.fail(ctx, j.Args, cause) })
}

// add gives the jobs of a kind to a verb.
func add[T river.JobArgs](to *river.Workers, c *Client, limit time.Duration, work func(context.Context, T) error, fail func(context.Context, T, error) error) error {
	return river.AddWorkerSafely(to, &worker[T]{client: c, limit: limit, work: work, fail: fail})
}

// workers are the workers of all kinds of jobs.
func (c *Client) workers() (*river.Workers, error) {
	to := river.NewWorkers()
	room := c.room
	return to, errors.Join(
		add(to, c, netLimit, func(ctx context.Context, a check) error {
			_, err := room.CheckDue(ctx, a.Outlet)
			return err
		}, nil),
		add(to, c, netLimit, func(ctx context.Context, a take) error { return room.Take(ctx, a.Item) },
			func(ctx context.Context, a take, cause error) error { return room.Fail(ctx, a.Item, cause) }),
		add(to, c, netLimit, func(ctx context.Context, a retake) error { return room.Retake(ctx, a.Item) },
			func(ctx context.Context, a retake, cause error) error { return room.FailRetake(ctx, a.Item, cause) }),
		add(to, c, longest, func(ctx context.Context, a reread) error {
			_, err := room.Reread(ctx, a.Item)
			return err
		}, func(ctx context.Context, a reread, cause error) error { return room.FailReread(ctx, a.Item, cause) }),
		add(to, c, longest, func(ctx context.Context, a rereadOutlet) error {
			left, err := room.RereadOutlet(ctx, a.Outlet)
			if left && err == nil {
				return errAgain
			}
			return err
		}, nil),
		add(to, c, longest, func(ctx context.Context, a draft) error { return room.Draft(ctx, a.Original, a.Lang) },
			func(ctx context.Context, a draft, cause error) error { return room.FailDraft(ctx, a.Original, cause) }),
		add(to, c, netLimit, func(ctx context.Context, a pictures) error { return room.Pictures(ctx, a.Article) }, nil),
		add(to, c, longest, func(ctx context.Context, a recheck) error {
			return room.Recheck(ctx, newsroom.Recheck{From: a.From, To: a.To, After: a.After, At: a.At})
		}, nil),
		add(to, c, netLimit, func(ctx context.Context, a tendHub) error { return room.TendHub(ctx, a.Subscription) }, nil),
		add(to, c, netLimit, func(ctx context.Context, a pushed) error { return room.Pushed(ctx, a.Subscription) },
			func(ctx context.Context, a pushed, _ error) error {
				return room.GiveUpPushed(ctx, a.Subscription) // those behind it are queued by the tick
			}),
		add(to, c, longest, func(ctx context.Context, a link) error { return room.LinkStatements(ctx, a.Original) }, nil),
		add(to, c, longest, c.fillStatements, nil),
	)
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
	case fail == nil && job.Attempt < job.MaxAttempts && defectOf(err) != nil:
		return err // nowhere is it noted that it is over: what is queued by its time would come back at once
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
