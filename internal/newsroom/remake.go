package newsroom

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"
)

// What becomes of a picture: no wider than a page shows it on a sharp screen, and none that fills the memory when it is opened.
const (
	maxWidth  = 1600
	maxPixels = 50_000_000
	quality   = 85
)

// A remade picture holds pixels and nothing else.
type remade struct {
	bytes         []byte
	mime          string
	width, height int
}

func (p remade) name() string {
	sum := sha256.Sum256(p.bytes)
	return hex.EncodeToString(sum[:])
}

// remake opens a JPEG, PNG or GIF and writes it anew: turned as its camera says, at most maxWidth wide, without notes of place,
// time and device. A WebP keeps its pixels as they are and loses its notes. Anything else, SVG too, is an error.
func remake(b []byte) (remade, error) {
	if isWebP(b) {
		return remakeWebP(b)
	}
	c, format, err := image.DecodeConfig(bytes.NewReader(b))
	if err != nil {
		return remade{}, fmt.Errorf("not a picture of a kind that is shown (JPEG, PNG, GIF, WebP): %w", err)
	}
	if c.Width <= 0 || c.Height <= 0 || c.Width > maxPixels/c.Height {
		return remade{}, fmt.Errorf("%d by %d pixels are too many", c.Width, c.Height)
	}
	var out bytes.Buffer
	switch format {
	case "gif":
		g, err := gif.DecodeAll(bytes.NewReader(b))
		if err != nil {
			return remade{}, err
		}
		if err := gif.EncodeAll(&out, g); err != nil {
			return remade{}, err
		}
		return remade{out.Bytes(), "image/gif", c.Width, c.Height}, nil
	case "jpeg":
		m, err := jpeg.Decode(bytes.NewReader(b))
		if err != nil {
			return remade{}, err
		}
		m = shrink(turn(m, orientation(b)))
		if err := jpeg.Encode(&out, m, &jpeg.Options{Quality: quality}); err != nil {
			return remade{}, err
		}
		return remade{out.Bytes(), "image/jpeg", m.Bounds().Dx(), m.Bounds().Dy()}, nil
	default:
		m, err := png.Decode(bytes.NewReader(b))
		if err != nil {
			return remade{}, err
		}
		m = shrink(m)
		if err := png.Encode(&out, m); err != nil {
			return remade{}, err
		}
		return remade{out.Bytes(), "image/png", m.Bounds().Dx(), m.Bounds().Dy()}, nil
	}
}

// shrink makes a picture at most maxWidth wide; each new pixel is the mean of those it covers.
func shrink(m image.Image) image.Image {
	b := m.Bounds()
	if b.Dx() <= maxWidth {
		return m
	}
	w, h := maxWidth, max(1, b.Dy()*maxWidth/b.Dx())
	src := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(src, src.Bounds(), m, b.Min, draw.Src)
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		y0, y1 := y*b.Dy()/h, max((y+1)*b.Dy()/h, y*b.Dy()/h+1)
		for x := range w {
			x0, x1 := x*b.Dx()/w, max((x+1)*b.Dx()/w, x*b.Dx()/w+1)
			var sum [4]uint32
			for v := y0; v < y1; v++ {
				row := src.Pix[v*src.Stride+x0*4 : v*src.Stride+x1*4]
				for i := 0; i < len(row); i += 4 {
					sum[0] += uint32(row[i])
					sum[1] += uint32(row[i+1])
					sum[2] += uint32(row[i+2])
					sum[3] += uint32(row[i+3])
				}
			}
			n := uint32((y1 - y0) * (x1 - x0))
			out.SetRGBA(x, y, color.RGBA{uint8(sum[0] / n), uint8(sum[1] / n), uint8(sum[2] / n), uint8(sum[3] / n)})
		}
	}
	return out
}

