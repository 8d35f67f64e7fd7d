package mt

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"github.com/dragoman-newsroom/dragoman/mt/internal/format"
	"github.com/dragoman-newsroom/dragoman/mt/internal/kernel"
	"github.com/dragoman-newsroom/dragoman/mt/internal/nn"
	"github.com/dragoman-newsroom/dragoman/mt/internal/vocab"
)

// ErrClosed is what Translate returns after Close.
var ErrClosed = errors.New("the model is closed")

// ErrNoModel says that a folder holds no model, or not all of one.
var ErrNoModel = errors.New("no complete model")

// Files names the files of a model. Each may be plain, .gz or .zst.
type Files struct {
	Weights     string // Marian's binary file of int8 weights with activation multipliers (…intgemm.alphas.bin)
	SourceVocab string // SentencePiece models; the same path where the languages share one
	TargetVocab string
	Shortlist   string // empty for none
}

// An Option changes how a model translates.
type Option func(*settings)

type settings struct {
	workers   int
	shortlist bool
	scores    bool
	alignment bool
	guards    bool
	rows      int
}

// Workers sets how many goroutines translate at once, over all calls; each has buffers of its own (see WorkerBytes).
// It counts when the model is opened. The default is one per processor that the program may use.
func Workers(n int) Option { return func(s *settings) { s.workers = n } }

// Shortlist says whether only the target pieces that a lexical table thinks likely compete. It is off by default: it is faster
// and translates somewhat worse, models with two vocabularies much worse. Without a table among the model's files it changes nothing.
func Shortlist(on bool) Option { return func(s *settings) { s.shortlist = on } }

// Scores says whether LogProb and Score are made. It is on by default.
func Scores(on bool) Option { return func(s *settings) { s.scores = on } }

// Alignment says whether Alignment is kept. It is on by default; without it some guards have less to go by.
func Alignment(on bool) Option { return func(s *settings) { s.alignment = on } }

// Guards says whether texts are prepared for the network and its output is watched (see guard.go). It is on by default. Without
// guards every text goes to the network as it is; only what is longer than the network can hold is cut.
func Guards(on bool) Option { return func(s *settings) { s.guards = on } }

// Lockstep sets how many sentences a worker decodes side by side, 1 to 16. It changes speed and memory, never the result.
func Lockstep(rows int) Option { return func(s *settings) { s.rows = rows } }

// A Model translates sentences from one language into another. It is safe for concurrent use.
type Model struct {
	*shared
	settings settings
}

// shared is what all views of a model have in common.
type shared struct {
	network        *nn.Network
	source, target *vocab.Vocabulary
	list           *format.Shortlist // nil when there is none
	listFile       *format.File
	workers        *pool

	closing sync.RWMutex // held for reading while translating
	closed  bool
}

// Open opens the model in a folder that holds model.*.bin, vocab.*.spm (or srcvocab.*.spm and trgvocab.*.spm) and, if the shortlist
// shall be used, lex.*.bin; each of them plain, .gz or .zst. Names without the middle part are taken too.
// It returns an error that wraps ErrNoModel and names the file when one of them is missing or there are several.
func Open(dir string, options ...Option) (*Model, error) {
	files, err := Find(dir)
	if err != nil {
		return nil, err
	}
	return OpenFiles(files, options...)
}

// Find looks for the files of a model in a folder. Its errors are those of Open.
func Find(dir string) (Files, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return Files{}, err
	}
	var f Files
	var both string
	for _, e := range entries {
		for _, kind := range []struct {
			prefix, suffix string
			dst            *string
		}{
			{"model", ".bin", &f.Weights},
			{"vocab", ".spm", &both},
			{"srcvocab", ".spm", &f.SourceVocab},
			{"trgvocab", ".spm", &f.TargetVocab},
			{"lex", ".bin", &f.Shortlist},
		} {
			name := strings.TrimSuffix(strings.TrimSuffix(e.Name(), ".gz"), ".zst")
			if e.IsDir() || !strings.HasPrefix(name, kind.prefix+".") || !strings.HasSuffix(name, kind.suffix) {
				continue
			}
			if *kind.dst != "" {
				return Files{}, fmt.Errorf("%s: %w: both %s and %s", dir, ErrNoModel, filepath.Base(*kind.dst), e.Name())
			}
			*kind.dst = filepath.Join(dir, e.Name())
		}
	}
	if both != "" && f.SourceVocab == "" && f.TargetVocab == "" {
		f.SourceVocab, f.TargetVocab = both, both
	}
	switch {
	case f.Weights == "":
		return Files{}, fmt.Errorf("%s: %w: no model.*.bin", dir, ErrNoModel)
	case f.SourceVocab == "" || f.TargetVocab == "":
		return Files{}, fmt.Errorf("%s: %w: no vocab.*.spm, nor both srcvocab.*.spm and trgvocab.*.spm", dir, ErrNoModel)
	}
	return f, nil
}

