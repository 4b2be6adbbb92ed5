package window

import (
	"os"
	"path/filepath"
	"testing"
)

func TestExportsTakeNobodysPlace(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	s := &session{}
	for i, want := range []string{"Churn- a-b – value.png", "Churn- a-b – value 2.png"} {
		if i == 1 {
			if err := os.Mkdir(filepath.Join(home, "Downloads"), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(home, "Downloads", "Churn- a-b – value.png"), []byte("mine"), 0o600); err != nil {
				t.Fatal(err)
			}
			want = filepath.Join("Downloads", want)
		}
		path, err := s.WriteExport(t.Context(), "Churn: a/b – value.png", []byte("picture"))
		if err != nil || path != filepath.Join(home, want) {
			t.Fatalf("written to %q, %v, want %s", path, err, want)
		}
		if content, err := os.ReadFile(path); err != nil || string(content) != "picture" {
			t.Errorf("%s holds %q, %v", path, content, err)
		}
	}
}
