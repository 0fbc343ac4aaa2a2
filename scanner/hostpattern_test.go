package scanner_test

import (
	"strings"
	"testing"

	"github.com/imtriage/imtriage/scanner"
)

func TestHostPattern(t *testing.T) {
	for _, tc := range []struct{ pattern, name, want string }{
		{"{host}/*.log", "/var/logs/web1/app.log", "web1"},
		{"{host}/*.log", "web1/app.log", "web1"},
		{"{host}/*.log", "app.log", ""},
		{"{host}/*.log", "web1/app.txt", ""},
		{"logs/{host}/**", "/srv/logs/web-1.example/a/b.log", "web-1.example"},
		{"logs/{host}/**/x.log", "logs/h/x.log", "h"},
		{"app-{host}.log", "a/app-web1.log", "web1"},
		{"app-{host}.log", "a/myapp-web1.log", ""},
		{"{host}-??.log", "a/web-01.log", "web"},
		{"{host}/*.log", "all.zip!web2/app.log", "web2"},
		{"主机{host}/*", "主机一号/a", "一号"},
	} {
		p, err := scanner.NewHostPattern(tc.pattern)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.Host(tc.name); got != tc.want {
			t.Errorf("%s of %s is %q, want %q", tc.pattern, tc.name, got, tc.want)
		}
	}
	for _, bad := range []string{"", "*.log", "{host}/{host}"} {
		if _, err := scanner.NewHostPattern(bad); err == nil || !strings.Contains(err.Error(), "{host}") {
			t.Errorf("error of %q is %v, want one that names {host}", bad, err)
		}
	}
}
