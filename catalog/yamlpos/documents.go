package yamlpos

import "reflect"

// DecodeAll decodes the documents in data, which lines of --- separate, each into a value of its
// own. Documents without content are passed over. What [Decode] says holds for each of them; the
// positions count from the beginning of the file. There are as many Docs as values.
func DecodeAll[T any](file string, data []byte) ([]T, []*Doc, error) {
	roots, err := parseAll(data, MaxDocuments)
	if err != nil {
		err.File = file
		return nil, nil, Errors{*err}
	}
	var values []T
	var docs []*Doc
	d := &decoder{layouts: make(map[reflect.Type]*layout)}
	lines := lineCount(data)
	for _, root := range roots {
		if isNull(root) {
			continue
		}
		keepInside(root, root, lines)
		d.doc = &Doc{file: file, root: root}
		var v T
		if d.check(root, nil, 1) {
			d.value(root, reflect.ValueOf(&v).Elem(), nil)
		}
		values, docs = append(values, v), append(docs, d.doc)
	}
	if len(values) == 0 {
		empty := emptyFile()
		empty.File = file
		return nil, nil, Errors{*empty}
	}
	return values, docs, d.errs.Err()
}
