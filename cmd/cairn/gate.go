package main

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"cairn/app"
	"cairn/core/thread"
)

func (c *cli) gateCommand() *cobra.Command {
	return group("gate", "Hold what was measured to what was agreed",
		"  cairn gate list Churn\n  cairn gate evaluate Churn --metric recall=0.83 --metric latency_p99=90",
		c.gateList(), c.gateEvaluate())
}

const gateHelp = "A requirement that names a metric, a comparison and a threshold is a gate."

func (c *cli) gateList() *cobra.Command {
	return &cobra.Command{
		Use:   "list PROJECT",
		Short: "List the gates of a project",
		Long: gateHelp + "\n" +
			"Lists the gates of a project, and what its other requirements lack to be one.",
		Example:               "  cairn gate list Churn",
		DisableFlagsInUseLine: true,
		Args:                  takes("PROJECT"),
		ValidArgsFunction:     noFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			gates, err := ask(cmd.Context(), c, "Looking", app.ListGates, app.GatesRequest{Project: args[0]})
			if err != nil {
				return err
			}
			return c.print(gates, func(w io.Writer) { c.printGates(w, gates) })
		},
	}
}

func (c *cli) gateEvaluate() *cobra.Command {
	var words []string
	cmd := &cobra.Command{
		Use:   "evaluate PROJECT [--metric NAME=VALUE]…",
		Short: "Tell whether measured values pass the gates of a project",
		Long: gateHelp + "\n" +
			"Holds measured values to the gates of a project. Exit status 3 when one is closed; without data\n" +
			"a gate is closed.\n\n" +
			"A value is a number: a share of 78 % is 0.78 or 78%, and passes a threshold of 75 with the unit %.\n" +
			"NaN and infinities are no data. The name of a metric may be written in any case.",
		Example:               "  cairn gate evaluate Churn --metric recall=0.83 --metric latency_p99=90\n  cairn gate evaluate Churn --metric recall=83% --json",
		DisableFlagsInUseLine: true,
		Args:                  takes("PROJECT"),
		ValidArgsFunction:     noFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			measured, err := thread.ParseMeasured(words)
			if err != nil {
				return err
			}
			verdict, err := ask(cmd.Context(), c, "Evaluating", app.EvaluateGates, app.EvaluateGatesRequest{Project: args[0], Measured: orNull(measured)})
			if err != nil {
				return err
			}
			if err := c.print(verdict, func(w io.Writer) { printVerdict(w, verdict) }); err != nil {
				return err
			}
			if !verdict.Open {
				return errNo
			}
			return nil
		},
	}
	cmd.Flags().StringArrayVar(&words, "metric", nil, "a measured value, `NAME=VALUE`; may be given several times")
	must(cmd.RegisterFlagCompletionFunc("metric", noFiles))
	return cmd
}

// orNull is measured values as JSON can carry them.
func orNull(measured map[string]float64) map[string]*float64 {
	out := make(map[string]*float64, len(measured))
	for name, value := range measured {
		out[name] = &value
		if math.IsNaN(value) || math.IsInf(value, 0) {
			out[name] = nil
		}
	}
	return out
}

func (c *cli) printGates(w io.Writer, list app.GateList) {
	var rows [][]string
	for _, g := range list.Gates {
		rows = append(rows, []string{gateTitle(g), g.Demand, g.Owner, gateNote(g)})
	}
	if len(rows) == 0 {
		fmt.Fprintf(w, "No gates yet. %s Make one with `cairn doc create requirement`.\n", gateHelp)
	} else {
		c.table(w, "REQUIREMENT,ASKS FOR,OWNER,", rows)
	}
	printRest(w, list.Gates, list.NoGates, list.Notes)
}

// gateTitle returns what to call a gate, also one that nobody has named.
func gateTitle(g app.Gate) string { return cmp.Or(g.Title, g.Demand, g.Requirement.String()) }

// gateNote says in a word or two what keeps a gate from being plain.
func gateNote(g app.Gate) string {
	switch {
	case g.Unread:
		return "update Cairn to read it"
	case len(g.Disputed) > 0:
		return parts(g.Disputed) + " disputed"
	default:
		return ""
	}
}

func parts(all []thread.Part) string {
	words := make([]string, len(all))
	for i, part := range all {
		words[i] = string(part)
	}
	return strings.Join(words, ", ")
}

func printVerdict(w io.Writer, v app.GateVerdict) {
	passed := 0
	for _, g := range v.Gates {
		if g.State == thread.Pass {
			passed++
		}
		fmt.Fprintf(w, "%-8s %s\n%-8s %s\n", stateWord(g.State), cell(gateTitle(g)), "", line(g.Sentence))
	}
	if len(v.Gates) > 0 {
		fmt.Fprintln(w)
	}
	switch n := len(v.Gates); {
	case n == 0:
		fmt.Fprintln(w, "Open: there are no gates, since nothing that was agreed can be measured.")
	case v.Open:
		fmt.Fprintf(w, "Open: %d of %s passed.\n", passed, count(n, "gate"))
	default:
		fmt.Fprintf(w, "Closed: %d of %s passed.\n", passed, count(n, "gate"))
	}
	printRest(w, v.Gates, v.NoGates, v.Notes)
}

func stateWord(s thread.State) string { return strings.ReplaceAll(string(s), "_", " ") }

// printRest writes what is no gate, what may be a mistake, and what to do about
// a dispute.
func printRest(w io.Writer, gates []app.Gate, noGates []app.NoGate, notes []string) {
	if len(noGates) > 0 {
		fmt.Fprintln(w, "\nNot measurable:")
	}
	for _, r := range noGates {
		fmt.Fprintf(w, "  %s (lacks %s)\n", cell(cmp.Or(r.Title, r.Requirement.String())), parts(r.Missing))
	}
	if slices.ContainsFunc(gates, func(g app.Gate) bool { return len(g.Disputed) > 0 }) {
		notes = append(slices.Clip(notes), "`cairn doc conflicts` shows what is disputed, `cairn doc resolve` settles it.")
	}
	if len(notes) > 0 {
		fmt.Fprintln(w)
	}
	for _, note := range notes {
		fmt.Fprintf(w, "Note: %s\n", line(note))
	}
}
