// Package nn is the network: a transformer encoder and a decoder of simple recurrent units, in int8 products and float32 steps.
//
// It turns source ids into target ids, greedily, and says how each target id looked at the source. A sentence's result does not
// depend on what else is translated beside it, to the bit: every row of every product is computed by itself. Formulas are those of
// Marian's models/transformer.h and rnn/cells.h; integer products are exact (no shift, no saturation). It reads no text and no file.
package nn

import (
	"fmt"
	"math"

	"github.com/dragoman-newsroom/dragoman/mt/internal/format"
	"github.com/dragoman-newsroom/dragoman/mt/internal/kernel"
)

// Ids that end a sentence, and that no sentence may hold.
const (
	eos     = 0
	unknown = 1
)

// A Network is a model's weights, prepared for this machine's kernels. It is read-only: any number of workers share it.
type Network struct {
	dim, heads, ffn int

	source, target           *kernel.Matrix // embeddings, a column a piece; the same one when the vocabulary is shared
	sourceScale, targetScale float32        // sqrt(d) / multiplier
	output                   product        // target again, as a product with the bias of the logits
	encoder                  []encoderLayer
	decoder                  []decoderLayer
	frequencies              []float32 // of the sines that tell positions
	positions                []float32 // rows of dim: the first few, the rest are made when asked for
}

type encoderLayer struct {
	attention attention
	ffn       feedForward
}

type decoderLayer struct {
	w, wf   product
	norm    norm
	context attention
	ffn     feedForward
}

type attention struct {
	q, k, v, o product
	norm       norm
}

type feedForward struct {
	w1, w2 product
	norm   norm
}

// A product is y = unquant * ((a+127) W) + bias with a = x*alpha rounded to int8; bias takes the 127 back (kernel.ShiftBias).
type product struct {
	m              *kernel.Matrix
	alpha, unquant float32
	bias           []float32
}

type norm struct{ scale, bias []float32 }

// New prepares the network of a model file. Nothing of w is kept. It calls forget, if not nil, each time it is done with a matrix, so
// that the file need not be in memory as a whole.
func New(w *format.Weights, forget func()) (*Network, error) {
	c := w.Config
	if forget == nil {
		forget = func() {}
	}
	b := &builder{w: w, forget: forget}
	n := &Network{dim: c.Dim, heads: c.Heads, ffn: c.FFN}
	n.embeddings(b, c)
	if b.err != nil {
		return nil, b.err
	}
	if n.ffn == 0 { // the file does not say: the first layer's shape does
		m, err := w.Product("encoder_l1_ffn_W1")
		if err != nil {
			return nil, err
		}
		n.ffn = m.Rows
	}
	d := n.dim
	if d%16 != 0 || d%n.heads != 0 {
		return nil, fmt.Errorf("special:model.yml: dim-emb: %d with %d heads; this engine needs a multiple of 16 and of the heads", d, n.heads)
	}
	n.encoder = make([]encoderLayer, c.EncoderDepth)
	for i := range n.encoder {
		p := fmt.Sprintf("encoder_l%d", i+1)
		n.encoder[i] = encoderLayer{b.attention(p+"_self", d), b.feedForward(p+"_ffn", d, n.ffn)}
	}
	n.decoder = make([]decoderLayer, c.DecoderDepth)
	for i := range n.decoder {
		p := fmt.Sprintf("decoder_l%d", i+1)
		n.decoder[i] = decoderLayer{
			w:       b.product(p+"_rnn_W", "", d, d),
			wf:      b.product(p+"_rnn_Wf", p+"_rnn_bf", d, d),
			norm:    b.norm(p+"_rnn_ffn", d),
			context: b.attention(p+"_context", d),
			ffn:     b.feedForward(p+"_ffn", d, n.ffn),
		}
	}
	if b.err != nil {
		return nil, b.err
	}
	n.frequencies = frequencies(d)
	n.positions = make([]float32, tabled*d)
	for p := range tabled {
		position(n.positions[p*d:(p+1)*d], n.frequencies, p)
	}
	return n, nil
}

