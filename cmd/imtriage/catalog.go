package main

import "github.com/spf13/cobra"

func (a *app) catalogCommand() *cobra.Command {
	return &cobra.Command{Use: "catalog", GroupID: groupMaintain}
}
