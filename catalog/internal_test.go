package catalog

// Unposition returns the catalog as it comes out of its compiled form.
func Unposition(c *Catalog) (*Catalog, error) {
	data, err := c.MarshalBinary()
	if err != nil {
		return nil, err
	}
	return decodeCatalog(string(data))
}

// Official returns the catalog as if it were the embedded one.
func Official(c *Catalog) (*Catalog, error) {
	o, err := Unposition(c)
	if err == nil {
		o.official = true
	}
	return o, err
}