// embeddings prepares the matrix or the two matrices of embeddings, and the output layer, which is the target's.
func (n *Network) embeddings(b *builder, c format.Config) {
	names := [2]string{"Wemb", "Wemb"}
	if !c.Tied {
		names = [2]string{"encoder_Wemb", "decoder_Wemb"}
	}
	target := b.embeddings(names[1], c.TargetVocab, c.Dim)
	n.target, n.targetScale = target.m, rootOf(c.Dim)/target.mult
	n.source, n.sourceScale = n.target, n.targetScale
	if !c.Tied {
		source := b.embeddings(names[0], c.SourceVocab, c.Dim)
		n.source, n.sourceScale = source.m, rootOf(c.Dim)/source.mult
	}
	// "none" because the slice of a shortlist has no name where the multipliers are measured.
	alphaName := "none"
	if !b.w.Has("none_QuantMultA") {
		alphaName = names[1]
	}
	n.output = product{m: n.target, alpha: b.alpha(alphaName)}
	bias := b.floats("decoder_ff_logit_out_b", c.TargetVocab)
	if b.err == nil {
		n.output.unquant = 1 / float32(n.output.alpha*target.mult)
		n.output.bias = n.output.m.ShiftBias(bias, n.output.unquant)
	}
}

// SourceVocab and TargetVocab are the sizes of the vocabularies.
func (n *Network) SourceVocab() int { return n.source.N() }

// TargetVocab is the size of the target's vocabulary.
func (n *Network) TargetVocab() int { return n.target.N() }

// Shared says whether source and target have one vocabulary.
func (n *Network) Shared() bool { return n.source == n.target }

func rootOf(d int) float32 { return float32(math.Sqrt(float64(d))) }

// A builder takes items off a model file and keeps the first error.
type builder struct {
	w      *format.Weights
	forget func()
	err    error
}

func (b *builder) keep(err error) {
	if b.err == nil {
		b.err = err
	}
}

func (b *builder) floats(name string, n int) []float32 {
	v, err := b.w.Floats(name, n)
	b.keep(err)
	return v
}

func (b *builder) alpha(name string) float32 {
	a, err := b.w.Alpha(name)
	b.keep(err)
	return a
}

// An embedding is a matrix of embeddings: real = column / mult.
type embedding struct {
	m    *kernel.Matrix
	mult float32
}

func (b *builder) embeddings(name string, vocab, d int) embedding {
	m, err := b.w.Embeddings(name)
	if err == nil && (m.Rows != vocab || m.Cols != d) {
		err = fmt.Errorf("%s: %d x %d where the settings say %d x %d", name, m.Rows, m.Cols, vocab, d)
	}
	if err != nil {
		b.keep(err)
		return embedding{}
	}
	return embedding{b.prepare(name, m), m.Mult}
}

func (b *builder) prepare(name string, m format.Matrix) *kernel.Matrix {
	if b.err != nil {
		return nil
	}
	prepared, err := kernel.Prepare(m.Values, m.Rows, m.Cols)
	b.forget()
	if err != nil {
		b.keep(fmt.Errorf("%s: %w", name, err))
	}
	return prepared
}

func (b *builder) product(name, bias string, k, n int) product {
	m, err := b.w.Product(name)
	if err == nil && (m.Rows != n || m.Cols != k) {
		err = fmt.Errorf("%s: %d x %d where the settings say %d x %d", name, m.Cols, m.Rows, k, n)
	}
	if err != nil {
		b.keep(err)
		return product{}
	}
	p := product{m: b.prepare(name, m), alpha: b.alpha(name)}
	p.unquant = 1 / float32(p.alpha*m.Mult)
	var v []float32
	if bias != "" {
		v = b.floats(bias, n)
	}
	if b.err == nil {
		p.bias = p.m.ShiftBias(v, p.unquant)
	}
	return p
}

func (b *builder) norm(p string, d int) norm {
	return norm{b.floats(p+"_ln_scale", d), b.floats(p+"_ln_bias", d)}
}

func (b *builder) attention(p string, d int) attention {
	return attention{
		q:    b.product(p+"_Wq", p+"_bq", d, d),
		k:    b.product(p+"_Wk", p+"_bk", d, d),
		v:    b.product(p+"_Wv", p+"_bv", d, d),
		o:    b.product(p+"_Wo", p+"_bo", d, d),
		norm: b.norm(p+"_Wo", d),
	}
}

func (b *builder) feedForward(p string, d, ffn int) feedForward {
	return feedForward{
		w1:   b.product(p+"_W1", p+"_b1", d, ffn),
		w2:   b.product(p+"_W2", p+"_b2", ffn, d),
		norm: b.norm(p+"_ffn", d),
	}
}
