package cli

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"runtime"
	"slices"
	"strings"
)

// maxInput bounds one input of a text command.
const maxInput = 64 << 20

// An input is what a text command works on.
type input struct {
	body    []byte
	second  []byte              // of a filter that takes a pair
	kind    string              // the field of a batch line that held it: "text", "html", "doc", "file"; "" outside a batch
	headers map[string][]string // what the server said, where --header or "headers" give it
	fields  map[string]json.RawMessage
}

// A result is what a text command found: an object for a batch, a text for a pipe.
type result struct {
	object any                   // marshalled to a JSON object
	text   func(io.Writer) error // nil: the object, as one line
}

// A filter is a text command: flags O, an input, a result. With --batch each line of standard input sets the flags it
// names over those of the command line.
type filter[O any] struct {
	name, args, short, long, example string

	header bool      // --header is understood
	pair   [2]string // names of two inputs, in place of one that may be standard input
	flags  func(*flags, *O)
	check  func(O) error // what is wrong with the flags, before anything is read; nil: nothing can be
	fields []string      // the fields of a batch line beside its flags and "id"; nil: fields that nobody knows are not looked at

	do func(ctx context.Context, a *app, o O, in input) (result, error)
}

func (f filter[O]) command() command {
	return command{
		name: f.name, args: f.args, short: f.short, example: f.example,
		long: f.long + "\n\nWith --batch standard input is JSON lines, each with \"id\", the input (\"file\" or \"text\") and any flag by its name; so is the output.",
		set: func(a *app, fs *flags) func(context.Context, []string) error {
			var o O
			var headers list
			batch := fs.Bool("batch", false, "JSON lines in, JSON lines out")
			f.register(fs, &o, &headers)
			return func(ctx context.Context, args []string) error {
				if *batch {
					if err := count(args, 0, 0, "standard input"); err != nil {
						return err
					}
					return a.batch(ctx, lineOf(f, fs))
				}
				if f.check != nil {
					if err := f.check(o); err != nil {
						return err
					}
				}
				in, err := f.read(a, args)
				if err != nil {
					return err
				}
				if in.headers, err = parseHeaders(headers); err != nil {
					return err
				}
				r, err := f.do(ctx, a, o, in)
				if err != nil {
					return err
				}
				return a.print(r)
			}
		},
	}
}

// read reads the input or, of a filter that takes a pair, both.
func (f filter[O]) read(a *app, args []string) (input, error) {
	if f.pair[0] == "" {
		if err := count(args, 0, 1, "one file"); err != nil {
			return input{}, err
		}
		return a.input(args)
	}
	if err := count(args, 2, 2, "the file of the "+f.pair[0]+" and that of the "+f.pair[1]); err != nil {
		return input{}, err
	}
	in, err := a.input(args[:1])
	if err != nil {
		return input{}, err
	}
	second, err := a.input(args[1:])
	in.second = second.body
	return in, err
}

func (f filter[O]) register(fs *flags, o *O, headers *list) {
	f.flags(fs, o)
	if f.header {
		fs.Var(headers, "header", "`'Name: value'`: what the server said; may be repeated")
	}
}

// lineOf returns what answers one line of a batch: the flags of the command line, then those of the line.
func lineOf[O any](f filter[O], given *flags) lineAnswer {
	return func(ctx context.Context, a *app, fields map[string]json.RawMessage, room *[]byte) (any, error) {
		var o O
		var headers list
		fs := newFlags(f.name)
		f.register(fs, &o, &headers)
		if err := copyFlags(given, fs); err != nil {
			return nil, err
		}
		if err := f.known(fs, fields); err != nil {
			return nil, err
		}
		if err := setFields(fs, fields); err != nil {
			return nil, err
		}
		if f.check != nil {
			if err := f.check(o); err != nil {
				return nil, err
			}
		}
		in, err := f.inputOf(fields, room)
		if err != nil {
			return nil, err
		}
		if raw, ok := fields["headers"]; ok {
			if in.headers, err = headersOf(raw); err != nil {
				return nil, err
			}
		} else if in.headers, err = parseHeaders(headers); err != nil {
			return nil, err
		}
		r, err := f.do(ctx, a, o, in)
		if err != nil {
			return nil, err
		}
		return r.object, nil
	}
}

