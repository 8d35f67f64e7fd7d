package cli

import (
	"flag"
	"net/http"
	"strings"
)

// parseHeaders reads lines "Name: value"; nil for none.
func parseHeaders(lines []string) (map[string][]string, error) {
	if len(lines) == 0 {
		return nil, nil
	}
	h := http.Header{}
	for _, line := range lines {
		name, value, ok := strings.Cut(line, ":")
		if !ok || strings.TrimSpace(name) == "" {
			return nil, usagef("--header %q is not like 'Content-Type: text/html'", line)
		}
		h.Add(strings.TrimSpace(name), strings.TrimSpace(value))
	}
	return h, nil
}

// copyFlags gives to what was set on the command line.
func copyFlags(from, to *flags) (err error) {
	from.Visit(func(f *flag.Flag) {
		if to.Lookup(f.Name) == nil || err != nil {
			return
		}
		if l, ok := f.Value.(*list); ok {
			for _, x := range *l {
				err = to.Set(f.Name, x)
			}
			return
		}
		err = to.Set(f.Name, f.Value.String())
	})
	return err
}
