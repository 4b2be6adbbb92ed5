package team

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// beside is the column at the right: this laptop, the open invites, and how
// laptops find each other.
type beside struct {
	s       *Screen
	root    *fyne.Container
	this    *fyne.Container
	invites *fyne.Container
	network *fyne.Container
	drew    struct {
		network kit.Drew[NetworkRow]
		invites kit.Drew[[]InviteRow]
		right   kit.Drew[Right]
	}
}

func newBeside(s *Screen) *beside {
	b := &beside{s: s, this: container.NewStack(), invites: container.NewStack(), network: container.NewStack()}
	b.root = kit.VStack(theme.GapCards, b.this, b.invites, b.network)
	return b
}

func (b *beside) draw(v View) {
	changed := false
	if b.drew.network.Anew(v.Network) {
		b.this.Objects = []fyne.CanvasObject{b.thisCard(v.Network)}
		b.network.Objects = []fyne.CanvasObject{b.networkCard(v.Network)}
		changed = true
	}
	fresh := b.drew.right.Anew(v.Right)
	if b.drew.invites.Anew(v.Invites) || fresh {
		b.invites.Objects = []fyne.CanvasObject{b.inviteCard(v)}
		changed = true
	}
	if changed {
		b.root.Refresh()
	}
}

// thisCard says what this laptop is called, and where others reach it.
func (b *beside) thisCard(n NetworkRow) fyne.CanvasObject {
	rename := kit.NewButton("pencil", "", kit.Ghost, func() { b.s.rename(n.Device, n.This) })
	name := kit.NewText(n.This, theme.SizeBody, theme.Text).Strong().Shrink()
	card := kit.VStack(10, kit.CardHead(words.T("This laptop"), nil), container.NewBorder(nil, nil, kit.Pad(0, 8, 0, 0, kit.Middle(kit.NewIcon("laptop", 16, theme.Text3))), rename, kit.Middle(name)))
	if len(n.Listening) > 0 {
		list := kit.VStack(0, kit.Small(words.T("Others reach it at")).Quiet())
		for _, a := range n.Listening {
			list.Add(b.address(a, kit.NewButton("copy", "", kit.Ghost, func() { b.s.copied(a) })))
		}
		card.Add(list)
	}
	card.Add(kit.NewButton("plus", words.T("Add another laptop of mine"), kit.Secondary, func() { b.s.ask(b.s.me()) }))
	return kit.Card(card)
}

// address is one with a button beside it.
func (b *beside) address(text string, button *kit.Button) fyne.CanvasObject {
	return container.NewBorder(nil, nil, nil, button, kit.Middle(kit.NewText(text, theme.SizeLabel, theme.Text).Digits().Shrink()))
}

func (b *beside) inviteCard(v View) fyne.CanvasObject {
	card := kit.VStack(10, kit.CardHead(words.T("Open invites"), nil))
	for _, i := range v.Invites {
		text := kit.VStack(1, kit.Small(i.Title).Bold(), kit.Small(i.Line).Quiet())
		row := container.NewBorder(nil, nil, nil, nil, text)
		if i.MayWithdraw {
			row = container.NewBorder(nil, nil, nil, kit.Middle(kit.NewButton("", words.T("Withdraw"), kit.Ghost, func() { b.s.withdraw(i) })), text)
		}
		card.Add(row)
	}
	switch {
	case len(v.Invites) > 0:
	case v.MayInvite():
		card.Add(kit.Small(words.T("None. An invite lets one person in, once, and expires by itself.")).Quiet())
	default:
		card.Add(kit.Small(words.T("None. An admin of the workspace invites others.")).Quiet())
	}
	return kit.Card(card)
}

func (b *beside) networkCard(n NetworkRow) fyne.CanvasObject {
	lan, lanInk, lanState := "wifi", theme.OK, words.T("On")
	if !n.LAN {
		lan, lanInk, lanState = "wifi-off", theme.Text3, words.T("Off")
	}
	relay, relayInk, relayState := "globe", theme.Text3, words.T("None")
	switch n.Relay {
	case NoRelay:
	case RelayConnected:
		relayInk, relayState = theme.OK, words.T("Connected")
	case RelayDown:
		relay, relayInk, relayState = "cloud-off", theme.Warn, words.T("Not reached")
	}
	card := kit.VStack(12, kit.CardHead(words.T("How laptops find each other"), nil),
		way(lan, lanInk, words.T("In this network"), lanState, n.LANSaid), way(relay, relayInk, words.T("Relay"), relayState, n.RelaySaid))
	list := kit.VStack(0)
	for _, a := range n.Addresses {
		list.Add(b.address(a, kit.NewButton("x", "", kit.Ghost, func() { b.s.forget(a) })))
	}
	if len(n.Addresses) > 0 {
		card.Add(kit.VStack(0, kit.Small(words.T("Addresses added by hand")).Quiet(), list))
	}
	card.Add(kit.NewButton("plus", words.T("Add an address"), kit.Secondary, b.s.addAddress))
	return kit.Card(card)
}

// way is one in which laptops find each other, with its state in a word and in a
// sentence.
func way(icon string, ink theme.Role, name, state, said string) fyne.CanvasObject {
	head := kit.HStack(8, kit.Label(name).Shrink(), kit.Spacer(), kit.NewText(state, theme.SizeCaption, ink).Strong())
	return container.NewBorder(nil, nil, kit.Top(kit.Pad(1, 10, 0, 0, kit.NewIcon(icon, 16, ink))), nil, kit.VStack(2, head, kit.Small(said).Quiet()))
}
