package main

import "github.com/spf13/cobra"

func (a *app) redactCommand() *cobra.Command {
	return &cobra.Command{Use: "redact", GroupID: groupMaintain}
}