// OpenFiles opens a model whose files are named one by one. Its errors name the file and what is wrong in it.
func OpenFiles(f Files, options ...Option) (*Model, error) {
	s := settings{workers: runtime.GOMAXPROCS(0), scores: true, alignment: true, guards: true}
	for _, o := range options {
		o(&s)
	}
	if s.workers < 1 {
		s.workers = 1
	}
	m := &Model{&shared{}, s}
	// The weights and the vocabularies have nothing to do with each other: they are read at the same time.
	vocabularies := make(chan error, 1)
	go func() { vocabularies <- m.readVocabularies(f) }()
	err := m.readWeights(f.Weights)
	if e := <-vocabularies; err == nil {
		err = e
	}
	if err == nil {
		err = m.checkSizes(f)
	}
	if err == nil && f.Shortlist != "" && s.shortlist {
		err = m.readShortlist(f.Shortlist)
	}
	if err != nil {
		return nil, err
	}
	m.workers = newPool(m.network, s.workers)
	return m, nil
}

func (m *Model) readWeights(path string) error {
	file, err := format.OpenFile(path)
	if err != nil {
		return err
	}
	defer file.Close()
	w, err := format.ParseWeights(file.Bytes)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if m.network, err = nn.New(w, file.Forget); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

func (m *Model) readVocabularies(f Files) (err error) {
	if m.source, err = readVocabulary(f.SourceVocab); err != nil {
		return err
	}
	if m.target = m.source; f.TargetVocab != f.SourceVocab {
		m.target, err = readVocabulary(f.TargetVocab)
	}
	return err
}

func readVocabulary(path string) (*vocab.Vocabulary, error) {
	file, err := format.OpenFile(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	v, err := vocab.Parse(file.Bytes)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return v, nil
}

func (m *Model) checkSizes(f Files) error {
	if got, want := m.source.Size(), m.network.SourceVocab(); got != want {
		return fmt.Errorf("%s has %d pieces, %s wants %d", f.SourceVocab, got, f.Weights, want)
	}
	if got, want := m.target.Size(), m.network.TargetVocab(); got != want {
		return fmt.Errorf("%s has %d pieces, %s wants %d", f.TargetVocab, got, f.Weights, want)
	}
	if m.network.Shared() && m.source != m.target {
		return fmt.Errorf("%s has one matrix of embeddings for both languages, but %s and %s are two vocabularies", f.Weights, f.SourceVocab, f.TargetVocab)
	}
	return nil
}

func (m *Model) readShortlist(path string) error {
	file, err := format.OpenFile(path)
	if err != nil {
		return err
	}
	list, err := format.ParseShortlist(file.Bytes, m.network.SourceVocab(), m.network.TargetVocab())
	if err != nil {
		file.Close()
		return fmt.Errorf("%s: %w", path, err)
	}
	file.Forget()
	m.list, m.listFile = list, file
	return nil
}

// With returns a view of the model that translates in another way. It shares the weights and the workers; Workers has no effect
// on it, nor has Shortlist when the model was opened without.
func (m *Model) With(options ...Option) *Model {
	view := &Model{m.shared, m.settings}
	for _, o := range options {
		o(&view.settings)
	}
	return view
}

// Close waits for running translations and gives the memory back. All views of the model are closed with it.
func (m *Model) Close() error {
	m.closing.Lock()
	defer m.closing.Unlock()
	if m.closed {
		return nil
	}
	m.closed = true
	m.network, m.workers = nil, nil
	if m.listFile == nil {
		return nil
	}
	return m.listFile.Close()
}

// HasShortlist says whether the model was opened with a shortlist, so that Shortlist has an effect.
func (m *Model) HasShortlist() bool { return m.list != nil }

// Kernel names the kernels in use: those of the processor, or "portable" where none fits. They change speed, never the result.
func Kernel() string { return kernel.Name() }

// WorkerBytes is the memory of one worker, at most, whatever it is given to translate; 0 after Close. The weights, which the workers
// share, come once: about the size of the file. With the shortlist a worker also holds the columns of up to 16 sentences, dim bytes
// for each piece that a table names.
func (m *Model) WorkerBytes() int {
	m.closing.RLock()
	defer m.closing.RUnlock()
	if m.closed {
		return 0
	}
	return m.network.WorkerBytes(bareTokens)
}
