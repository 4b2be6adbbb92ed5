package main

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"cairn/app"
	"cairn/core/thread"
	"cairn/core/value"
)

func (c *cli) threadCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "thread PROJECT",
		Short: "Follow what was agreed to what it is worth",
		Long: "Shows the thread of a project: each requirement that can be measured, the key metrics that serve it,\n" +
			"the variables of the value model that these are, and what that is worth. A key metric that serves no\n" +
			"such requirement has a line of its own. The most money comes first: that at stake when a requirement\n" +
			"is missed by a tenth.",
		Example:               "  cairn thread Churn\n  cairn thread Churn --json",
		DisableFlagsInUseLine: true,
		Args:                  takes("PROJECT"),
		ValidArgsFunction:     noFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			th, err := ask(cmd.Context(), c, "Looking", app.ShowThread, app.ThreadRequest{Project: args[0]})
			if err != nil {
				return err
			}
			return c.print(th, func(w io.Writer) { c.printThread(w, th.Strands) })
		},
	}
}

func (c *cli) printThread(w io.Writer, strands []thread.Strand) {
	if len(strands) == 0 {
		fmt.Fprintf(w, "No thread yet. %s Make one with `cairn doc create requirement`.\n", gateHelp)
		return
	}
	rows := make([][]string, len(strands))
	for i, s := range strands {
		requirement, demand := "–", ""
		if r := s.Requirement; r != nil {
			requirement, demand = cmp.Or(r.Title, r.ID.String()), r.Demand
		}
		worth := "–"
		if s.Worth != nil {
			worth = value.Amount(s.Worth.Value, s.Worth.Unit)
		}
		rows[i] = []string{requirement, demand, orDash(measures(s)), orDash(quantities(s)), worth, linkNote(s)}
	}
	c.table(w, "REQUIREMENT,ASKS FOR,KEY METRICS,VALUE MODEL,WORTH,", rows)
	printStakes(w, strands)
}

func orDash(text string) string { return cmp.Or(text, "–") }

func measures(s thread.Strand) string {
	words := make([]string, len(s.Metrics))
	for i, m := range s.Metrics {
		words[i] = cmp.Or(m.Name, m.ID.String())
	}
	return strings.Join(words, ", ")
}

func quantities(s thread.Strand) string {
	words := make([]string, len(s.Variables))
	for i, q := range s.Variables {
		words[i] = q.Name
		if q.Value != nil {
			words[i] += " = " + value.Amount(*q.Value, q.Unit)
		}
	}
	return strings.Join(words, ", ")
}

// linkNote says in a few words what is wrong with a strand; that it ends early is
// seen.
func linkNote(s thread.Strand) string {
	var notes []string
	if r := s.Requirement; r != nil && len(r.Disputed) > 0 {
		notes = append(notes, parts(r.Disputed)+" disputed")
	}
	for _, link := range []struct {
		state thread.LinkState
		name  string
	}{{s.States.Requirement, "requirement"}, {s.States.Metric, "key metric"}, {s.States.Value, "value model"}} {
		told := link.name == "requirement" && link.state == thread.LinkDisputed
		if !told && (link.state == thread.LinkDisputed || link.state == thread.LinkBroken) {
			notes = append(notes, link.name+" "+string(link.state))
		}
	}
	return strings.Join(notes, ", ")
}

// printStakes writes what requirements are worth, and why a value model has no
// numbers.
func printStakes(w io.Writer, strands []thread.Strand) {
	var lines []string
	problems := map[string]bool{}
	for _, s := range strands {
		if s.Worth != nil && s.Worth.Stake != nil {
			lines = append(lines, fmt.Sprintf("%s: %s", cell(cmp.Or(s.Requirement.Title, s.Requirement.ID.String())), line(strings.Join(s.Worth.Stake.Sentences, " "))))
		}
	}
	for _, s := range strands {
		if s.Problem != "" && !problems[s.Problem] {
			problems[s.Problem] = true
			lines = append(lines, "The value model can't be worked out: "+line(s.Problem))
		}
	}
	if len(lines) > 0 {
		fmt.Fprintf(w, "\n%s\n", strings.Join(lines, "\n"))
	}
}
