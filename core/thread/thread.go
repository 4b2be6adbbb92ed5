// Package thread holds what was agreed to what is measured.
//
// A requirement that names a metric, a comparison and a threshold is a gate.
// One function, Evaluate, opens or closes it, whoever asks: the badge of a run,
// the registry, a rollout, a monitor, the trigger of a retraining. So a number
// that was agreed once is the same number everywhere.
//
// The rules are few, and none of them guesses:
//
//   - No data is never a pass. A metric that was not measured, or came out as
//     NaN or infinite, leaves its gate closed.
//   - The name of a metric is matched by its letters, whatever their case and
//     the spaces around them: "Recall " is "recall", and "recall_test" is not.
//     If a metric was measured under several such spellings, the one in the
//     requirement counts; if none is, all must have the same value.
//   - A measured value is a plain number, and a share of 78 % is 0.78. A
//     threshold whose unit is % is agreed in hundredths: 80 with the unit %
//     asks for 0.8. No other unit converts anything, and no unit means that
//     threshold and value are compared as they are.
//   - Two numbers are equal when they differ by no more than a billionth of the
//     threshold (Tolerance), so the last bits of a computed mean decide nothing.
//     >=, = and <= pass for equal numbers; > and < don't.
//   - What people wrote differently at the same time, and nobody has settled,
//     is held to the strictest reading: every threshold, comparison and metric
//     in dispute must be met. Clearing one of them at the same time as a
//     teammate changes it loosens nothing.
//   - What a later version of Cairn wrote and this one can't read closes the gate.
//
// Strands lays out the whole of it, one thread for each requirement: from the
// number that was agreed to the key metric, to the variable of the value model
// that this is, and to what the requirement is worth in money.
package thread

import (
	"strings"
	"unicode"
)

// sameName returns what all spellings of a metric's name have in common: no
// spaces around it, and no case, as strings.EqualFold has it.
func sameName(name string) string {
	return strings.Map(leastFold, strings.TrimSpace(name))
}

// leastFold returns the one rune that stands for all that differ from r by case.
func leastFold(r rune) rune {
	least := r
	for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
		least = min(least, f)
	}
	return least
}
