//go:build unix

package extract

import (
	"errors"
	"slices"
	"syscall"
	"testing"
	"time"
)

// BenchmarkPages reads every page of the shared data and reports the processor's time a page in milliseconds, the collector's work with it:
// the median, the slowest tenth, the slowest. Run it with -cpu 1.
func BenchmarkPages(b *testing.B) {
	var pages []Page
	for _, set := range allSets {
		for _, s := range samples(b, set) {
			pages = append(pages, Page{HTML: s.html, URL: s.URL})
		}
	}
	took := make([]time.Duration, len(pages))
	for b.Loop() {
		for i, p := range pages {
			start := processorTime(b)
			if _, _, err := Article(p, Rule{}); err != nil && !errors.Is(err, ErrNoArticle) {
				b.Fatal(err)
			}
			if d := processorTime(b) - start; took[i] == 0 || d < took[i] {
				took[i] = d
			}
		}
	}
	slices.Sort(took)
	ms := func(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
	b.ReportMetric(ms(took[len(took)/2]), "cpu-ms/median")
	b.ReportMetric(ms(took[len(took)*9/10]), "cpu-ms/p90")
	b.ReportMetric(ms(took[len(took)-1]), "cpu-ms/max")
}

func processorTime(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
