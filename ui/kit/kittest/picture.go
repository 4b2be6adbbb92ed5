package kittest

import (
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"
)

const (
	// differs is from where on a channel is another colour, and not the noise
	// of smoothed edges.
	differs = 24
	// noise is the share of pixels that may.
	noise = 0.002
)

// LooksLike fails when a picture is not that of testdata/name, but for the noise
// of smoothed edges. What was drawn then stands in testdata/failed, from where
// `make golden` takes it.
func LooksLike(t testing.TB, name string, got image.Image) {
	t.Helper()
	master := filepath.Join("testdata", name)
	share, err := difference(master, got)
	if err == nil && share <= noise {
		return
	}
	drawn := filepath.Join("testdata", "failed", name)
	if err := write(drawn, got); err != nil {
		t.Fatal(err)
	}
	if err != nil {
		t.Fatalf("%s: %v; it was drawn into %s", master, err, drawn)
	}
	t.Errorf("%.2f %% of %s differ from what was drawn into %s", 100*share, master, drawn)
}

// difference returns the share of pixels that differ.
func difference(master string, got image.Image) (float64, error) {
	f, err := os.Open(master) //nolint:gosec // a test names it
	if err != nil {
		return 1, err
	}
	defer f.Close() //nolint:errcheck // it was only read
	want, err := png.Decode(f)
	if err != nil {
		return 1, err
	}
	b := want.Bounds()
	if b != got.Bounds() {
		return 1, nil
	}
	n := 0
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			r, g, bl, _ := want.At(x, y).RGBA()
			r2, g2, bl2, _ := got.At(x, y).RGBA()
			if apart(r, r2) || apart(g, g2) || apart(bl, bl2) {
				n++
			}
		}
	}
	return float64(n) / float64(b.Dx()*b.Dy()), nil
}

func apart(a, b uint32) bool { return max(a, b)-min(a, b) > differs<<8 }

func write(file string, m image.Image) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o750); err != nil {
		return err
	}
	f, err := os.Create(file) //nolint:gosec // a test names it
	if err != nil {
		return err
	}
	if err := png.Encode(f, m); err != nil {
		return err
	}
	return f.Close()
}
