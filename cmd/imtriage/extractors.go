package main

import "github.com/spf13/cobra"

func (a *app) extractorsCommand() *cobra.Command {
	return &cobra.Command{Use: "extractors", GroupID: groupMaintain}
}
