package signoff

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"cairn/ui/edit"
	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

func designPhase() string { return words.T("Design phase") }

// avatar stands for a person, in the same colour wherever they are shown.
func avatar(p edit.Person, size float32) fyne.CanvasObject {
	return kit.Avatar(p.Name, theme.Hue(p.ID), size)
}

// answerChip says how far a signer is.
func answerChip(one Signer) fyne.CanvasObject {
	switch one.Answer {
	case Approved:
		return kit.NewChip("check", words.T("Approved"), theme.OK, theme.OKTint)
	case Rejected:
		return kit.NewChip("x", words.T("Rejected"), theme.Error, theme.ErrorTint)
	case Changed:
		return kit.NewChip("triangle-alert", words.T("Changed since"), theme.Warn, theme.WarnTint)
	case Yours:
		return kit.NewChip("circle-dot", words.T("Your turn"), theme.Warn, theme.WarnTint)
	default:
		return kit.Caption(words.T("Not yet"))
	}
}

// signerRow is a role with who holds it, and their answer.
func signerRow(s *Standing, one Signer, w Window) fyne.CanvasObject {
	person, known := one.Person()
	face := fyne.CanvasObject(kit.Fixed(28, 28, container.NewStack(kit.NewBox(14, theme.Sunken, theme.Border), container.NewCenter(kit.NewIcon("users", 14, theme.Text3)))))
	below := s.named(one.By)
	switch {
	case known:
		face, below = avatar(person, 28), person.Name
	case one.Answer == Nobody:
		below = words.T("Nobody may approve yet")
	}
	if known && person.ID == s.Me.ID {
		below = words.T("You")
	}
	if one.Signed.ID != "" {
		below += " · " + words.Ago(w.Now(), one.when())
	}
	text := kit.VStack(1, kit.NewText(roleName(one.Role), theme.SizeLabel, theme.Text).Strong().Shrink(), kit.Caption(below).Shrink())
	row := container.NewBorder(nil, nil, kit.Pad(0, 6, 0, 0, kit.Middle(face)), kit.Middle(answerChip(one)), text)
	if one.Signed.Note == "" {
		return row
	}
	return kit.VStack(2, row, kit.Pad(0, 0, 0, 38, quote(one.Signed.Note)))
}

// quote is what somebody wrote, in their words.
func quote(note string) fyne.CanvasObject {
	return kit.NewPara("“"+note+"”", fynetheme.SizeNameCaptionText).Quiet()
}

// checkRow is a check; a press goes to where it is given.
func checkRow(s *Standing, c Check, w Window) fyne.CanvasObject {
	icon, ink := "circle", theme.Text3
	if c.Done {
		icon, ink = "circle-check", theme.OK
	}
	aside := ""
	if !c.Done {
		aside = s.whose(c.Item)
	}
	said := kit.NewPara(c.Words, fynetheme.SizeNameCaptionText)
	if c.Done {
		said.Quiet()
	}
	row := kit.Pad(3, 4, 3, 0, container.NewBorder(nil, nil, kit.Top(kit.Pad(0, 4, 0, 0, kit.NewIcon(icon, 14, ink))), kit.Top(kit.Caption(aside)), said))
	if c.Done {
		return row
	}
	return kit.NewPlain(row, func() { w.GoTo(c.Item.At()) })
}

// itemRow is something that is missing; a press goes to where it is given.
func itemRow(s *Standing, i Item, w Window, before func()) fyne.CanvasObject {
	icon, ink := "circle", theme.Warn
	if !i.Must {
		icon, ink = "circle-dashed", theme.Text3
	}
	said := kit.VStack(1, kit.NewPara(i.Say.In(words.Data), fynetheme.SizeNameText))
	if !i.Why.IsZero() {
		said.Add(kit.NewPara(i.Why.In(words.Data), fynetheme.SizeNameCaptionText).Quiet())
	}
	aside := kit.HStack(6, kit.Caption(s.whose(i)), kit.NewIcon("arrow-right", 13, theme.Text3))
	row := container.NewBorder(nil, nil, kit.Top(kit.Pad(2, 4, 0, 0, kit.NewIcon(icon, 14, ink))), kit.Top(aside), said)
	return kit.NewPlain(kit.Pad(6, 8, 6, 8, row), func() {
		if before != nil {
			before()
		}
		w.GoTo(i.At())
	})
}

// touchedRows are what has changed in documents since a sign-off.
func touchedRows(touched []Touched, w Window) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for _, t := range touched {
		title := kit.NewText(touch(t), theme.SizeLabel, theme.Text).Strong().Shrink()
		lines := kit.VStack(3, kit.HStack(6, title, kit.Caption(pageName(t.Page))))
		for _, c := range t.Changes {
			lines.Add(changeRow(c, w))
		}
		out = append(out, kit.NewPlain(kit.Pad(6, 8, 6, 8, lines), func() { w.GoTo(Place{Page: t.Page, Document: t.Document}) }))
	}
	return out
}

// changeRow is a field with what stood there, what does now, and who wrote it.
func changeRow(c Change, w Window) fyne.CanvasObject {
	said := kit.HStack(6,
		kit.NewText(fieldName(c.Field), theme.SizeSmall, theme.Text3), kit.NewText(clip(c.Old), theme.SizeSmall, theme.Text2).Shrink(),
		kit.NewIcon("arrow-right", 12, theme.Text3), kit.NewText(clip(c.New), theme.SizeSmall, theme.Text).Strong().Shrink())
	if c.By == "" {
		return said
	}
	return kit.VStack(1, said, kit.Caption(c.By+", "+words.Ago(w.Now(), c.At)).Shrink())
}
