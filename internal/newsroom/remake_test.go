package newsroom

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
)

// corner is a picture that is red in its upper left quarter and blue elsewhere.
func corner(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{0, 0, 255, 255}
			if x < w/2 && y < h/2 {
				c = color.RGBA{255, 0, 0, 255}
			}
			m.SetRGBA(x, y, c)
		}
	}
	return m
}

// withEXIF puts an EXIF segment with an orientation and a secret into a JPEG.
func withEXIF(t *testing.T, m image.Image, orientation uint16, order binary.ByteOrder) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	mark := "MM"
	if order == binary.LittleEndian {
		mark = "II"
	}
	tiff := make([]byte, 26)
	copy(tiff, mark)
	order.PutUint16(tiff[2:], 42)
	order.PutUint32(tiff[4:], 8)
	order.PutUint16(tiff[8:], 1)
	order.PutUint16(tiff[10:], 0x0112)
	order.PutUint16(tiff[12:], 3)
	order.PutUint32(tiff[14:], 1)
	order.PutUint16(tiff[18:], orientation)
	segment := append(append([]byte("Exif\x00\x00"), tiff...), "GPS 50.45 N 30.52 E"...)
	head := []byte{0xff, 0xe1, 0, 0}
	binary.BigEndian.PutUint16(head[2:], uint16(len(segment)+2))
	return append(append(append([]byte{0xff, 0xd8}, head...), segment...), b.Bytes()[2:]...)
}

func decodeImage(t *testing.T, p remade) image.Image {
	t.Helper()
	m, _, err := image.Decode(bytes.NewReader(p.bytes))
	if err != nil {
		t.Fatal(err)
	}
	if m.Bounds().Dx() != p.width || m.Bounds().Dy() != p.height {
		t.Errorf("is %v, said %d by %d", m.Bounds(), p.width, p.height)
	}
	return m
}

func red(m image.Image, x, y int) bool {
	r, _, b, _ := m.At(x, y).RGBA()
	return r > 0xa000 && b < 0x6000
}

// Where the red quarter of a 64 by 32 picture lies once it is upright, by EXIF orientation.
func TestAPictureIsSetUpright(t *testing.T) {
	for _, order := range []binary.ByteOrder{binary.BigEndian, binary.LittleEndian} {
		for orientation, at := range map[uint16][2]int{1: {5, 5}, 2: {58, 5}, 3: {58, 26}, 4: {5, 26}, 5: {5, 5}, 6: {26, 5}, 7: {26, 58}, 8: {5, 58}, 99: {5, 5}} {
			p, err := remake(withEXIF(t, corner(64, 32), orientation, order))
			if err != nil {
				t.Fatal(err)
			}
			if bytes.Contains(p.bytes, []byte("GPS")) || bytes.Contains(p.bytes, []byte("Exif")) {
				t.Errorf("orientation %d: the place stays in the file", orientation)
			}
			m := decodeImage(t, p)
			turned := orientation >= 5 && orientation <= 8
			if turned != (p.height == 64) {
				t.Errorf("orientation %d: %d by %d", orientation, p.width, p.height)
			}
			if !red(m, at[0], at[1]) {
				t.Errorf("orientation %d: the red quarter is not at %v", orientation, at)
			}
		}
	}
}

func TestALargePictureIsMadeSmaller(t *testing.T) {
	var b bytes.Buffer
	if err := png.Encode(&b, corner(4000, 1000)); err != nil {
		t.Fatal(err)
	}
	p, err := remake(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	m := decodeImage(t, p)
	if p.width != maxWidth || p.height != 400 || !red(m, 10, 10) || red(m, 1500, 390) {
		t.Errorf("%d by %d", p.width, p.height)
	}
}

func TestWhatIsNoPicture(t *testing.T) {
	var tiny bytes.Buffer
	if err := png.Encode(&tiny, corner(2, 2)); err != nil {
		t.Fatal(err)
	}
	bomb := append([]byte(nil), tiny.Bytes()...)
	binary.BigEndian.PutUint32(bomb[16:], 100_000) // width in the header
	binary.BigEndian.PutUint32(bomb[20:], 100_000)
	for what, b := range map[string][]byte{
		"nothing": nil, "text": []byte("hello"), "cut": tiny.Bytes()[:40], "a bomb": bomb,
		"svg":      []byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`),
		"cut WebP": []byte("RIFF\x40\x00\x00\x00WEBPVP8 \xff\x00\x00\x00abc"),
		"no WebP":  []byte("RIFF\x04\x00\x00\x00WEBPEXIF\x00\x00\x00\x00"),
	} {
		if p, err := remake(b); err == nil {
			t.Errorf("%s became %s of %d by %d", what, p.mime, p.width, p.height)
		}
	}
}

func TestWebPLosesItsNotes(t *testing.T) {
	chunk := func(name, body string) string {
		size := make([]byte, 4)
		binary.LittleEndian.PutUint32(size, uint32(len(body)))
		return name + string(size) + body + strings.Repeat("\x00", len(body)%2)
	}
	extended := chunk("VP8X", "\x0c\x00\x00\x00"+"\x3f\x00\x00"+"\x1f\x00\x00") // says EXIF and XMP follow; 64 by 32
	body := extended + chunk("VP8L", "\x2f\x3f\xc0\x07\x00") + chunk("EXIF", "GPS here") + chunk("XMP ", "<x>GPS</x>")
	file := "RIFF\x00\x00\x00\x00WEBP" + body
	p, err := remake([]byte(file))
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(p.bytes, []byte("GPS")) || p.width != 64 || p.height != 32 || p.mime != "image/webp" {
		t.Errorf("%+v %q", p, p.bytes)
	}
	if p.bytes[20] != 0 || int(binary.LittleEndian.Uint32(p.bytes[4:])) != len(p.bytes)-8 {
		t.Errorf("the head still promises notes, or the wrong length: %q", p.bytes)
	}
}

func TestAGIFKeepsItsFrames(t *testing.T) {
	palette := color.Palette{color.Black, color.White}
	g := &gif.GIF{}
	for range 3 {
		g.Image = append(g.Image, image.NewPaletted(image.Rect(0, 0, 8, 4), palette))
		g.Delay = append(g.Delay, 10)
	}
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, g); err != nil {
		t.Fatal(err)
	}
	p, err := remake(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	again, err := gif.DecodeAll(bytes.NewReader(p.bytes))
	if err != nil || len(again.Image) != 3 || p.width != 8 {
		t.Errorf("%v %d", err, len(again.Image))
	}
}

func FuzzRemake(f *testing.F) {
	var b bytes.Buffer
	_ = png.Encode(&b, corner(3, 2))
	f.Add(b.Bytes())
	f.Add([]byte("RIFF\x40\x00\x00\x00WEBPVP8 \x0a\x00\x00\x00abcdefghij"))
	f.Add([]byte("\xff\xd8\xff\xe1\x00\x10Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08"))
	f.Fuzz(func(t *testing.T, b []byte) {
		_ = orientation(b)
		if isWebP(b) {
			if p, err := remakeWebP(b); err == nil && (p.width <= 0 || len(p.bytes) > len(b)+1) {
				t.Errorf("%d by %d, %d bytes of %d", p.width, p.height, len(p.bytes), len(b))
			}
		}
	})
}
