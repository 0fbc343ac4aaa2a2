//go:build unix

package main

import (
	"path/filepath"
	"strings"
)

// A tool is one side: a command of the shell, the program it needs, and whether it reads a piece of the log alone.
type tool struct {
	name, needs, shell string
	piece              bool
}

// quote makes one word of the shell.
func quote(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

// pattern is what people search for: one that finds the codes of most lines, and other numbers too.
const pattern = `(error|err|result)?_?code["']? ?[:=：,(] ?-?[0-9]+|错误码：-?[0-9]+|PlatformException\(-?[0-9]+`

// grouped is for lnav what `rg | sort | uniq -c` is: texts that match, and how often. Lines that are in no format
// which it knows belong to the message above them, so that they are searched too.
var grouped = ";SELECT content, count(*) AS n FROM all_logs, regexp_capture(log_body, '(?i)" + strings.ReplaceAll(pattern, "'", "''") +
	"') WHERE capture_index = 0 GROUP BY content"

// tools are the two sides; {} stands for the log.
func (b *bench) tools() []tool {
	p := quote(pattern)
	return []tool{
		{name: "imtriage", shell: b.binary + " scan --progress=never -f json=" + filepath.Join(b.dir, "report.json") + " {}"},
		{name: "imtriage, 1 worker", shell: b.binary + " scan --jobs 1 --progress=never -f json=" + filepath.Join(b.dir, "report.json") + " {}"},
		{name: "wc -l", shell: "wc -l {}"},
		{name: "rg -c", needs: "rg", shell: "rg -i -c " + p + " {}"},
		{name: "rg -i -o", needs: "rg", shell: "rg -i -o " + p + " {}"},
		{name: "rg -i -o | sort | uniq -c", needs: "rg", shell: "rg -i -o " + p + " {} | sort | uniq -c"},
		{name: "grep -ciE", shell: "grep -ciE " + p + " {}"},
		// Without -a it takes Chinese for binary there.
		{name: "LC_ALL=C grep -a -oiE", shell: "LC_ALL=C grep -a -oiE " + p + " {}"},
		// With a home of its own, so that neither its settings nor ours change the other.
		{name: "lnav, GROUP BY", needs: "lnav", piece: true, shell: "HOME=" + quote(b.dir) + " lnav -n -c " + quote(grouped) + " {}"},
	}
}
