package relay

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/url"
	"strconv"

	"cairn/sync/relay"
)

// URLs returns the addresses that clients put in, those of other machines
// first. They hold the token, which is a secret.
func (s *Server) URLs() []string {
	tcp, ok := s.server.Addr().(*net.TCPAddr)
	if !ok {
		return nil
	}
	scheme := "nats"
	if s.config.Certificate != "" {
		scheme = "tls"
	}
	urls := s.reached(scheme, tcp.IP, strconv.Itoa(tcp.Port))
	if s.config.WebSocket == "" {
		return urls
	}
	// The server says where its WebSocket listens as a URL.
	u, err := url.Parse(s.server.WebsocketURL())
	if err != nil {
		return urls
	}
	host, _, err := net.SplitHostPort(s.config.WebSocket)
	if err != nil {
		return urls
	}
	return append(urls, s.reached(u.Scheme, net.ParseIP(host), u.Port())...)
}

// reached returns the URLs of an address that is listened on.
func (s *Server) reached(scheme string, listened net.IP, port string) (urls []string) {
	hosts := []string{listened.String()}
	if listened == nil || listened.IsUnspecified() {
		hosts = machineAddresses()
	}
	for _, host := range hosts {
		u := url.URL{Scheme: scheme, User: url.User(s.token), Host: net.JoinHostPort(host, port)}
		if scheme == "tls" || scheme == "wss" {
			u.Fragment = s.pin
		}
		urls = append(urls, u.String())
	}
	return urls
}

// machineAddresses returns the addresses of this machine that others may reach,
// and the one that it reaches itself at the end.
func machineAddresses() (hosts []string) {
	addresses, err := net.InterfaceAddrs()
	if err != nil {
		addresses = nil
	}
	for _, a := range addresses {
		if n, ok := a.(*net.IPNet); ok && n.IP.IsGlobalUnicast() {
			hosts = append(hosts, n.IP.String())
		}
	}
	return append(hosts, net.IPv4(127, 0, 0, 1).String())
}

// pinOf returns what stands in the address of a relay whose certificate no
// authority vouches for. Others are renewed, which a pin would not survive.
func pinOf(shown tls.Certificate) (string, error) {
	leaf, err := x509.ParseCertificate(shown.Certificate[0])
	if err != nil || !bytes.Equal(leaf.RawIssuer, leaf.RawSubject) {
		return "", err
	}
	return relay.PinOf(leaf.Raw), nil
}
