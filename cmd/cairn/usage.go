package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"cairn/core/fault"
)

// takes checks the number of arguments and names what is missing. A name in
// brackets may be left out; one that ends in … may come several times.
func takes(names ...string) cobra.PositionalArgs {
	required := 0
	for _, n := range names {
		if !strings.HasPrefix(n, "[") {
			required++
		}
	}
	open := len(names) > 0 && strings.HasSuffix(names[len(names)-1], "…")
	return func(cmd *cobra.Command, args []string) error {
		hint := "Usage: " + cmd.UseLine() + "."
		if len(args) < required {
			return usage(fmt.Sprintf("`%s` needs %s.", cmd.CommandPath(), names[len(args)]), hint)
		}
		if len(args) > len(names) && !open {
			return usage(fmt.Sprintf("`%s` does not know what to do with %q.", cmd.CommandPath(), clip(args[len(names)])), hint)
		}
		return nil
	}
}

func unknownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	hint := "See `" + cmd.CommandPath() + " --help`."
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		hint = "Did you mean `" + cmd.CommandPath() + " " + near[0] + "`?"
	}
	return usage(fmt.Sprintf("There is no command `%s %s`.", cmd.CommandPath(), clip(args[0])), hint)
}

// flagError words what is wrong with a flag.
func (c *cli) flagError(cmd *cobra.Command, err error) error {
	if errors.Is(err, pflag.ErrHelp) {
		return err
	}
	c.json = c.json || c.asksForJSON() // it may stand behind the faulty one
	hint := "See `" + cmd.CommandPath() + " --help`."
	message := clip(err.Error()) + "."
	if unknown, ok := errors.AsType[*pflag.NotExistError](err); ok {
		message = fmt.Sprintf("There is no flag --%s.", clip(unknown.GetSpecifiedName()))
		if short := unknown.GetSpecifiedShortnames(); short != "" {
			message = fmt.Sprintf("There is no flag -%s.", clip(short))
			hint = "Write -- before a value that starts with a dash; see `" + cmd.CommandPath() + " --help`."
		}
	}
	if missing, ok := errors.AsType[*pflag.ValueRequiredError](err); ok {
		message = fmt.Sprintf("The flag --%s needs a value.", missing.GetFlag().Name)
	}
	if wrong, ok := errors.AsType[*pflag.InvalidValueError](err); ok {
		message = fmt.Sprintf("The flag --%s can't be %q.", wrong.GetFlag().Name, clip(wrong.GetValue()))
	}
	if wrong, ok := errors.AsType[*pflag.InvalidSyntaxError](err); ok {
		message = fmt.Sprintf("%q is no flag.", clip(wrong.GetSpecifiedFlag()))
	}
	return fault.Wrap(err, fault.Invalid, message, hint)
}

// clip shortens an argument for a message.
func clip(text string) string {
	const most = 40
	if r := []rune(text); len(r) > most {
		return string(r[:most]) + "…"
	}
	return text
}
