package main

import (
	"fmt"
	"io"
	"math"
	"strings"

	"cairn/core/value"
)

// columns writes rows without a head, in columns, values in full.
func columns(w io.Writer, rows [][]string) {
	var widths []int
	for _, r := range rows {
		for i := range r {
			r[i] = line(r[i])
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], width(r[i]))
		}
	}
	for _, r := range rows {
		fmt.Fprintln(w, "  "+joinCells(r, widths))
	}
}

// printEstimate tells a person what a model is worth: the number first, then
// how it comes about, how sure it is and what is left of it.
func (c *cli) printEstimate(w io.Writer, e *value.Estimate) {
	title := e.Name
	if title == "" {
		title = "The value"
	}
	fmt.Fprintf(w, "%s: %s\n", line(title), value.Amount(e.Expected, e.Unit))
	printFormula(w, e)
	printRange(w, e)
	printTornado(w, e)
	printBreakEven(w, e)
	printCosts(w, e)
	c.printScenarios(w, e)
	for _, n := range e.Notes {
		fmt.Fprintf(w, "\nNote: %s\n", line(n))
	}
}

func printFormula(w io.Writer, e *value.Estimate) {
	fmt.Fprintln(w)
	for _, s := range e.Steps {
		fmt.Fprintf(w, "  %s = %s\n      = %s = %s\n", s.Name, line(s.Formula), line(s.Worked), value.Amount(s.Value, s.Unit))
	}
	fmt.Fprintf(w, "  value = %s\n      = %s = %s\n", line(e.Formula), line(e.Worked), value.Amount(e.Expected, e.Unit))
}

func printRange(w io.Writer, e *value.Estimate) {
	fmt.Fprintln(w, "\nHow sure it is")
	if e.SD == 0 {
		fmt.Fprintln(w, "  No variable has a range. Give one with --set NAME=LOW..HIGH to see how sure the estimate is.")
		return
	}
	fmt.Fprintf(w, "  In 8 of 10 cases between %s and %s.\n", value.Short(e.P10, e.Unit), value.Amount(e.P90, e.Unit))
	fmt.Fprintf(w, "  As often above %s as below; on average %s.\n", value.Short(e.P50, e.Unit), value.Amount(e.Mean, e.Unit))
	fmt.Fprintf(w, "  %s %s %s\n", value.Short(e.Histogram.Low, e.Unit), bars(e.Histogram.Counts), value.Short(e.Histogram.High, e.Unit))
	fmt.Fprintf(w, "  (%s samples, seed %d)\n", value.FormatNumber(float64(e.Samples)), e.Seed)
}

// bars draws counts as a line of bars.
func bars(counts []int) string {
	const levels = "▁▂▃▄▅▆▇█"
	most := 1
	for _, n := range counts {
		most = max(most, n)
	}
	shape := []rune(levels)
	var b strings.Builder
	for _, n := range counts {
		b.WriteRune(shape[n*(len(shape)-1)/most])
	}
	return b.String()
}

// tornadoWidth is how many columns the widest bar may take.
const tornadoWidth = 30

// printTornado draws a bar for each variable, from the value with the variable
// low to that with it high, all on one scale; ┼ marks the expected value.
func printTornado(w io.Writer, e *value.Estimate) {
	if len(e.Sensitivity) == 0 {
		return
	}
	heading := "What moves it"
	if e.Sensitivity[0].Assumed {
		heading += ", each a tenth up and down"
	}
	fmt.Fprintln(w, "\n"+heading)
	low, high := e.Expected, e.Expected
	for _, s := range e.Sensitivity {
		low, high = min(low, s.ValueLow, s.ValueHigh), max(high, s.ValueLow, s.ValueHigh)
	}
	rows := make([][]string, 0, len(e.Sensitivity))
	for _, s := range e.Sensitivity {
		rows = append(rows, []string{
			s.Name, value.Between(s.Low, s.High, s.Unit),
			bar(s, e.Expected, low, high), value.Between(s.ValueLow, s.ValueHigh, e.Unit),
		})
	}
	columns(w, rows)
}

func bar(s value.Effect, expected, low, high float64) string {
	place := func(x float64) int {
		if high == low {
			return 0
		}
		return int(math.Round((x - low) / (high - low) * (tornadoWidth - 1)))
	}
	cells := []rune(strings.Repeat(" ", tornadoWidth))
	from, to := place(min(s.ValueLow, s.ValueHigh)), place(max(s.ValueLow, s.ValueHigh))
	for i := from; i <= to; i++ {
		cells[i] = '━'
	}
	cells[place(expected)] = '┼'
	return string(cells)
}

func printBreakEven(w io.Writer, e *value.Estimate) {
	if len(e.BreakEven) == 0 {
		return
	}
	what := "it"
	if period := e.Costs.Period; period != "" {
		what = value.PerOne(period)
	}
	fmt.Fprintf(w, "\nWhere %s breaks even, each alone\n", what)
	for _, b := range e.BreakEven {
		fmt.Fprintf(w, "  %s\n", line(b.Words))
	}
}

func printCosts(w io.Writer, e *value.Estimate) {
	if len(e.Costs.Items) == 0 {
		return
	}
	fmt.Fprintln(w, "\nAfter costs")
	var rows [][]string
	for _, c := range e.Costs.Items {
		label := c.Label
		if label == "" {
			label = c.Name
		}
		rows = append(rows, []string{label, c.String()})
	}
	columns(w, rows)
	fmt.Fprintf(w, "  Left: %s", value.Amount(e.Net, e.Unit))
	if e.NetSpread.SD > 0 {
		loss := "no sample is a loss"
		if e.ProbabilityOfLoss > 0 {
			loss = value.Amount(e.ProbabilityOfLoss, "%") + " of samples are a loss"
		}
		fmt.Fprintf(w, ", in 8 of 10 cases between %s and %s; %s", value.Short(e.NetSpread.P10, e.Unit), value.Amount(e.NetSpread.P90, e.Unit), loss)
	}
	fmt.Fprintln(w, ".")
	switch {
	case e.Costs.Period == "":
	case e.PaybackMonths == nil:
		fmt.Fprintln(w, "  It never pays back.")
	case e.Costs.Once > 0:
		fmt.Fprintf(w, "  It pays back after %s months.\n", value.FormatNumber(math.Ceil(*e.PaybackMonths*10)/10))
	}
}

func (c *cli) printScenarios(w io.Writer, e *value.Estimate) {
	if len(e.Scenarios) == 0 {
		return
	}
	fmt.Fprintln(w)
	payback := func(months *float64) string {
		if months == nil {
			return "never"
		}
		return value.FormatNumber(math.Ceil(*months*10)/10) + " months"
	}
	rows := [][]string{{"(as above)", value.Amount(e.Expected, e.Unit), value.Short(e.P10, e.Unit), value.Short(e.P90, e.Unit), value.Amount(e.Net, e.Unit), payback(e.PaybackMonths)}}
	for _, s := range e.Scenarios {
		rows = append(rows, []string{s.Name, value.Amount(s.Expected, e.Unit), value.Short(s.P10, e.Unit), value.Short(s.P90, e.Unit), value.Amount(s.Net, e.Unit), payback(s.PaybackMonths)})
	}
	if e.Costs.Period == "" {
		for i := range rows {
			rows[i] = rows[i][:5]
		}
		c.table(w, "SCENARIO,EXPECTED,P10,P90,AFTER COSTS", rows)
		return
	}
	c.table(w, "SCENARIO,EXPECTED,P10,P90,AFTER COSTS,PAYS BACK", rows)
}
