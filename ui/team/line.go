package team

import "cairn/ui/shell"

// Line tells the frame how the team stands, as p has read it.
func Line(p *Presenter) shell.Team { return line{p} }

type line struct{ p *Presenter }

// Sync implements shell.Team.
func (l line) Sync() shell.Sync {
	now := l.p.Team()
	t := now.Truth()
	s := shell.Sync{Laptops: t.Laptops, Away: t.Away, Offline: now.Offline && t.Connected == 0, Behind: t.Behind, Ahead: t.Ahead}
	for _, other := range now.Others() {
		if other.Level() {
			s.Level++
		}
	}
	return s
}

// Watch implements shell.Team.
func (l line) Watch(changed func()) (stop func()) { return l.p.State.Watch(changed) }
