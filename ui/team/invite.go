package team

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// inviteWidth leaves room for a link beside its code.
const inviteWidth = 660

// inviting is the sheet on which somebody is invited: first what the invite is to
// allow, then the link, then who has joined with it.
type inviting struct {
	s       *Screen
	member  string // whose further laptop it is for
	right   Right
	holds   time.Duration
	layer   *kit.Layer
	content *fyne.Container
	buttons *fyne.Container
	trouble *kit.Para
	first   fyne.CanvasObject
	make    *kit.Button
	cancel  *kit.Button
	wait    *kit.Text
	lets    *kit.Para
	holdsTo *kit.Para
	drew    kit.Drew[Sheet]
}

// ask opens the sheet, for a new person or for a further laptop of the member of an
// ID, which takes their right.
func (s *Screen) ask(member string) {
	c := s.canvas()
	if c == nil {
		return
	}
	s.p.Begin()
	i := &inviting{s: s, member: member, right: Contributor, holds: Spans[1], trouble: kit.Prose("").Alarm(), content: container.NewStack(), buttons: container.NewStack()}
	title, purpose := words.T("Invite somebody"), words.T("You get a link for one person. Send it over a channel that only they read.")
	if member != "" {
		title, purpose = words.T("Add another laptop of mine"), words.T("You get a link to open on the other laptop. It may then do what you may.")
	}
	i.cancel = kit.NewButton("", words.T("Cancel"), kit.Ghost, func() { i.layer.Close() })
	i.make = kit.NewButton("link", words.T("Make the link"), kit.Primary, i.send)
	i.first = i.asking()
	i.content.Objects = []fyne.CanvasObject{i.first}
	i.buttons.Objects = []fyne.CanvasObject{kit.HStack(8, i.cancel, i.make)}
	i.layer = kit.LongSheet(c, title, purpose, inviteWidth, i.content, func(*kit.Layer) []fyne.CanvasObject { return []fyne.CanvasObject{i.buttons} })
	stop := kit.Render(&s.p.State, func(v View) { i.draw(v.Sheet) })
	i.layer.OnClose = func() { stop(); s.p.Begin() }
	i.layer.Focus(i.make)
}

// asking is what the invite is to allow.
func (i *inviting) asking() fyne.CanvasObject {
	all := kit.VStack(16)
	if i.member == "" {
		radios := make([]*kit.Radio, len(Rights))
		list := kit.VStack(8)
		for n, r := range Rights {
			radios[n] = kit.NewRadio(kit.VStack(1, kit.Label(r.Name()), kit.Small(r.Says()).Quiet()), func() {
				i.right = r
				for m, other := range radios {
					other.Hold(m == n)
				}
			})
			radios[n].Hold(r == i.right)
			list.Add(radios[n])
		}
		all.Add(kit.VStack(7, kit.Label(words.T("What they may do")), list))
	}
	names := make([]string, len(Spans))
	at := 0
	for n, d := range Spans {
		names[n] = SpanName(d)
		if d == i.holds {
			at = n
		}
	}
	spans := kit.NewSegments(names, func(n int) { i.holds = Spans[n] })
	spans.Hold(at)
	all.Add(kit.VStack(5, kit.Label(words.T("How long the invite holds")), kit.HStack(0, spans)))
	i.trouble.Hidden = true
	all.Add(i.trouble)
	return all
}

func (i *inviting) send() {
	ask := Ask{Right: i.right, Holds: i.holds, Member: i.member}
	i.s.crew.Go(func() { i.s.p.Invite(i.s.ctx, ask) })
}

func (i *inviting) draw(v Sheet) {
	if !i.drew.Anew(v) {
		return
	}
	i.make.SetDisabled(v.Busy)
	i.trouble.Set(v.Problem)
	i.trouble.Hidden = v.Problem == ""
	switch {
	case v.Link == nil:
		i.content.Objects = []fyne.CanvasObject{i.first}
	case v.Joined != "":
		i.show(i.joined(v), kit.NewButton("check", words.T("Done"), kit.Primary, i.layer.Close))
	case v.Void != "":
		i.show(kit.Tint("info", theme.Warn, theme.WarnTint, kit.Prose(v.Void)), kit.NewButton("", words.T("Close"), kit.Secondary, i.layer.Close))
	default:
		i.linked(v)
	}
	i.content.Refresh()
	if i.layer != nil {
		i.layer.Settle()
	}
}

