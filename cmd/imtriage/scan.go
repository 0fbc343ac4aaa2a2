package main

import "github.com/spf13/cobra"

func (a *app) scanCommand() *cobra.Command {
	o := &options{}
	cmd := &cobra.Command{
		Use:     "scan [PATH|GLOB|DIR|-]…",
		GroupID: groupTriage,
		Short:   "read logs and report what is wrong and what to do",
		Long: `scan reads files, globs, folders and standard input (-), and reports every Tencent Cloud IM error
code in them. Text in UTF-8, UTF-16 and GB18030, gzip, zstd, bzip2, xz, zip and tar, in each other
too, are told by their content; the member of an archive is an input of its own: logs.zip!b/c.log.

Exit codes: 0 clean · 1 the gate (--fail-on) was reached · 2 usage · 3 a named input is missing,
unreadable or damaged, so that "no errors" cannot be claimed · 130 interrupted.`,
		Example: `  imtriage scan /var/log/app
  zcat app.log.gz | imtriage scan -
  imtriage scan --fail-on fatal --fail-on topic:auth ci.log
  imtriage scan --lang zh -f table -f json=report.json logs/`,
		RunE: func(cmd *cobra.Command, args []string) error {
			origins, err := a.configure(cmd.Flags())
			if err != nil {
				return err
			}
			if len(args) == 0 {
				return usage("imtriage scan . reads this folder, imtriage scan - standard input", "what shall be scanned? no path is given")
			}
			p, err := a.plan(o)
			if err != nil {
				return err
			}
			if o.printPlan {
				return a.printPlan(cmd.Flags(), origins, p.inputs.Expand(args))
			}
			return a.batch(cmd.Context(), o, p, args)
		},
	}
	o.flags(cmd.Flags(), a.defaultLang())
	cmd.Flags().BoolVar(&o.allowIncomplete, "allow-incomplete", false, "exit 0 although an input is missing, unreadable or damaged")
	return cmd
}
