//go:build outside

package follow

import (
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"
)

// The real logrotate on a log that is written to all the time, by a daemon that reopens it late.
func TestLogrotate(t *testing.T) {
	program, err := exec.LookPath("logrotate")
	if err != nil {
		t.Fatalf("this test wants logrotate: %v", err)
	}
	for _, tc := range []struct {
		name, how string
		reopens   bool
	}{
		{"create", "create\nrotate 5", true},
		{"nocreate", "nocreate\nrotate 5", true},
		{"dated", "create\ndateext\ndateformat -%Y%m%d-NUMBER\nrotate 50", true},
		{"compressed", "create\nrotate 20\ncompress\ndelaycompress", true},
		{"copytruncate", "copytruncate\nrotate 5", false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r := run(t, Options{FromStart: true, Settle: 200 * time.Millisecond, Grace: time.Second}, "*.log")
			conf, state := r.path("rotate.conf"), r.path("rotate.state")
			w := r.open("app.log", os.O_APPEND)
			for i := range 8 {
				r.put(w, r.rig.lines(2000))
				if !tc.reopens {
					r.await(len(r.want)) // what is written between the copy and the truncation nobody can have
				}
				how := strings.ReplaceAll(tc.how, "NUMBER", strconv.Itoa(i))
				r.ok(os.WriteFile(conf, fmt.Appendf(nil, "%q {\nsu root root\n%s\n}\n", r.path("app.log"), how), 0o600))
				out, err := exec.CommandContext(t.Context(), program, "-f", "-s", state, conf).CombinedOutput()
				if err != nil {
					t.Fatalf("logrotate: %v\n%s", err, out)
				}
				if tc.reopens {
					r.put(w, r.rig.lines(100)) // late
					w = r.open("app.log", os.O_APPEND)
				}
				r.put(w, r.rig.lines(i))
				r.await(len(r.want))
			}
			r.end()
		})
	}
}
