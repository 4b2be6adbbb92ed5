package feed_test

import (
	"testing"

	"cairn/core/feed"
)

func TestLabelStandsOnItsOwn(t *testing.T) {
	for field, want := range map[string]string{
		"threshold": "Threshold", "needs_ml": "Needs ML", "discounted_price": "Discounted price", "이탈 고객": "이탈 고객", "économie": "Économie", "": "",
	} {
		if got := feed.Label(field); got != want {
			t.Errorf("Label(%q) = %q, want %q", field, got, want)
		}
	}
}
