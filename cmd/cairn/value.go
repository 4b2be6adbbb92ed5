package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"cairn/app"
	"cairn/app/api/node"
	"cairn/core/fault"
	"cairn/core/value"
)

func (c *cli) valueCommand() *cobra.Command {
	return group("value", "Estimate what a model is worth",
		"  cairn value estimate --template churn --set accuracy=0.6..0.8..0.9\n  cairn value save --project Churn --template churn",
		c.valueEstimate(), c.valueSave(), c.valueTemplates())
}

// modelFlags say which value model a command works on.
type modelFlags struct {
	template, file, project, name string
	set                           []string
}

func (f *modelFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.template, "template", "", "a model that Cairn comes with; `cairn value templates` lists them")
	flags.StringVar(&f.file, "file", "", "a model in YAML, - for standard input")
	flags.StringVar(&f.name, "name", "", "the name of the model")
	must(cmd.RegisterFlagCompletionFunc("template", completeTemplate))
	flags.StringArrayVar(&f.set, "set", nil, "another number for a variable or cost: NAME=VALUE, NAME=LOW..HIGH or NAME=LOW..MODE..HIGH")
}

func completeTemplate(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	names, err := app.ValueTemplates()
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

const modelHelp = "A number is written 0.8, 80% or 1,000. A range LOW..HIGH is uniform and LOW..MODE..HIGH triangular,\n" +
	"unless a distribution follows: '0.6..0.8..0.9 pert', '800..1300 normal', '800..1300 lognormal'. Of\n" +
	"the last two, low and high are what the number stays below in one and in nine of ten cases.\n\n" +
	"A model in a file:\n\n" +
	"  name: Churn\n" +
	"  unit: USD/month\n" +
	"  formula: churners * accuracy * retained * price\n" +
	"  variables:\n" +
	"    - {name: churners, label: Customers who leave a month, unit: 1/month, value: 1000}\n" +
	"    - {name: accuracy, unit: \"%\", low: 0.6, mode: 0.8, high: 0.9}\n" +
	"    - {name: retained, unit: \"%\", value: 0.5}\n" +
	"    - {name: price, unit: USD, value: 8}\n" +
	"  costs:\n" +
	"    - {name: build, unit: USD, value: 15000}\n" +
	"    - {name: running, unit: USD/month, value: 900}\n" +
	"    - {name: retraining, unit: USD, value: 600, every: 3 months}\n" +
	"  scenarios:\n" +
	"    - {name: Weak model, set: {accuracy: 60%}}\n\n" +
	"Formulas know + - * / ^, comparisons, and, or, not, min(a, b), max(a, b), if(condition, this, that)."

func (c *cli) valueEstimate() *cobra.Command {
	var from modelFlags
	var o value.Options
	cmd := &cobra.Command{
		Use:   "estimate [--template T | --file F | --project P] [--set NAME=VALUE]…",
		Short: "Estimate what a model is worth, with the uncertainty it has",
		Long:  "Works a value model out: at the best guesses, in a simulation over the ranges, and after costs.\n\n" + modelHelp,
		Example: "  cairn value estimate --template churn --set accuracy=0.6..0.8..0.9\n" +
			"  cairn value estimate --file model.yaml --json\n  cairn value estimate --project Churn --samples 100000",
		DisableFlagsInUseLine: true,
		Args:                  takes(),
		ValidArgsFunction:     noFiles,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if o.Samples == 0 {
				return usage("A simulation needs samples.", "Give --samples a number such as 10000.")
			}
			m, err := c.valueModel(cmd.Context(), from)
			if err != nil {
				return err
			}
			plan, err := value.Check(m)
			if err != nil {
				return err
			}
			e, err := plan.Estimate(o)
			if err != nil {
				return err
			}
			return c.print(e, func(w io.Writer) { c.printEstimate(w, e) })
		},
	}
	from.add(cmd)
	flags := cmd.Flags()
	flags.StringVar(&from.project, "project", "", "the model of a project, by ID or name")
	flags.IntVar(&o.Samples, "samples", value.DefaultSamples, "how often to draw from the ranges")
	flags.Uint64Var(&o.Seed, "seed", 0, "the same seed gives the same draws")
	return cmd
}

func (c *cli) valueSave() *cobra.Command {
	var from modelFlags
	var project string
	cmd := &cobra.Command{
		Use:   "save --project P [--template T | --file F] [--name NAME] [--set NAME=VALUE]…",
		Short: "Keep a value model in a project",
		Long:  "Makes a value model of the project, or changes the one of the same name where it differs.\n\n" + modelHelp,
		Example: "  cairn value save --project Churn --template churn --set price=12\n" +
			"  cairn value save --project Churn --set accuracy=75%",
		DisableFlagsInUseLine: true,
		Args:                  takes(),
		ValidArgsFunction:     noFiles,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if project == "" {
				return usage("A value model belongs to a project.", "Name it with --project; `cairn project list` shows them.")
			}
			if from.template == "" && from.file == "" {
				from.project = project
			}
			m, err := c.valueModel(cmd.Context(), from)
			if err != nil {
				return err
			}
			if from.name != "" {
				m.Name = from.name
			}
			saved, err := ask(cmd.Context(), c, "Saving", app.SaveValueModel, app.SaveValueModelRequest{Project: project, Model: m})
			if err != nil {
				return err
			}
			return c.print(saved, func(w io.Writer) {
				fmt.Fprintf(w, "Saved the value model %s (%s).\n", line(saved.Model.Name), saved.ID)
			})
		},
	}
	from.add(cmd)
	cmd.Flags().StringVar(&project, "project", "", "the project it belongs to, by ID or name")
	return cmd
}

