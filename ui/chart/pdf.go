package chart

import (
	"io"

	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgpdf"
)

// WritePDF writes the chart as a page of its own size. Text becomes outlines, so
// that every language looks as on the screen wherever the page is read.
func WritePDF(w io.Writer, chart Chart, s Style) error {
	canvas := vgpdf.New(exportWidth, exportHeight)
	canvas.EmbedFonts(false)
	c := draw.New(outlined{canvas})
	fill(c, s.Ground, c.Min, c.Max)
	chart.Draw(inner(c), s)
	_, err := canvas.WriteTo(w)
	return err
}
