package yamlpos

import (
	"reflect"
	"strings"

	"gopkg.in/yaml.v3"
)

// A layout says which fields a struct type has for YAML.
type layout struct {
	names []string         // in order
	index map[string][]int // where they are, as reflect counts
}

// fields decodes a mapping into a struct.
func (d *decoder) fields(n *yaml.Node, v reflect.Value, at *step) {
	l := d.layouts[v.Type()]
	if l == nil {
		l = layoutOf(v.Type())
		d.layouts[v.Type()] = l
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		if key.Kind != yaml.ScalarNode || key.Tag == "!!null" || key.Tag == "!!merge" {
			continue
		}
		sub := at.field(key.Value)
		where, ok := l.index[key.Value]
		if !ok && len(d.errs) > maxErrors {
			continue // a guess costs more than all the rest
		}
		if !ok {
			d.fail(key, sub, "unknown field%s", suggest(key.Value, l.names))
			continue
		}
		d.value(n.Content[i+1], fieldAt(v, where), sub)
	}
}

// layoutOf returns the layout of a struct type.
func layoutOf(t reflect.Type) *layout {
	l := &layout{index: make(map[string][]int)}
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		inner := f.Type
		if inner.Kind() == reflect.Pointer {
			inner = inner.Elem()
		}
		inline := f.Anonymous && name == "" || options == "inline"
		switch {
		case name == "-" || !f.IsExported() && !f.Anonymous:
		case inline && inner.Kind() == reflect.Struct && (f.IsExported() || f.Type == inner):
			sub := layoutOf(inner)
			for _, s := range sub.names {
				l.names = append(l.names, s)
				l.index[s] = append([]int{i}, sub.index[s]...)
			}
		case f.IsExported():
			if name == "" {
				name = strings.ToLower(f.Name)
			}
			l.names = append(l.names, name)
			l.index[name] = []int{i}
		}
	}
	return l
}

// fieldAt returns a field, making the pointers on the way to it.
func fieldAt(v reflect.Value, index []int) reflect.Value {
	for _, i := range index {
		if v.Kind() == reflect.Pointer {
			if v.IsNil() {
				v.Set(reflect.New(v.Type().Elem()))
			}
			v = v.Elem()
		}
		v = v.Field(i)
	}
	return v
}
