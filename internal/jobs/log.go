package jobs

import (
	"context"
	"log/slog"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
)

// failures logs, once each, the jobs that failed.
type failures struct{ client *Client }

// HandleError is called by River for an error.
func (f *failures) HandleError(_ context.Context, job *rivertype.JobRow, err error) *river.ErrorHandlerResult {
	level, next := slog.LevelWarn, "tried again"
	if job.Attempt >= job.MaxAttempts {
		level, next = slog.LevelError, "given up"
	}
	f.client.log.Log(context.Background(), level, "job failed", "job", job.Kind, "args", string(job.EncodedArgs), "attempt", job.Attempt, "then", next, "error", err)
	return nil
}

// HandlePanic is called by River for a panic: a defect of ours.
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