// known reports the first field of a batch line, by the alphabet, that nobody knows.
func (f filter[O]) known(fs *flags, fields map[string]json.RawMessage) error {
	if f.fields == nil {
		return nil
	}
	may := append([]string{"id"}, f.fields...)
	if f.header {
		may = append(may, "headers")
	}
	fs.VisitAll(func(x *flag.Flag) {
		if x.Name != "header" {
			may = append(may, x.Name)
		}
	})
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if !slices.Contains(may, name) {
			return fmt.Errorf("there is no field %.80q: a line of %s has %s", name, f.name, strings.Join(may, ", "))
		}
	}
	return nil
}

func (a *app) print(r result) error {
	w := bufio.NewWriter(a.out)
	if r.text != nil {
		if err := r.text(w); err != nil {
			return err
		}
		return w.Flush()
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	if err := e.Encode(r.object); err != nil {
		return err
	}
	return w.Flush()
}

// input reads the file that args name, else standard input.
func (a *app) input(args []string) (input, error) {
	r := a.in
	if len(args) == 1 && args[0] != "-" {
		f, err := os.Open(args[0])
		if err != nil {
			return input{}, fmt.Errorf("read the input: %w", err)
		}
		defer f.Close()
		r = f
	}
	b, err := limited(r, nil)
	return input{body: b}, err
}

// limited reads an input, into room if it is large enough.
func limited(r io.Reader, room []byte) ([]byte, error) {
	buffer := bytes.NewBuffer(room[:0])
	if f, ok := r.(*os.File); ok {
		if info, err := f.Stat(); err == nil && info.Mode().IsRegular() && info.Size() <= maxInput {
			buffer.Grow(int(info.Size()) + bytes.MinRead) // no doubling for what has a size
		}
	}
	if _, err := buffer.ReadFrom(io.LimitReader(r, maxInput+1)); err != nil {
		return nil, fmt.Errorf("read the input: %w", err)
	}
	b := buffer.Bytes()
	if len(b) > maxInput {
		return nil, fmt.Errorf("the input is larger than %d MB", maxInput>>20)
	}
	return b, nil
}

// A lineAnswer answers one line of a batch by its fields. The room is what one worker reads files into, one after the other: an answer is written
// before the next line is read, and nothing of it may be kept.
type lineAnswer func(ctx context.Context, a *app, fields map[string]json.RawMessage, room *[]byte) (any, error)

// mostRoom is how many bytes of room a worker keeps from one line to the next.
const mostRoom = 1 << 20

// batch answers each line of standard input, in its order. Lines are worked on side by side.
func (a *app) batch(ctx context.Context, answer lineAnswer) error {
	type job struct {
		number int
		line   []byte
		out    chan []byte
	}
	workers := runtime.GOMAXPROCS(0)
	jobs, order := make(chan job), make(chan job, 2*workers)
	for range workers {
		go func() {
			var room []byte
			for j := range jobs {
				j.out <- batchLine(ctx, a, j.number, j.line, answer, &room)
			}
		}()
	}
	var readErr error
	go func() {
		defer close(jobs)
		defer close(order)
		r := bufio.NewReaderSize(a.in, 1<<16)
		for n := 1; ctx.Err() == nil; n++ {
			line, err := r.ReadBytes('\n')
			if len(line) > 0 {
				j := job{n, bytes.TrimRight(line, "\r\n"), make(chan []byte, 1)}
				order <- j
				jobs <- j
			}
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				readErr = fmt.Errorf("read the batch: %w", err)
				return
			}
		}
	}()
	w := bufio.NewWriterSize(a.out, 1<<16)
	var writeErr error
	for j := range order {
		line := <-j.out
		if writeErr != nil {
			continue // the reader must come to its end
		}
		if _, err := w.Write(line); err != nil {
			writeErr = err
		} else if len(order) == 0 {
			writeErr = w.Flush() // whoever talks line by line waits for this one
		}
	}
	return errors.Join(readErr, writeErr, w.Flush(), ctx.Err())
}

