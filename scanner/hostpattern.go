package scanner

import (
	"fmt"
	"regexp"
	"strings"
)

// A HostPattern reads the host that wrote a log from the log's name.
type HostPattern struct{ re *regexp.Regexp }

// hostMark stands for the host in a pattern.
const hostMark = "{host}"

// NewHostPattern compiles a pattern such as {host}/*.log, app-{host}.log or logs/{host}/**. It is held against the end
// of a name, from the beginning of a part of it: * and {host} match within one part, ** over parts, ? one
// character. Members of archives are parts too.
func NewHostPattern(pattern string) (*HostPattern, error) {
	if strings.Count(pattern, hostMark) != 1 {
		return nil, fmt.Errorf("%q does not name %s once, as {host}/*.log does", pattern, hostMark)
	}
	var re strings.Builder
	re.WriteString(`(?:^|/)`)
	for rest := pattern; rest != ""; {
		for _, p := range []struct{ glob, re string }{
			{hostMark, `([^/]+?)`}, {"**/", `(?:.*/)?`}, {"**", `.*`}, {"*", `[^/]*`}, {"?", `[^/]`}, {rest[:1], regexp.QuoteMeta(rest[:1])},
		} {
			if after, ok := strings.CutPrefix(rest, p.glob); ok {
				re.WriteString(p.re)
				rest = after
				break
			}
		}
	}
	re.WriteString(`$`)
	c, err := regexp.Compile(re.String())
	if err != nil {
		return nil, fmt.Errorf("%q: %w", pattern, err)
	}
	return &HostPattern{c}, nil
}

// Host returns the host in the name of an input, or "". Of a nil pattern it is always "".
func (p *HostPattern) Host(name string) string {
	if p == nil {
		return ""
	}
	m := p.re.FindStringSubmatch(strings.ReplaceAll(name, "!", "/"))
	if m == nil {
		return ""
	}
	return m[1]
}
