package worksheet

import (
	"fyne.io/fyne/v2"

	"cairn/ui/kit"
	"cairn/ui/words"
)

// begin opens the sheet on which a template is chosen to be filled in.
func (s *Screen) begin() {
	canvas := fyne.CurrentApp().Driver().CanvasForObject(s.root)
	designs := s.p.State.Get().Designs
	if canvas == nil || len(designs) == 0 {
		return
	}
	picked := 0
	name := kit.NewEntry(words.Data(designs[0].Name), nil)
	radios := make([]*kit.Radio, len(designs))
	pick := func(n int) {
		picked = n
		for i, r := range radios {
			r.Hold(i == n)
		}
		name.SetPlaceHolder(words.Data(designs[n].Name))
	}
	rows := kit.VStack(8)
	for i, d := range designs {
		from := words.N("%d field", "%d fields", d.Fields)
		if d.Team {
			from = words.T("The team's") + " · " + from
		}
		about := kit.Prose(words.Data(d.About)).Quiet()
		about.Hidden = d.About == ""
		radios[i] = kit.NewRadio(kit.VStack(2, kit.HStack(8, kit.Label(words.Data(d.Name)).Shrink(), kit.Spacer(), kit.Caption(from)), about), func() { pick(i) })
		rows.Add(radios[i])
	}
	pick(0)
	problem := kit.NewField(words.T("Name"), words.T("Optional"), words.T("Several worksheets of one template are told apart by it."), name.Object())
	const shown = 320 // of the templates; the rest scrolls
	list := kit.Fixed(0, fyne.Min(shown, rows.MinSize().Height), kit.NewRoll(rows))
	content := kit.VStack(14, list, kit.Line(), problem)
	var layer *kit.Layer
	busy := false
	start := func() {
		if busy {
			return
		}
		busy = true
		var err error
		design, typed := designs[picked].ID, name.Text
		s.crew.Then(func() { err = s.p.Begin(s.ctx, design, typed) }, func() {
			busy = false
			if err != nil {
				problem.SetProblem(words.Fault(err))
				return
			}
			layer.Close()
		})
	}
	name.OnSubmitted = func(string) { start() }
	layer = kit.Sheet(canvas, words.T("Begin a worksheet"), words.T("Choose what to fill in. Templates of your own are made on the page Templates."), 620, content, func(l *kit.Layer) []fyne.CanvasObject {
		return []fyne.CanvasObject{kit.NewButton("", words.T("Cancel"), kit.Ghost, l.Close), kit.NewButton("plus", words.T("Begin"), kit.Primary, start)}
	})
	layer.Focus(radios[0])
}
