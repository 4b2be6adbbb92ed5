package link

import (
	"crypto/ed25519"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"math/big"
	"time"

	"cairn/core/id"
)

// protocol is what both ends have to name in the TLS handshake. Browsers name
// other things, and so get nowhere.
const protocol = "cairn/1"

func deviceOf(key ed25519.PrivateKey) id.Device {
	public, _ := key.Public().(ed25519.PublicKey)
	return id.DeviceOf(public)
}

// identityOf returns a certificate that the device key signs for itself. Nothing
// in it is believed but the key, which the handshake proves.
func identityOf(key ed25519.PrivateKey) (tls.Certificate, error) {
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1),
		NotBefore:    time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC),
		NotAfter:     time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC),
	}
	der, err := x509.CreateCertificate(nil, template, template, key.Public(), key)
	if err != nil {
		return tls.Certificate{}, fmt.Errorf("make the certificate of this device: %w", err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, nil
}

// errOther is what a device is refused with that is not the one dialled.
var errOther = errors.New("another device answered")

// secured returns how both ends speak TLS. Expect is the device that has to be
// at the other end, nil for any: whoever accepts lets the membership decide.
func secured(own tls.Certificate, expect *id.Device) *tls.Config {
	return &tls.Config{
		Certificates:           []tls.Certificate{own},
		ClientAuth:             tls.RequireAnyClientCert,
		InsecureSkipVerify:     true, // there is no authority: VerifyConnection compares the key
		MinVersion:             tls.VersionTLS13,
		NextProtos:             []string{protocol},
		SessionTicketsDisabled: true,
		VerifyConnection: func(state tls.ConnectionState) error {
			peer, err := peerOf(state)
			switch {
			case err != nil:
				return err
			case expect != nil && *expect != id.DeviceOf(peer):
				return fmt.Errorf("%v instead of %v: %w", id.DeviceOf(peer).Short(), expect.Short(), errOther)
			}
			return nil
		},
	}
}

// peerOf returns the key that the other end has proved to hold.
func peerOf(state tls.ConnectionState) (ed25519.PublicKey, error) {
	if state.NegotiatedProtocol != protocol {
		return nil, fmt.Errorf("the other end speaks %q, not %q", state.NegotiatedProtocol, protocol)
	}
	if len(state.PeerCertificates) != 1 {
		return nil, fmt.Errorf("%d certificates, want 1", len(state.PeerCertificates))
	}
	key, ok := state.PeerCertificates[0].PublicKey.(ed25519.PublicKey)
	if !ok {
		return nil, fmt.Errorf("a key of kind %T, want Ed25519", state.PeerCertificates[0].PublicKey)
	}
	return key, nil
}
