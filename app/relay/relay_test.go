package relay_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"log/slog"
	"math/big"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cairn/app/relay"
	"cairn/core/fault"
	client "cairn/sync/relay"
)

func config(dir string) relay.Config {
	return relay.Config{Listen: "127.0.0.1:0", Store: dir, Log: slog.New(slog.DiscardHandler), Rand: rand.Reader}
}

func start(t *testing.T, c relay.Config) *relay.Server {
	t.Helper()
	s, err := relay.Start(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Stop(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// certificate writes a certificate that vouches for itself.
func certificate(t *testing.T) (cert, key string) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "relay"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, private.Public(), private)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	write := func(name, kind string, b []byte) string {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: b}), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	return write("cert.pem", "CERTIFICATE", der), write("key.pem", "PRIVATE KEY", secret)
}

func TestEveryAddressOfARelayWorks(t *testing.T) {
	cert, key := certificate(t)
	for name, c := range map[string]relay.Config{
		"plain": {WebSocket: "127.0.0.1:0"},
		"TLS":   {WebSocket: "127.0.0.1:0", Certificate: cert, Key: key},
	} {
		t.Run(name, func(t *testing.T) {
			full := config(t.TempDir())
			full.WebSocket, full.Certificate, full.Key = c.WebSocket, c.Certificate, c.Key
			s := start(t, full)
			urls := s.URLs()
			if len(urls) != 2 {
				t.Fatalf("URLs = %q, want one by TCP and one by WebSocket", urls)
			}
			for _, u := range urls {
				standing, err := client.Probe(t.Context(), u)
				if err != nil || standing.Copies != 1 || standing.Cluster != "" {
					t.Errorf("Probe(%s) = %+v, %v", u, standing, err)
				}
			}
		})
	}
}

func TestNobodyGetsInWithoutTheToken(t *testing.T) {
	s := start(t, config(t.TempDir()))
	u, err := url.Parse(s.URLs()[0])
	if err != nil {
		t.Fatal(err)
	}
	for name, user := range map[string]*url.Userinfo{"none": nil, "another": url.User("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")} {
		u.User = user
		if _, err := client.Probe(t.Context(), u.String()); fault.KindOf(err) != fault.Denied {
			t.Errorf("with %s: %v, want it denied", name, err)
		}
	}
}

func TestACertificateThatIsNotTheOneIsNotBelieved(t *testing.T) {
	c := config(t.TempDir())
	c.Certificate, c.Key = certificate(t)
	s := start(t, c)
	good := s.URLs()[0]
	address, pin, found := strings.Cut(good, "#")
	if !found || !strings.HasPrefix(good, "tls://") {
		t.Fatalf("URL = %s, want one with a pin", good)
	}
	other := client.PinOf([]byte("another"))
	if pin == other {
		t.Fatal("two certificates have one pin")
	}
	if _, err := client.Probe(t.Context(), address+"#"+other); fault.KindOf(err) != fault.Denied {
		t.Errorf("with another pin: %v, want it denied", err)
	}
	if _, err := client.Probe(t.Context(), address); err == nil {
		t.Error("a certificate that vouches for itself was believed without a pin")
	}
}

func TestAFolderKeepsItsTokenAndHasOneRelay(t *testing.T) {
	dir := t.TempDir()
	first, err := relay.Start(t.Context(), config(dir))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := relay.Start(t.Context(), config(dir)); fault.KindOf(err) != fault.Locked {
		t.Errorf("a second relay over the folder: %v, want it locked", err)
	}
	token := func(s *relay.Server) string {
		u, err := url.Parse(s.URLs()[0])
		if err != nil {
			t.Fatal(err)
		}
		return u.User.Username()
	}
	before := token(first)
	if err := first.Stop(); err != nil {
		t.Fatal(err)
	}
	if again := token(start(t, config(dir))); again != before || len(again) != 32 {
		t.Errorf("the token was %q and is %q", before, again)
	}
	if other := token(start(t, config(t.TempDir()))); other == before {
		t.Error("two folders have one token")
	}
	info, err := os.Stat(filepath.Join(dir, "token"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the token's file: %v, %v, want it readable by its owner only", info.Mode(), err)
	}
}

func TestStartSaysWhatIsWrong(t *testing.T) {
	var lc net.ListenConfig
	taken, err := lc.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = taken.Close() }()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	damaged := t.TempDir()
	if err := os.WriteFile(filepath.Join(damaged, "token"), []byte("short"), 0o600); err != nil {
		t.Fatal(err)
	}
	cert, _ := certificate(t)
	for name, tt := range map[string]struct {
		change func(*relay.Config)
		want   fault.Kind
	}{
		"no address":          {func(c *relay.Config) { c.Listen = "nonsense" }, fault.Invalid},
		"no port":             {func(c *relay.Config) { c.WebSocket = "127.0.0.1:x" }, fault.Invalid},
		"the port is taken":   {func(c *relay.Config) { c.Listen = taken.Addr().String() }, fault.Unavailable},
		"a file for a folder": {func(c *relay.Config) { c.Store = file }, fault.Unavailable},
		"a damaged token":     {func(c *relay.Config) { c.Store = damaged }, fault.Unavailable},
		"half of TLS":         {func(c *relay.Config) { c.Certificate = cert }, fault.Invalid},
		"no certificate":      {func(c *relay.Config) { c.Certificate, c.Key = file, file }, fault.Invalid},
	} {
		t.Run(name, func(t *testing.T) {
			c := config(t.TempDir())
			tt.change(&c)
			s, err := relay.Start(t.Context(), c)
			if err == nil {
				_ = s.Stop()
			}
			if fault.KindOf(err) != tt.want {
				t.Errorf("Start = %v, want %v", err, tt.want)
			}
			// What could not start holds nothing.
			start(t, config(t.TempDir()))
		})
	}
}
