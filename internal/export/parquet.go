package export

import (
	"bufio"
	"cmp"
	"slices"

	"github.com/parquet-go/parquet-go"
)

// Schema names the version of the tables: columns may be added, those there are stay.
const Schema = "rapporteur/export@1"

// The bounds of what is held before it is written. A row group is a unit of
// reading, too: those of DuckDB and pandas are about as large.
const (
	groupRows  = 100_000  // rows of a row group
	groupBytes = 64 << 20 // bytes of its values, before compression
	batchRows  = 64       // rows that are handed over together
	batchBytes = 1 << 20  // bytes of their values
	dictBytes  = 1 << 20  // bytes of the dictionary of a column, after which its values stand for themselves
)

// parquetWriter writes Apache Parquet: optional columns of plain types, lists of three
// levels as the specification wants them, zstd. Nothing in the file tells when, where or
// by which build it was written.
type parquetWriter struct {
	w       *parquet.GenericWriter[any]
	columns []column
	rows    []parquet.Row // the batch
	n       int           // rows in it
	bytes   []byte        // the strings that the batch holds
	group   int           // rows in the row group
	size    int           // bytes in the row group
}

func newParquet(w *bufio.Writer, name string, columns []column) (*parquetWriter, error) {
	options := []parquet.WriterOption{
		schema(name, columns),
		parquet.Compression(&parquet.Zstd),
		parquet.DataPageVersion(1), // which every reader knows
		parquet.DictionaryMaxBytes(dictBytes),
		parquet.CreatedBy("rapporteur", "1", "export"),
		parquet.KeyValueMetadata("rapporteur.schema", Schema),
		parquet.KeyValueMetadata("rapporteur.table", name),
	}
	for i := range columns {
		if columns[i].long {
			options = append(options, parquet.SkipPageBounds(columns[i].name), parquet.SkipPageStatistics(columns[i].name))
		}
	}
	config, err := parquet.NewWriterConfig(options...)
	if err != nil {
		return nil, err
	}
	return &parquetWriter{w: parquet.NewGenericWriter[any](w, config), columns: columns, rows: make([]parquet.Row, batchRows)}, nil
}

func (p *parquetWriter) write(cells []cell) error {
	row := p.rows[p.n][:0]
	for i := range cells {
		row = p.append(row, i, &cells[i])
	}
	p.rows[p.n] = row
	p.n++
	p.group++
	if p.n == len(p.rows) || len(p.bytes) >= batchBytes || p.group >= groupRows {
		return p.hand()
	}
	return nil
}

// hand hands the batch to the writer, and ends the row group when it is full.
func (p *parquetWriter) hand() error {
	if _, err := p.w.WriteRows(p.rows[:p.n]); err != nil {
		return err
	}
	p.size += len(p.bytes)
	p.n, p.bytes = 0, p.bytes[:0]
	if p.group < groupRows && p.size < groupBytes {
		return nil
	}
	p.group, p.size = 0, 0
	return p.w.Flush()
}

func (p *parquetWriter) close() error {
	if err := p.hand(); err != nil {
		return err
	}
	return p.w.Close()
}

// append appends the values of the column at: one, or one for each item of a
// list, whose repetition level is 0 for the first and 1 for the others. Definition levels
// count what is there: the value of a column that may be null; the item of a list, and
// the value of an item that may be null.
func (p *parquetWriter) append(row parquet.Row, at int, c *cell) parquet.Row {
	switch p.columns[at].kind {
	case textLists:
		return items(row, at, c.texts, p.string)
	case wholeLists:
		return items(row, at, c.wholes, parquet.Int64Value)
	case realLists:
		return items(row, at, c.reals, parquet.DoubleValue)
	}
	defined := 1
	if p.columns[at].never {
		defined = 0
	}
	if !c.known && defined == 1 {
		return append(row, parquet.NullValue().Level(0, 0, at))
	}
	var v parquet.Value
	switch p.columns[at].kind {
	case texts:
		v = p.value(c.text)
	case reals:
		v = parquet.DoubleValue(c.real)
	default:
		v = parquet.Int64Value(c.whole)
	}
	return append(row, v.Level(0, defined, at))
}

func items[T comparable](row parquet.Row, at int, list []T, value func(T) parquet.Value) parquet.Row {
	if len(list) == 0 {
		return append(row, parquet.NullValue().Level(0, 0, at))
	}
	for i, item := range list {
		v, repeated := value(item), min(i, 1)
		switch {
		case v.IsNull():
			v = v.Level(repeated, 1, at)
		case v.Kind() == parquet.ByteArray:
			v = v.Level(repeated, 2, at)
		default:
			v = v.Level(repeated, 1, at)
		}
		row = append(row, v)
	}
	return row
}

// string is the value of an item of a list of strings.
func (p *parquetWriter) string(s string) parquet.Value {
	if s == "" {
		return parquet.NullValue()
	}
	return p.value(s)
}

// value is s as a value, which holds until the batch is handed over.
func (p *parquetWriter) value(s string) parquet.Value {
	from := len(p.bytes)
	p.bytes = append(p.bytes, s...)
	return parquet.ByteArrayValue(p.bytes[from:len(p.bytes):len(p.bytes)])
}

func schema(name string, columns []column) *parquet.Schema {
	root := ordered{Group: parquet.Group{}, at: map[string]int{}}
	for i := range columns {
		root.Group[columns[i].name] = node(&columns[i])
		root.at[columns[i].name] = i
	}
	return parquet.NewSchema(name, root)
}

func node(c *column) parquet.Node {
	var n parquet.Node
	switch c.kind {
	case texts, textLists:
		n = parquet.String()
		if c.few {
			n = parquet.Encoded(n, &parquet.RLEDictionary)
		}
	case wholes, wholeLists:
		n = parquet.Leaf(parquet.Int64Type)
	case reals, realLists:
		n = parquet.Leaf(parquet.DoubleType)
	case moments:
		n = parquet.Timestamp(parquet.Microsecond) // adjusted to UTC
	}
	switch {
	case c.kind == textLists:
		return parquet.List(parquet.Optional(n))
	case c.kind == wholeLists || c.kind == realLists:
		return parquet.List(n)
	case c.never:
		return n
	}
	return parquet.Optional(n)
}

// ordered is a group whose fields stand in the order of the table, and not of the alphabet.
type ordered struct {
	parquet.Group

	at map[string]int
}

// Fields is the columns in their order.
func (o ordered) Fields() []parquet.Field {
	fields := o.Group.Fields()
	slices.SortFunc(fields, func(a, b parquet.Field) int { return cmp.Compare(o.at[a.Name()], o.at[b.Name()]) })
	return fields
}