// turn sets a picture upright by the EXIF orientation, 1 to 8.
func turn(m image.Image, orientation int) image.Image {
	if orientation < 2 || orientation > 8 {
		return m
	}
	b := m.Bounds()
	w, h := b.Dx(), b.Dy()
	at := map[int]func(x, y int) (int, int){
		2: func(x, y int) (int, int) { return w - 1 - x, y },
		3: func(x, y int) (int, int) { return w - 1 - x, h - 1 - y },
		4: func(x, y int) (int, int) { return x, h - 1 - y },
		5: func(x, y int) (int, int) { return y, x },
		6: func(x, y int) (int, int) { return y, h - 1 - x },
		7: func(x, y int) (int, int) { return w - 1 - y, h - 1 - x },
		8: func(x, y int) (int, int) { return w - 1 - y, x },
	}[orientation]
	size := image.Rect(0, 0, w, h)
	if orientation >= 5 {
		size = image.Rect(0, 0, h, w)
	}
	out := image.NewRGBA(size)
	for y := range size.Dy() {
		for x := range size.Dx() {
			i, j := at(x, y)
			out.Set(x, y, m.At(b.Min.X+i, b.Min.Y+j))
		}
	}
	return out
}

// orientation reads tag 0x0112 of a JPEG's EXIF segment (Exif 2.3, 4.6.4); 1 if there is none.
func orientation(b []byte) int {
	for i := 2; i+4 <= len(b) && b[i] == 0xff; {
		marker, size := b[i+1], int(binary.BigEndian.Uint16(b[i+2:]))
		if marker == 0xda || size < 2 || i+2+size > len(b) {
			return 1
		}
		segment := b[i+4 : i+2+size]
		if marker == 0xe1 && bytes.HasPrefix(segment, []byte("Exif\x00\x00")) {
			return tiffOrientation(segment[6:])
		}
		i += 2 + size
	}
	return 1
}

func tiffOrientation(t []byte) int {
	if len(t) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.BigEndian
	if string(t[:2]) == "II" {
		order = binary.LittleEndian
	}
	at := int(order.Uint32(t[4:]))
	if at < 8 || at+2 > len(t) {
		return 1
	}
	for i := range int(order.Uint16(t[at:])) {
		entry := at + 2 + 12*i
		if entry+12 > len(t) {
			return 1
		}
		if order.Uint16(t[entry:]) == 0x0112 {
			return int(order.Uint16(t[entry+8:]))
		}
	}
	return 1
}

func isWebP(b []byte) bool {
	return len(b) >= 20 && string(b[:4]) == "RIFF" && string(b[8:12]) == "WEBP"
}

// remakeWebP copies the chunks of a WebP that hold pixels, colours and frames, and none that hold notes (RFC 9649, 2.7).
func remakeWebP(b []byte) (remade, error) {
	p := remade{mime: "image/webp"}
	out := append([]byte(nil), b[:12]...)
	for i := 12; i+8 <= len(b); {
		name, size := string(b[i:i+4]), int(binary.LittleEndian.Uint32(b[i+4:]))
		end := i + 8 + size + size&1
		if size < 0 || i+8+size > len(b) {
			return remade{}, errors.New("the picture is cut off")
		}
		body := b[i+8 : i+8+size]
		chunk := append([]byte(nil), b[i:min(end, len(b))]...)
		switch name {
		case "VP8 ":
			if len(body) >= 10 && p.width == 0 {
				p.width, p.height = int(binary.LittleEndian.Uint16(body[6:])&0x3fff), int(binary.LittleEndian.Uint16(body[8:])&0x3fff)
			}
		case "VP8L":
			if len(body) >= 5 && p.width == 0 {
				bits := binary.LittleEndian.Uint32(body[1:])
				p.width, p.height = int(bits&0x3fff)+1, int(bits>>14&0x3fff)+1
			}
		case "VP8X":
			if len(body) < 10 {
				return remade{}, errors.New("the picture is damaged")
			}
			chunk[8] &^= 0x08 | 0x04 // says no more that EXIF and XMP follow
			p.width = 1 + int(body[4]) + int(body[5])<<8 + int(body[6])<<16
			p.height = 1 + int(body[7]) + int(body[8])<<8 + int(body[9])<<16
		case "ALPH", "ANIM", "ANMF", "ICCP":
		default:
			i = end
			continue
		}
		out = append(out, chunk...)
		i = end
	}
	if p.width <= 0 || p.height <= 0 || p.width > maxPixels/p.height {
		return remade{}, fmt.Errorf("%d by %d pixels", p.width, p.height)
	}
	binary.LittleEndian.PutUint32(out[4:], uint32(len(out)-8))
	p.bytes = out
	return p, nil
}
