package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"reflect"
	"strings"

	"github.com/spf13/pflag"

	"github.com/imtriage/imtriage/catalog/yamlpos"
	"github.com/imtriage/imtriage/cmd/imtriage/internal/alert"
)

// configFile is read from the working directory.
const configFile = ".imtriage.yaml"

// A config is what .imtriage.yaml may hold: defaults for the flags of the same names, and where
// alerts go.
type config struct {
	Format          []string `yaml:"format"`
	Lang            string   `yaml:"lang"`
	FailOn          []string `yaml:"fail-on"`
	NoFailOn        []string `yaml:"no-fail-on"`
	FailCount       string   `yaml:"fail-count"`
	GateExit        string   `yaml:"gate-exit"`
	Catalog         []string `yaml:"catalog"`
	Rules           []string `yaml:"rules"`
	Env             string   `yaml:"env"`
	Extractors      []string `yaml:"extractors"`
	NoRedact        string   `yaml:"no-redact"`
	Reveal          []string `yaml:"reveal"`
	Redact          []string `yaml:"redact"`
	TZ              string   `yaml:"tz"`
	Date            string   `yaml:"date"`
	HostFrom        string   `yaml:"host-from"`
	XlogKey         []string `yaml:"xlog-key"`
	Encoding        string   `yaml:"encoding"`
	MaxDepth        string   `yaml:"max-depth"`
	MaxRatio        string   `yaml:"max-ratio"`
	MaxBytes        string   `yaml:"max-bytes"`
	MaxMembers      string   `yaml:"max-members"`
	Jobs            string   `yaml:"jobs"`
	Samples         string   `yaml:"samples"`
	Progress        string   `yaml:"progress"`
	AllowIncomplete string   `yaml:"allow-incomplete"`

	Alerts *alert.Config `yaml:"alerts"` // no flag: see alerts.go
}

// readConfig reads the config file; one that is not there says nothing.
func readConfig() (c config, doc *yamlpos.Doc, err error) {
	doc = &yamlpos.Doc{}
	data, err := os.ReadFile(configFile)
	switch {
	case err == nil:
		doc, err = yamlpos.Decode(configFile, data, &c)
	case errors.Is(err, fs.ErrNotExist):
		err = nil
	}
	return c, doc, invalid(err)
}

// configure gives the flags that were not typed the value of IMTRIAGE_NAME or of the config file,
// and returns where the others come from.
func (a *app) configure(flags *pflag.FlagSet) (origins map[string]string, err error) {
	origins = map[string]string{}
	c, doc, err := readConfig()
	if err != nil {
		return nil, err
	}
	inFile := c.values()
	var errs []error
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Changed || f.Name == "help" {
			return
		}
		name := "IMTRIAGE_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
		// A variable that is set to nothing is none, but for a gate, which it would open unnoticed.
		if v, ok := a.env(name); ok && (v != "" || f.Value.Type() == new(conditions).Type()) {
			origins[f.Name] = name
			if err := flags.Set(f.Name, v); err != nil {
				errs = append(errs, fmt.Errorf("%s: %w", name, err))
			}
			return
		}
		for _, v := range inFile[f.Name] {
			origins[f.Name] = configFile
			if err := flags.Set(f.Name, v); err != nil {
				errs = append(errs, doc.Errorf(f.Name, "%v", err))
			}
		}
	})
	return origins, invalid(errors.Join(errs...))
}

// values returns the settings by flag name.
func (c *config) values() map[string][]string {
	out := map[string][]string{}
	v := reflect.ValueOf(*c)
	for i := range v.NumField() {
		name := v.Type().Field(i).Tag.Get("yaml")
		switch f := v.Field(i).Interface().(type) {
		case string:
			if f != "" {
				out[name] = []string{f}
			}
		case []string:
			out[name] = f
		}
	}
	return out
}
