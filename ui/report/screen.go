package report

import (
	"context"

	"fyne.io/fyne/v2"

	"cairn/core/lifecycle"
	"cairn/ui/kit"
	"cairn/ui/shell"
	"cairn/ui/words"
)

// Ask opens the sheet. Done gets the path of the file that was written.
func Ask(ctx context.Context, c fyne.Canvas, p *Presenter, crew *kit.Crew, done func(path string)) *kit.Layer {
	formats := make([]kit.Option, len(Formats))
	for i, f := range Formats {
		formats[i] = kit.Option{Value: f, Words: FormatName(f)}
	}
	audiences := []kit.Option{{Value: everybody, Words: words.T("Everybody")}}
	for _, r := range lifecycle.RoleNames {
		audiences = append(audiences, kit.Option{Value: r, Words: words.Data(shell.RoleName(r))})
	}
	format := kit.NewChoice("", formats, p.Choose)
	audience := kit.NewChoice("", audiences, func(v string) {
		if v == everybody {
			v = ""
		}
		p.For(v)
	})
	folder := kit.NewEntry("", p.Into)
	place := kit.NewField(words.T("Folder"), "", "", folder.Object())
	write := kit.NewButton("file-down", words.T("Write the report"), kit.Primary, func() { crew.Go(func() { p.Write(ctx) }) })
	folder.OnSubmitted = func(string) { write.Tap() }
	content := kit.VStack(14,
		kit.NewField(words.T("Form"), "", "", format),
		kit.NewField(words.T("For whom"), "", words.T("Their part comes first, in their words."), audience), place)
	layer := kit.Sheet(c, words.T("Write a report"), words.T("The value, what was agreed and who signed it, as a file that can be read without Cairn."), 480, content,
		func(l *kit.Layer) []fyne.CanvasObject {
			return []fyne.CanvasObject{kit.NewButton("", words.T("Cancel"), kit.Ghost, l.Close), write}
		})
	stop := kit.Render(&p.State, func(s State) {
		format.Hold(s.Format)
		audience.Hold(s.Audience)
		if s.Audience == "" {
			audience.Hold(everybody)
		}
		folder.Hold(s.Folder)
		place.SetProblem(s.Problem)
		folder.SetWrong(s.Problem != "")
		write.SetDisabled(s.Busy)
		if s.Path != "" {
			layer.Close()
			done(s.Path)
		}
	})
	layer.OnClose = stop
	layer.Focus(format)
	return layer
}

// everybody stands for no role in a choice, in which nothing is not chosen.
const everybody = "everybody"
