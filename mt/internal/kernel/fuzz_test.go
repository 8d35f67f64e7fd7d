package kernel

import (
	"encoding/binary"
	"math"
	"testing"
)

// Any bytes are weights and activations: every set multiplies as the twin does.
func FuzzMul(f *testing.F) {
	f.Add([]byte{127, 129, 127, 129, 1}, uint8(1), uint8(1), uint8(1))
	f.Add([]byte{127}, uint8(7), uint8(70), uint8(2))
	f.Add([]byte{129, 127, 0, 3, 255}, uint8(13), uint8(130), uint8(5))
	f.Fuzz(func(t *testing.T, data []byte, rows, n, k64 uint8) {
		if rows == 0 || n == 0 || len(data) == 0 {
			t.Skip()
		}
		rows, k := rows%20+1, (int(k64%6)+1)*64
		take := func(n, from int) []int8 {
			b := make([]int8, n)
			for i := range b {
				if b[i] = int8(data[(i+from)%len(data)]); b[i] == -128 {
					b[i] = -127
				}
			}
			return b
		}
		w, a := take(int(n)*k, 0), take(int(rows)*k, 1)
		bias := make([]float32, n)
		for i := range bias {
			bias[i] = float32(data[i%len(data)]) / 7
		}
		for _, s := range sets {
			checkMul(t, s.name, s, w, a, int(rows), int(n), k, bias)
		}
	})
}

// Any floats that are numbers: every set makes of them what the twins do.
func FuzzFloat(f *testing.F) {
	f.Add([]byte("\x00\x00\x80\x3f\x00\x00\x00\x00\x00\x00\x00\x80\x00\x00\xae\xc2"))
	f.Add([]byte("\x00\x00\x80\x7f\x00\x00\x80\xff\x01\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) < 4 {
			t.Skip()
		}
		n := Pad(len(data) / 4)
		x := make([]float32, 4*n)
		for i := range x {
			at := i * 4 % (len(data) &^ 3)
			x[i] = math.Float32frombits(binary.LittleEndian.Uint32(data[at:]))
			if x[i] != x[i] {
				x[i] = 0
			}
		}
		run := func(s *set) (all []float32) {
			q := make([]int8, n)
			s.quantize(q, x[:n], 3)
			for _, v := range q {
				all = append(all, float32(v))
			}
			s.quantizeReLU(q, x[:n], 3)
			for _, v := range q {
				all = append(all, float32(v))
			}
			y := append([]float32(nil), x...)
			s.softmax(y, 4, n)
			all = append(all, y...)
			copy(y, x)
			s.addNorm(y[:n], x[:n], x[n:2*n], x[2*n:3*n], x[3*n:])
			all = append(all, y[:n]...)
			s.gate(y[n:2*n], y[:n], x[2*n:3*n], x[3*n:])
			return append(append(all, y[:2*n]...), s.max(x), s.sumExp(x, s.max(x)))
		}
		want := run(&portable)
		for _, s := range sets {
			for i, got := range run(s) {
				if got != want[i] && (got == got || want[i] == want[i]) {
					t.Fatalf("%s: at %d: got %v, want %v", s.name, i, got, want[i])
				}
			}
		}
	})
}