// batchLine answers one line: {"id":…, result…}, {"id":…, "error":…}, or {"line":N, "error":…}.
func batchLine(ctx context.Context, a *app, n int, line []byte, answer lineAnswer, room *[]byte) (out []byte) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(line, &fields); err != nil || fields == nil {
		return object(nil, struct {
			Line  int    `json:"line"`
			Error string `json:"error"`
		}{n, "not a JSON object"})
	}
	id := fields["id"]
	if id == nil {
		id = json.RawMessage("null")
	}
	defer func() {
		if p := recover(); p != nil { // one bad line never ends the run
			out = object(id, map[string]any{"error": fmt.Sprintf("this input cannot be read: %v", p)})
		}
	}()
	r, err := answer(ctx, a, fields, room)
	if err != nil {
		return object(id, map[string]any{"error": oneLine(err)})
	}
	return object(id, r)
}

// object marshals v, which is an object, with id as its first field.
func object(id json.RawMessage, v any) []byte {
	var b bytes.Buffer
	b.Grow(usualLine)
	if id != nil {
		b.WriteString(`{"id":`)
		b.Write(id)
	}
	head := b.Len()
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		b.Truncate(head)
		_ = e.Encode(map[string]string{"error": err.Error()}) // a map of strings always can be
	}
	line := b.Bytes()
	if id == nil {
		return line
	}
	if bytes.HasPrefix(line[head:], []byte("{}")) {
		return append(line[:head], line[head+1:]...)
	}
	line[head] = ','
	return line
}

// usualLine is how many bytes most lines of a batch have at most.
const usualLine = 32 << 10

// inputOf finds the input of a batch line. A file is read into the room of earlier ones if that is large enough.
func (f filter[O]) inputOf(fields map[string]json.RawMessage, room *[]byte) (input, error) {
	if f.pair[0] != "" {
		in := input{kind: "text", fields: fields}
		for i, to := range []*[]byte{&in.body, &in.second} {
			var s string
			if err := json.Unmarshal(fields[f.pair[i]], &s); err != nil {
				return input{}, fmt.Errorf("%q is missing or no string", f.pair[i])
			}
			*to = []byte(s)
		}
		return in, nil
	}
	for _, kind := range []string{"file", "text", "html", "doc"} {
		raw, ok := fields[kind]
		if !ok {
			continue
		}
		var s string
		if err := json.Unmarshal(raw, &s); err != nil {
			return input{}, fmt.Errorf("%q is no string", kind)
		}
		in := input{body: []byte(s), kind: kind, fields: fields}
		if kind == "file" {
			f, err := os.Open(s)
			if err != nil {
				return input{}, err
			}
			defer f.Close()
			in.body, err = limited(f, *room)
			if cap(in.body) <= mostRoom {
				*room = in.body[:0]
			}
			return in, err
		}
		return in, nil
	}
	return input{fields: fields}, nil
}

// setFields sets the flags that a batch line names.
func setFields(fs *flags, fields map[string]json.RawMessage) error {
	for name, raw := range fields {
		if fs.Lookup(name) == nil || name == "header" {
			continue
		}
		value := string(raw)
		if strings.HasPrefix(value, `"`) {
			if err := json.Unmarshal(raw, &value); err != nil {
				return err
			}
		} else if value == "null" {
			continue
		}
		if err := fs.Set(name, value); err != nil {
			return fmt.Errorf("%q: %w", name, err)
		}
	}
	return nil
}

func headersOf(raw json.RawMessage) (map[string][]string, error) {
	var given map[string]any
	if err := json.Unmarshal(raw, &given); err != nil {
		return nil, errors.New(`"headers" is no object`)
	}
	var lines []string
	for name, v := range given {
		switch v := v.(type) {
		case string:
			lines = append(lines, name+": "+v)
		case []any:
			for _, x := range v {
				lines = append(lines, fmt.Sprintf("%s: %v", name, x))
			}
		default:
			lines = append(lines, fmt.Sprintf("%s: %v", name, v))
		}
	}
	return parseHeaders(lines)
}