// show shows a face of the sheet with its buttons.
func (i *inviting) show(face fyne.CanvasObject, buttons ...fyne.CanvasObject) {
	i.content.Objects = []fyne.CanvasObject{face}
	i.buttons.Objects = []fyne.CanvasObject{kit.HStack(8, buttons...)}
	i.buttons.Refresh()
	i.wait = nil
	if f, ok := buttons[len(buttons)-1].(fyne.Focusable); ok {
		i.layer.Focus(f)
	}
}

// linked shows the link, and keeps its widgets while somebody is awaited.
func (i *inviting) linked(v Sheet) {
	if i.wait == nil {
		link := *v.Link
		copied := kit.NewButton("copy", words.T("Copy link"), kit.Primary, nil)
		copied.OnTap(func() { // a toast would lie below the sheet
			fyne.CurrentApp().Clipboard().SetContent(link.Text)
			copied.SetWords(words.T("Copied"))
			i.layer.Settle()
		})
		withdraw := kit.NewButton("", words.T("Withdraw"), kit.Ghost, func() {
			i.s.try(func() error { return i.s.p.Withdraw(i.s.ctx, link.ID) }, "", "")
		})
		face := i.face(link, v)
		i.show(face, withdraw, kit.NewButton("", words.T("Close"), kit.Secondary, i.layer.Close), copied)
		i.wait = kit.NewText(words.T("Waiting for somebody to use it…"), theme.SizeBody, theme.Text2)
		face.(*fyne.Container).Objects[0].(*fyne.Container).Add(kit.HStack(10, kit.NewIcon("loader", 14, theme.Accent), i.wait))
	}
	i.lets.Set(v.Lets)
	i.holdsTo.Set(v.Holds)
}

func (i *inviting) face(link Link, v Sheet) fyne.CanvasObject {
	text := widget.NewLabel(link.Text)
	text.Wrapping, text.SizeName, text.Selectable = fyne.TextWrapBreak, fynetheme.SizeNameCaptionText, true
	box := container.NewStack(kit.NewBox(theme.RadiusControl, theme.Sunken, theme.Border), kit.Pad(2, 4, 2, 4, text))
	i.lets, i.holdsTo = kit.Prose(v.Lets), kit.Prose(v.Holds)
	points := kit.VStack(8, point("user", i.lets), point("clock", i.holdsTo), point("laptop", kit.Prose(v.Reach)),
		point("lock", kit.Prose(words.T("Share it only with the person it is for: whoever has the link can use it."))))
	left := kit.VStack(14, box, points)
	code := kit.VStack(6, newCode(link.QR), kit.Small(words.T("Or scan it with the other device")).Quiet().Centred())
	if len(link.QR) == 0 {
		return container.NewStack(left)
	}
	return kit.Columns(20, []float32{1, -codeSide(len(link.QR))}, left, kit.Top(code))
}

// point is something to know, with an icon before it.
func point(icon string, said *kit.Para) fyne.CanvasObject {
	return container.NewBorder(nil, nil, kit.Top(kit.Pad(2, 10, 0, 0, kit.NewIcon(icon, 14, theme.Text3))), nil, said)
}

// joined says who has come in.
func (i *inviting) joined(v Sheet) fyne.CanvasObject {
	mark := kit.Fixed(48, 48, container.NewStack(kit.NewBox(24, theme.OKTint, nil), container.NewCenter(kit.NewIcon("check", 24, theme.OK))))
	return kit.Pad(12, 0, 12, 0, kit.VStack(10, container.NewCenter(mark), container.NewCenter(kit.NewText(v.Joined, theme.SizeStat, theme.Text).Strong()),
		kit.Prose(words.T("The workspace is on its way to them. The link lets nobody else in.")).Quiet().Centred()))
}
