package report_test

import (
	"testing"

	"cairn/app/report"
)

// TestLargeNumbersAreCountedInWhatTheReaderCountsIn holds also for currencies
// without cents.
func TestLargeNumbersAreCountedInWhatTheReaderCountsIn(t *testing.T) {
	tests := []struct {
		x      float64
		unit   string
		en, ko string
	}{
		{3200, "USD/month", "$3,200", "$3,200"},
		{-12345, "USD/month", "−$12.3k", "−$1.23만"},
		{2_160_000, "KRW/month", "₩2.16M", "₩216만"},
		{1.5e9, "KRW", "₩1.5B", "₩15억"},
		{45_000, "customer/month", "45k", "4.5만"},
		{120_000, "VND", "120k VND", "12만 VND"},
		{0.825, "%", "82.5 %", "82.5 %"},
	}
	for _, tt := range tests {
		for l, want := range map[report.Language]string{report.English: tt.en, report.Korean: tt.ko} {
			if got := report.Compact(l, tt.x, tt.unit); got != want {
				t.Errorf("%v %s in %s: %q, want %q", tt.x, tt.unit, l, got, want)
			}
		}
	}
}
