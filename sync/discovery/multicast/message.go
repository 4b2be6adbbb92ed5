package multicast

import (
	"net/netip"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"cairn/sync/discovery"
)

const (
	// suffix ends the name of every instance of the service.
	suffix = "." + serviceType + "." + domain + "."

	// recordsMost is how many records of a message are looked at. A host with
	// eight addresses and two services has a dozen.
	recordsMost = 64
	// addressesMost is how many addresses of one host are taken, and textsMost
	// how many strings of its TXT record.
	addressesMost = 8
	textsMost     = 8
	// classMask leaves the class of a record: the bit above says that it
	// replaces others (RFC 6762, 10.2).
	classMask = 0x7fff
)

// records is what one message says, by name in lower case.
type records struct {
	gone  map[string]bool
	seen  []string // instances, in the order in which they are named
	hosts map[string]target
	texts map[string][]string
	addrs map[string][]netip.Addr
}

type target struct {
	host string
	port uint16
	ttl  time.Duration
}

// read returns what a message that came in over the interface called zone says
// of instances of the service, and the names of those that it says too little of.
// Queries, and with them the probes of who is about to announce something, say
// nothing.
func read(message []byte, zone string) (heard []discovery.Heard, ask []string) {
	var p dnsmessage.Parser
	head, err := p.Start(message)
	if err != nil || !head.Response || head.OpCode != 0 || head.RCode != dnsmessage.RCodeSuccess {
		return nil, nil
	}
	if p.SkipAllQuestions() != nil {
		return nil, nil
	}
	r := records{gone: map[string]bool{}, hosts: map[string]target{}, texts: map[string][]string{}, addrs: map[string][]netip.Addr{}}
	left := recordsMost
	// A record that cannot be read ends the message: those before it count.
	if r.section(&p, p.AnswerHeader, p.SkipAnswer, &left) && p.SkipAllAuthorities() == nil {
		r.section(&p, p.AdditionalHeader, p.SkipAdditional, &left)
	}
	for _, name := range r.seen {
		instance := strings.TrimSuffix(name, suffix)
		if r.gone[name] {
			heard = append(heard, discovery.Heard{Instance: instance, Interface: zone})
			continue
		}
		to, known := r.hosts[name]
		text, told := r.texts[name]
		addrs := r.addrs[to.host]
		if !known || !told || len(addrs) == 0 {
			ask = append(ask, instance)
			continue
		}
		h := discovery.Heard{Instance: instance, Interface: zone, Text: text, Life: to.ttl}
		for _, a := range addrs {
			if a.Is6() && a.IsLinkLocalUnicast() {
				if zone == "" {
					continue
				}
				a = a.WithZone(zone)
			}
			h.Addresses = append(h.Addresses, netip.AddrPortFrom(a, to.port))
		}
		heard = append(heard, h)
	}
	return heard, ask
}

// section takes in the records of a section, and reports whether it was whole.
func (r *records) section(p *dnsmessage.Parser, next func() (dnsmessage.ResourceHeader, error), skip func() error, left *int) bool {
	for ; *left > 0; *left-- {
		head, err := next()
		if err != nil {
			return err == dnsmessage.ErrSectionDone //nolint:errorlint // it is returned as it is
		}
		if head.Class&classMask != dnsmessage.ClassINET {
			err = skip()
		} else {
			err = r.record(p, head, skip)
		}
		if err != nil {
			return false
		}
	}
	return false
}

func (r *records) record(p *dnsmessage.Parser, head dnsmessage.ResourceHeader, skip func() error) error {
	name := strings.ToLower(head.Name.String())
	life := time.Duration(head.TTL) * time.Second
	switch head.Type {
	case dnsmessage.TypePTR:
		ptr, err := p.PTRResource()
		if err != nil {
			return err
		}
		if name == suffix[1:] {
			r.see(strings.ToLower(ptr.PTR.String()), life)
		}
	case dnsmessage.TypeSRV:
		srv, err := p.SRVResource()
		if err != nil {
			return err
		}
		if r.see(name, life) && srv.Port != 0 {
			r.hosts[name] = target{host: strings.ToLower(srv.Target.String()), port: srv.Port, ttl: life}
		}
	case dnsmessage.TypeTXT:
		txt, err := p.TXTResource()
		if err != nil {
			return err
		}
		r.texts[name] = txt.TXT[:min(len(txt.TXT), textsMost)]
	case dnsmessage.TypeA:
		a, err := p.AResource()
		if err != nil {
			return err
		}
		r.address(name, netip.AddrFrom4(a.A))
	case dnsmessage.TypeAAAA:
		a, err := p.AAAAResource()
		if err != nil {
			return err
		}
		r.address(name, netip.AddrFrom16(a.AAAA))
	default:
		return skip()
	}
	return nil
}

// see notes that an instance was named, and reports whether name is one.
func (r *records) see(name string, life time.Duration) bool {
	instance, ours := strings.CutSuffix(name, suffix)
	if !ours || !discovery.IsInstance(instance) {
		return false
	}
	if !slices.Contains(r.seen, name) {
		r.seen = append(r.seen, name)
	}
	if life == 0 {
		r.gone[name] = true
	}
	return true
}

// address takes an address to which somebody else can be reached.
func (r *records) address(host string, a netip.Addr) {
	a = a.Unmap()
	if have := r.addrs[host]; a.IsGlobalUnicast() || a.IsLinkLocalUnicast() {
		if len(have) < addressesMost && !slices.Contains(have, a) {
			r.addrs[host] = append(have, a)
		}
	}
}

// question returns the query for all instances of the service when about is
// empty, and otherwise for all there is to know of one.
func question(about string) ([]byte, error) {
	name, kind := suffix[1:], dnsmessage.TypePTR
	if about != "" {
		name, kind = about+suffix, dnsmessage.TypeALL
	}
	n, err := dnsmessage.NewName(name)
	if err != nil {
		return nil, err
	}
	m := dnsmessage.Message{Questions: []dnsmessage.Question{{Name: n, Type: kind, Class: dnsmessage.ClassINET}}}
	return m.Pack()
}
