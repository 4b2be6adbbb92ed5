package main

import (
	"cmp"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"cairn/app"
)

func (c *cli) deviceCommand() *cobra.Command {
	return group("device", "See the devices of the workspace, name them and remove them",
		"  cairn device list\n  cairn device rename RVD2A7Y \"Ada's laptop\"\n  cairn device remove RVD2A7Y",
		c.deviceList(), c.deviceRename(), c.deviceRemove())
}

func (c *cli) deviceList() *cobra.Command {
	var req app.ListDevicesRequest
	cmd := &cobra.Command{
		Use:                   "list [--removed]",
		Short:                 "List the devices of all members",
		Example:               "  cairn device list\n  cairn device list --removed --json",
		DisableFlagsInUseLine: true,
		Args:                  takes(),
		ValidArgsFunction:     noFiles,
		RunE: func(cmd *cobra.Command, _ []string) error {
			list, err := ask(cmd.Context(), c, "Looking", app.ListDevices, req)
			if err != nil {
				return err
			}
			return c.print(list, func(w io.Writer) { c.printDevices(w, list) })
		},
	}
	cmd.Flags().BoolVar(&req.Removed, "removed", false, "those that were removed too")
	return cmd
}

// deviceDigits is how much of a device's ID a table shows: its first group.
const deviceDigits = 7

func (c *cli) printDevices(w io.Writer, list []app.Machine) {
	var rows [][]string
	for _, d := range list {
		state := ""
		switch {
		case d.Removed:
			state = "removed"
		case d.This:
			state = "this one"
		}
		rows = append(rows, []string{d.Device.String()[:deviceDigits], d.Name, d.Owner, clock(d.Added), state})
	}
	c.table(w, "DEVICE,NAME,OWNER,ADDED,", rows)
}

func (c *cli) deviceRename() *cobra.Command {
	return &cobra.Command{
		Use:   "rename DEVICE NAME",
		Short: "Name a device, for people to tell it from others",
		Long: "Names a device. DEVICE is its ID, the first digits of it, the name that it has, or the word\n" +
			"this for the one at hand.",
		Example:               "  cairn device rename this \"Ada's laptop\"",
		DisableFlagsInUseLine: true,
		Args:                  takes("DEVICE", "NAME"),
		ValidArgsFunction:     noFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			d, err := ask(cmd.Context(), c, "Writing", app.RenameDevice, app.RenameDeviceRequest{Device: args[0], Name: args[1]})
			if err != nil {
				return err
			}
			return c.print(d, func(w io.Writer) {
				fmt.Fprintf(w, "%s is called %s now.\n", d.Device.String()[:deviceDigits], line(d.Name))
			})
		},
	}
}

func (c *cli) deviceRemove() *cobra.Command {
	return &cobra.Command{
		Use:   "remove DEVICE",
		Short: "Remove a device that was lost, or is not in use any more",
		Long: "Removes a device, named by its ID, the first digits of it or its name. What was written on it and\n" +
			"this device has stays; what is written on it from now on counts nowhere, and it can no longer see\n" +
			"new work. Everybody may remove devices of their own, but for the one at hand; others take an\n" +
			"administrator.",
		Example:               "  cairn device remove RVD2A7Y\n  cairn device remove \"Ada's old laptop\"",
		DisableFlagsInUseLine: true,
		Args:                  takes("DEVICE"),
		ValidArgsFunction:     noFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			d, err := ask(cmd.Context(), c, "Writing", app.RemoveDevice, app.DeviceRequest{Device: args[0]})
			if err != nil {
				return err
			}
			return c.print(d, func(w io.Writer) {
				name := cmp.Or(line(d.Name), d.Device.String()[:deviceDigits])
				fmt.Fprintf(w, "%s of %s is removed.\n", name, line(d.Owner))
			})
		},
	}
}
