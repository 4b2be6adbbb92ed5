package team

import (
	"image"
	"image/color"
	"image/draw"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"cairn/ui/kit"
)

const (
	// quiet is how many light modules a QR code needs around it (ISO/IEC 18004).
	quiet = 4
	// codeRoom is what there is for the side of a code, in device-independent pixels.
	codeRoom = 220
)

// codeSide returns the side of a code of so many modules: as many whole pixels for
// each as there is room for, and 2 at least, which readers need.
func codeSide(modules int) float32 {
	n := modules + 2*quiet
	return float32(n * max(2, codeRoom/n))
}

// newCode returns a QR code of a matrix, true for dark. It is dark on light in every
// theme, since not every reader knows the opposite.
func newCode(modules [][]bool) fyne.CanvasObject {
	r := canvas.NewRaster(func(w, h int) image.Image { return drawCode(modules, w, h) })
	r.ScaleMode = canvas.ImageScalePixels
	side := codeSide(len(modules))
	return kit.Fixed(side, side, r)
}

// drawCode draws a code into pixels. Each module is as many whole pixels as fit, so
// that edges stay sharp at every scale.
func drawCode(modules [][]bool, w, h int) image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	draw.Draw(img, img.Bounds(), image.White, image.Point{}, draw.Src)
	n := len(modules)
	if n == 0 {
		return img
	}
	side := max(1, min(w, h)/(n+2*quiet))
	left, top := (w-side*n)/2, (h-side*n)/2
	dark := image.NewUniform(color.Black)
	for y, row := range modules {
		for x, on := range row {
			if on {
				at := image.Rect(left+x*side, top+y*side, left+(x+1)*side, top+(y+1)*side)
				draw.Draw(img, at, dark, image.Point{}, draw.Src)
			}
		}
	}
	return img
}