func (c *cli) valueTemplates() *cobra.Command {
	return &cobra.Command{
		Use:                   "templates",
		Short:                 "List the value models that Cairn comes with",
		Example:               "  cairn value templates",
		DisableFlagsInUseLine: true,
		Args:                  takes(),
		ValidArgsFunction:     noFiles,
		RunE: func(*cobra.Command, []string) error {
			names, err := app.ValueTemplates()
			if err != nil {
				return err
			}
			type template struct {
				ID      string `json:"id"`
				Name    string `json:"name"`
				Unit    string `json:"unit"`
				Formula string `json:"formula"`
				About   string `json:"about"`
			}
			var out []template
			var rows [][]string
			for _, name := range names {
				m, err := app.ValueTemplate(name)
				if err != nil {
					return err
				}
				out = append(out, template{name, m.Name, m.Unit, m.Formula, m.About})
				rows = append(rows, []string{name, m.Unit, m.Formula})
			}
			return c.print(out, func(w io.Writer) { c.table(w, "TEMPLATE,UNIT,FORMULA", rows) })
		},
	}
}

// defaultTemplate is the example for those who name no model.
const defaultTemplate = "churn"

// valueModel returns the model that the flags name, with what they set.
func (c *cli) valueModel(ctx context.Context, from modelFlags) (value.Model, error) {
	m, err := c.baseModel(ctx, from)
	if err != nil {
		return m, err
	}
	for _, s := range from.set {
		name, text, ok := strings.Cut(s, "=")
		if !ok {
			return m, usage(fmt.Sprintf("%q sets nothing.", clip(s)), "Write --set NAME=VALUE, for example --set accuracy=0.6..0.9.")
		}
		if m, err = m.Override(strings.TrimSpace(name), text); err != nil {
			return m, err
		}
	}
	return m, nil
}

func (c *cli) baseModel(ctx context.Context, from modelFlags) (value.Model, error) {
	given := 0
	for _, s := range []string{from.template, from.file, from.project} {
		if s != "" {
			given++
		}
	}
	switch {
	case given > 1:
		return value.Model{}, usage("A command works on one value model.", "Give one of --template, --file and --project.")
	case from.project != "":
		found, err := ask(ctx, c, "Reading the model", app.ShowValueModel, app.ValueModelRequest{Project: from.project, Name: from.name})
		return found.Model, err
	case from.file != "":
		return c.modelFile(from.file)
	case from.template != "":
		return app.ValueTemplate(from.template)
	default:
		return app.ValueTemplate(defaultTemplate)
	}
}

// modelFile reads a model from a file or standard input.
func (c *cli) modelFile(name string) (value.Model, error) {
	in := c.in
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return value.Model{}, fault.Wrap(err, fault.NotFound, "The file %s can't be read.", "Check its name and permissions.").With(clip(name))
		}
		defer f.Close() //nolint:errcheck // it was only read
		in = f
	}
	raw, err := io.ReadAll(io.LimitReader(in, value.MaxFileBytes+1))
	if err != nil {
		return value.Model{}, fault.Wrap(err, fault.Invalid, "The file %s can't be read.", "Name a file in YAML.").With(clip(name))
	}
	return value.ReadYAML(raw)
}

// caretWindow is how much of a long formula an error shows.
const caretWindow = 76

// explain prints the text that a problem is about, with the wrong part marked.
func (c *cli) explain(err error) {
	p, ok := errors.AsType[*value.Error](err)
	if !ok || p.Text == "" {
		return
	}
	text := []rune(replaceTricks(p.Text, "", ' '))
	offset, length := min(p.Offset, len(text)), p.Length
	if len(text) > caretWindow {
		from := max(0, min(offset-caretWindow/4, len(text)-caretWindow))
		cut := from+caretWindow < len(text)
		text, offset = slices.Clone(text[from:from+caretWindow]), offset-from
		if from > 0 {
			text[0] = '…'
		}
		if cut {
			text[caretWindow-1] = '…'
		}
	}
	length = max(1, min(length, len(text)-offset))
	before, marked := text[:offset], text[offset:min(offset+length, len(text))]
	fmt.Fprintf(c.err, "  in %s:\n  %s\n  %s%s\n", line(p.Where), string(text),
		strings.Repeat(" ", width(string(before))), strings.Repeat("^", max(1, width(string(marked)))))
}

// placedProblem is an error as --json prints it, with its place in the model.
type placedProblem struct {
	node.Problem
	Position *position `json:"position,omitempty"`
}

// position is a part of a formula or a number, in runes.
type position struct {
	Where  string `json:"where"`
	Text   string `json:"text"`
	Offset int    `json:"offset"`
	Length int    `json:"length"`
}

func problemOf(err error) placedProblem {
	out := placedProblem{Problem: node.ProblemOf(err)}
	out.Words = nil // the command line speaks English
	if p, ok := errors.AsType[*value.Error](err); ok {
		out.Position = &position{p.Where, p.Text, p.Offset, p.Length}
	}
	return out
}
