package team

import "cairn/ui/words"

// Tone is how the truth is to be taken. None is an alarm: to be offline is
// ordinary.
type Tone int

// The tones.
const (
	Calm    Tone = iota // somebody is away; nothing is lost
	Level               // everybody has everything
	Moving              // changes are on their way
	Alone               // there is nobody else yet
	Offline             // this laptop has no network
)

// Truth is how the team stands, in a sentence and what there is to say beside it.
// It claims nothing that this laptop does not know.
type Truth struct {
	Tone           Tone
	Sentence, More string
	Laptops        int // of others, that count
	Connected      int
	Away           int // neither connected nor about to be
	Behind, Ahead  uint64
}

// sums is what of the other laptops adds up.
type sums struct {
	Truth
	level, connecting int
	from, to          []Laptop // that send us something, and that we send something
	unsure            []Laptop // connected, and not yet heard what they have
}

func add(laptops []Laptop) sums {
	var s sums
	s.Laptops = len(laptops)
	for _, l := range laptops {
		switch l.State {
		case Connected:
			s.Connected++
		case Connecting:
			s.connecting++
			continue
		default:
			s.Away++
			continue
		}
		switch {
		case !l.Known:
			s.unsure = append(s.unsure, l)
		case l.Level():
			s.level++
		default:
			if l.Behind > 0 {
				s.from = append(s.from, l)
			}
			if l.Ahead > 0 {
				s.to = append(s.to, l)
			}
		}
	}
	return s
}

// Truth returns how the team stands. Several laptops may offer the same changes, so
// what is to come is what the one that offers most has.
func (n *Now) Truth() Truth {
	s := add(n.Others())
	t := s.Truth
	switch {
	case s.Laptops == 0:
		t.Tone, t.Sentence = Alone, words.T("Only this laptop so far")
		t.More = words.T("Everything is saved here. Invite somebody, and you work on the same from then on.")
	case s.Connected == 0 && s.connecting > 0 && !n.Offline:
		t.Tone, t.Sentence = Moving, words.N("Looking for %d laptop…", "Looking for %d laptops…", s.connecting)
		t.More = words.T("Everything you do is saved here meanwhile.")
	case s.Connected == 0 && n.Offline:
		t.Tone, t.Sentence = Offline, words.T("Offline; everything is saved here")
		t.More = words.T("Go on working. Your changes reach the others when this laptop is back in a network.")
	case s.Connected == 0:
		t.Tone, t.Sentence = Calm, s.away()
		t.More = words.T("Nobody else is connected now. Yours are saved here, and reach them then.")
	case len(s.from) > 0:
		t.Tone, t.Sentence, t.More = Moving, s.receiving(), s.rest()
	case len(s.to) > 0:
		t.Tone, t.Sentence, t.More = Moving, s.sending(), s.rest()
	case len(s.unsure) > 0:
		t.Tone, t.More = Moving, s.rest()
		t.Sentence = words.T("Comparing with %s…", s.unsure[0].called())
		if len(s.unsure) > 1 {
			t.Sentence = words.T("Comparing with %d laptops…", len(s.unsure))
		}
	case s.connecting > 0:
		t.Tone, t.More = Calm, s.rest()
		t.Sentence = words.N("Looking for %d laptop…", "Looking for %d laptops…", s.connecting)
	case s.Away > 0:
		t.Tone, t.Sentence, t.More = Calm, s.away(), s.rest()
	default:
		t.Tone, t.Sentence = Level, words.T("Everyone is up to date")
		t.More = words.N("%d other laptop is connected and has all that this one has.", "All %d other laptops are connected and have what this one has.", s.Laptops)
	}
	t.Behind, t.Ahead = most(s.from, func(l Laptop) uint64 { return l.Behind }), most(s.to, func(l Laptop) uint64 { return l.Ahead })
	return t
}

func most(laptops []Laptop, of func(Laptop) uint64) uint64 {
	var top uint64
	for _, l := range laptops {
		top = max(top, of(l))
	}
	return top
}

func (s *sums) away() string {
	return words.N("%d laptop away; its changes arrive when it is back", "%d laptops away; their changes arrive when they are back", s.Away)
}

func (s *sums) receiving() string {
	top := s.from[0]
	for _, l := range s.from {
		if l.Behind > top.Behind {
			top = l
		}
	}
	changes := changes(top.Behind)
	switch {
	case len(s.from) == 1 && top.BehindBytes > 0:
		return words.T("Receiving %s from %s (about %s)…", changes, top.called(), words.Size(top.BehindBytes))
	case len(s.from) == 1:
		return words.T("Receiving %s from %s…", changes, top.called())
	case top.BehindBytes > 0:
		return words.T("Receiving %s from %d laptops (about %s)…", changes, len(s.from), words.Size(top.BehindBytes))
	default:
		return words.T("Receiving %s from %d laptops…", changes, len(s.from))
	}
}

func (s *sums) sending() string {
	changes := changes(most(s.to, func(l Laptop) uint64 { return l.Ahead }))
	if len(s.to) == 1 {
		return words.T("Sending %s to %s…", changes, s.to[0].called())
	}
	return words.T("Sending %s to %d laptops…", changes, len(s.to))
}

// rest says how it stands with the laptops that the sentence is not about.
func (s *sums) rest() string {
	level := ""
	if s.level > 0 {
		level = words.N("Up to date with %d laptop that is connected.", "Up to date with %d laptops that are connected.", s.level)
	}
	away := ""
	if s.Away > 0 && (len(s.from)+len(s.to)+len(s.unsure)+s.connecting > 0) {
		away = words.N("%d laptop is away; that is fine.", "%d laptops are away; that is fine.", s.Away)
	}
	switch {
	case level == "" && away == "":
		return words.T("Go on working; you need not wait.")
	case level == "" || away == "":
		return level + away
	default:
		return level + " " + away
	}
}

// changes returns a number of changes.
func changes(n uint64) string {
	if n == 1 {
		return words.T("1 change")
	}
	return words.T("%s changes", words.Count(n))
}
