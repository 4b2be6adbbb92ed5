package thread_test

import (
	"fmt"

	"cairn/core/thread"
)

// A run is held to what the business agreed to.
func ExampleEvaluate() {
	agreed := []thread.Gate{
		{Title: "Find churners", Unit: "%", Bounds: []thread.Bound{{Metric: "recall", Comparison: thread.AtLeast, Threshold: 80}}},
		{Title: "Answer at once", Unit: "ms", Bounds: []thread.Bound{{Metric: "latency_p99", Comparison: thread.AtMost, Threshold: 100}}},
	}
	verdict := thread.Evaluate(agreed, map[string]float64{"recall": 0.78, "f1": 0.81})
	for _, r := range verdict.Results {
		fmt.Printf("%s: %s: %s\n", r.Gate.Title, r.State, r.Sentence.String())
	}
	fmt.Println("open:", verdict.Open, "asked:", verdict.Asked, "unused:", verdict.Unused)
	// Output:
	// Find churners: fail: recall 78 % is below the agreed 80 % by 2 percentage points.
	// Answer at once: no_data: There is no data on latency_p99, and no data is never a pass.
	// open: false asked: [recall latency_p99] unused: [f1]
}
