package alert

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
)

// maxSecret bounds a secret, in bytes.
const maxSecret = 8 << 10

var envName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// secret returns what a reference names; ok is false if that is a fault, which is recorded. A fault
// never repeats what stands in the file: it may be the secret itself.
func (l *loader) secret(path, ref string) (value string, ok bool) {
	value, err := l.resolve(ref)
	if err == nil && value == "" {
		err = errors.New(strings.SplitN(ref, ":", 2)[0] + ": it is empty")
	}
	if err == nil && strings.ContainsFunc(value, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		err = errors.New("the secret has control characters or more than one line")
	}
	if err != nil {
		l.fail(path, "%v", err)
		return "", false
	}
	return value, true
}

func (l *loader) resolve(ref string) (string, error) {
	if name, ok := strings.CutPrefix(ref, "env:"); ok {
		if !envName.MatchString(name) {
			return "", errors.New("want env: and the name of a variable, such as env:WEBHOOK_URL")
		}
		if l.options.Env != nil {
			if v, ok := l.options.Env(name); ok && v != "" {
				return strings.TrimSpace(v), nil
			}
		}
		return "", fmt.Errorf("the variable %s is not set", name)
	}
	if name, ok := strings.CutPrefix(ref, "file:"); ok {
		if name == "" || l.options.ReadFile == nil {
			return "", errors.New("want file: and a path, such as file:/etc/imtriage/webhook-url")
		}
		data, err := l.options.ReadFile(name)
		if pathErr := (*fs.PathError)(nil); errors.As(err, &pathErr) {
			err = pathErr.Err
		}
		switch {
		case err != nil:
			return "", fmt.Errorf("read %s: %w", name, err)
		case len(data) > maxSecret:
			return "", fmt.Errorf("read %s: larger than %d bytes, that is no secret", name, maxSecret)
		}
		return strings.TrimSpace(string(data)), nil
	}
	return "", errors.New("a secret must not stand in this file: want env:NAME or file:PATH, and if it was shared, replace it at its origin")
}
