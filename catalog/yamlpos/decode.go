package yamlpos

import (
	"encoding"
	"reflect"
	"regexp"
	"strconv"
	"time"

	"gopkg.in/yaml.v3"
)

var (
	textType     = reflect.TypeFor[encoding.TextUnmarshaler]()
	durationType = reflect.TypeFor[time.Duration]()
	nodeType     = reflect.TypeFor[Node]()
)

// value decodes a node that check has seen; what check refused is passed over.
func (d *decoder) value(n *yaml.Node, v reflect.Value, at *step) {
	if n.Kind == yaml.AliasNode || n.Kind == yaml.ScalarNode && n.Tag == "!!null" {
		return
	}
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			v.Set(reflect.New(v.Type().Elem()))
		}
		d.value(n, v.Elem(), at)
		return
	}
	if v.CanAddr() && v.Addr().Type().Implements(shaperType) {
		d.shaped(n, v.Addr().Interface().(Shaper), at)
		return
	}
	if v.Type() == nodeType {
		v.Set(reflect.ValueOf(d.node(n, at)))
		return
	}
	if v.CanAddr() && v.Addr().Type().Implements(textType) {
		if d.want(n, yaml.ScalarNode, "a text", at) {
			if err := v.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(n.Value)); err != nil {
				d.fail(n, at, "%v", err)
			}
		}
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		if d.want(n, yaml.MappingNode, "a mapping", at) {
			d.fields(n, v, at)
		}
	case reflect.Slice:
		if d.want(n, yaml.SequenceNode, "a list", at) {
			list := reflect.MakeSlice(v.Type(), len(n.Content), len(n.Content))
			for i, c := range n.Content {
				d.value(c, list.Index(i), at.index(i))
			}
			v.Set(list)
		}
	case reflect.Map:
		if d.want(n, yaml.MappingNode, "a mapping", at) {
			d.entries(n, v, at)
		}
	default:
		d.scalar(n, v, at)
	}
}

// want refuses a node of another kind.
func (d *decoder) want(n *yaml.Node, k yaml.Kind, name string, at *step) bool {
	if n.Kind != k {
		d.fail(n, at, "want %s, got %s", name, kind(n))
	}
	return n.Kind == k
}

// entries decodes a mapping with free keys.
func (d *decoder) entries(n *yaml.Node, v reflect.Value, at *step) {
	if v.Type().Key().Kind() != reflect.String {
		d.fail(n, at, "cannot decode into %s", v.Type())
		return
	}
	if v.IsNil() {
		v.Set(reflect.MakeMapWithSize(v.Type(), len(n.Content)/2))
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Kind != yaml.ScalarNode {
			continue
		}
		sub := at.field(n.Content[i].Value)
		key := reflect.New(v.Type().Key()).Elem()
		if key.Addr().Type().Implements(textType) {
			d.value(n.Content[i], key, sub)
		} else {
			key.SetString(n.Content[i].Value)
		}
		elem := reflect.New(v.Type().Elem()).Elem()
		d.value(n.Content[i+1], elem, sub)
		v.SetMapIndex(key, elem)
	}
}

var (
	decimal = regexp.MustCompile(`^-?(0|[1-9][0-9]*)$`)
	float   = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$`)
)

// scalar decodes text, numbers and truth values.
func (d *decoder) scalar(n *yaml.Node, v reflect.Value, at *step) {
	plain := plainStyle(n)
	var want string
	var err error
	switch {
	case n.Kind != yaml.ScalarNode:
		d.fail(n, at, "want %s, got %s", scalarName(v.Type()), kind(n))
		return
	case v.Kind() == reflect.String:
		v.SetString(n.Value)
	case v.Type() == durationType:
		var t time.Duration
		if t, err = time.ParseDuration(n.Value); err != nil {
			want = scalarName(v.Type())
		}
		v.SetInt(int64(t))
	case v.Kind() == reflect.Bool:
		if want = scalarName(v.Type()); plain && (n.Value == "true" || n.Value == "false") {
			want = ""
			v.SetBool(n.Value == "true")
		}
	case v.CanInt(), v.CanUint():
		if want = scalarName(v.Type()); plain && decimal.MatchString(n.Value) {
			want, err = "", setInt(v, n.Value)
		}
	case v.CanFloat():
		if want = scalarName(v.Type()); plain && float.MatchString(n.Value) {
			want = ""
			var f float64
			if f, err = strconv.ParseFloat(n.Value, v.Type().Bits()); err == nil {
				v.SetFloat(f)
			}
		}
	default:
		d.fail(n, at, "cannot decode into %s", v.Type())
		return
	}
	switch {
	case want != "" && !plain:
		d.fail(n, at, "want %s, got the text %s", want, kind(n))
	case want != "":
		d.fail(n, at, "want %s, got %s", want, kind(n))
	case err != nil:
		d.fail(n, at, "%s is out of range", shorten(n.Value))
	}
}

// plainStyle reports whether a scalar stands without quotes and not as a block.
func plainStyle(n *yaml.Node) bool {
	return n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) == 0
}

// setInt sets an integer of any size.
func setInt(v reflect.Value, text string) error {
	if v.CanUint() {
		u, err := strconv.ParseUint(text, 10, v.Type().Bits())
		if err == nil {
			v.SetUint(u)
		}
		return err
	}
	i, err := strconv.ParseInt(text, 10, v.Type().Bits())
	if err == nil {
		v.SetInt(i)
	}
	return err
}

// scalarName names what a type takes.
func scalarName(t reflect.Type) string {
	switch {
	case t == durationType:
		return "a duration such as 90s or 5m"
	case t.Kind() == reflect.String:
		return "a text"
	case t.Kind() == reflect.Bool:
		return "true or false"
	case t.Kind() == reflect.Float32, t.Kind() == reflect.Float64:
		return "a number"
	}
	return "a whole decimal number"
}
