package jobs

import (
	"context"
	"errors"
	"log/slog"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
)

// failures logs, once each, the jobs that failed.
type failures struct{ client *Client }

// HandleError is called by River for an error.
func (f *failures) HandleError(_ context.Context, job *rivertype.JobRow, err error) *river.ErrorHandlerResult {
	if defectOf(err) != nil {
		return nil // it was logged with its place
	}
	level, next := slog.LevelWarn, "tried again"
	if job.Attempt >= job.MaxAttempts {
		level, next = slog.LevelError, "given up"
	}
	f.client.log.Log(context.Background(), level, "job failed", "job", job.Kind, "args", string(job.EncodedArgs), "attempt", job.Attempt, "then", next, "error", err)
	return nil
}

// defectOf is the panic of a verb that an error tells of; nil if it tells of none.
func defectOf(err error) *newsroom.Defect {
	var d *newsroom.Defect
	errors.As(err, &d)
	return d
}

// logDefect logs where a verb panicked; that is what mends it.
func (c *Client) logDefect(job *rivertype.JobRow, err error) {
	if d := defectOf(err); d != nil {
		c.log.Error("job panicked", "job", job.Kind, "args", string(job.EncodedArgs), "attempt", job.Attempt, "panic", d.Value, "trace", string(d.Trace))
	}
}

// HandlePanic is called by River for a panic outside of a verb: a defect of ours as well.
func (f *failures) HandlePanic(_ context.Context, job *rivertype.JobRow, value any, trace string) *river.ErrorHandlerResult {
	f.client.log.Error("job panicked", "job", job.Kind, "args", string(job.EncodedArgs), "attempt", job.Attempt, "panic", value, "trace", trace)
	return nil
}

// quiet lets through what River itself could not do; what it did is of no interest.
func quiet(log *slog.Logger) *slog.Logger { return slog.New(atLeast{log.Handler(), slog.LevelError}) }

type atLeast struct {
	slog.Handler
	level slog.Level
}

func (h atLeast) Enabled(ctx context.Context, l slog.Level) bool {
	return l >= h.level && h.Handler.Enabled(ctx, l)
}

func (h atLeast) WithAttrs(a []slog.Attr) slog.Handler {
	return atLeast{h.Handler.WithAttrs(a), h.level}
}

func (h atLeast) WithGroup(name string) slog.Handler {
	return atLeast{h.Handler.WithGroup(name), h.level}
}
