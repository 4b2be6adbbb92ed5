package doc

// register keeps the value of the last writer. The zero register has never
// been set.
type register struct {
	value Value
	at    Version
}

func (s *register) apply(op operation, _ context) error {
	s.set(op.value, op.at)
	return nil
}

func (s *register) set(value Value, v Version) {
	if v.Compare(s.at) > 0 {
		s.value, s.at = value, v
	}
}

func (s *register) isSet() bool { return s.at != Version{} }

func (s *register) merge(o state, _, _ context) {
	if o, ok := o.(*register); ok {
		s.set(o.value, o.at)
	}
}

func (s *register) clone() state {
	c := *s
	return &c
}

func (s *register) append(b []byte, p *packer) []byte {
	return appendValue(p.appendVersion(b, s.at), s.value)
}

func (s *register) read(r *reader, p *packer) {
	s.at = p.version(r)
	s.value = r.valueBlock()
}
