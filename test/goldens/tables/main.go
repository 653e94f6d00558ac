// Golden outputs of tab-separated text and of tables, by the libraries that kubectl is built with.
//
//	go run . < inputs.json > goldens.json
package main

import (
	"bytes"
	"encoding/json"
	"os"

	"github.com/liggitt/tabwriter"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/cli-runtime/pkg/printers"
)

type options struct {
	NoHeaders     bool     `json:"noHeaders,omitempty"`
	Wide          bool     `json:"wide,omitempty"`
	ShowLabels    bool     `json:"showLabels,omitempty"`
	ColumnLabels  []string `json:"columnLabels,omitempty"`
	WithNamespace bool     `json:"withNamespace,omitempty"`
	Kind          string   `json:"kind,omitempty"`
	Group         string   `json:"group,omitempty"`
}

type tableRow struct {
	Options options `json:"options"`
	Events  []string `json:"events,omitempty"`
	// Parts are printed one after another and flushed as a watch does.
	Parts []json.RawMessage `json:"parts"`
	Text  string            `json:"text"`
}

type tabRow struct {
	// Parts are written one after another and flushed after each.
	Parts    []string `json:"parts"`
	MinWidth int      `json:"minWidth"`
	TabWidth int      `json:"tabWidth"`
	Padding  int      `json:"padding"`
	PadWith  string   `json:"padWith"`
	Remember bool     `json:"remember"`
	Text     string   `json:"text"`
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func printTabs(row *tabRow) {
	var flags uint
	if row.Remember {
		flags = tabwriter.RememberWidths
	}
	var out bytes.Buffer
	w := tabwriter.NewWriter(&out, row.MinWidth, row.TabWidth, row.Padding, row.PadWith[0], flags)
	for _, part := range row.Parts {
		_, err := w.Write([]byte(part))
		check(err)
		check(w.Flush())
	}
	row.Text = out.String()
}

// decodeTable does what kubectl's TablePrinter does with a server's answer.
func decodeTable(raw []byte) *metav1.Table {
	object := &unstructured.Unstructured{}
	check(object.UnmarshalJSON(raw))
	table := &metav1.Table{}
	check(runtime.DefaultUnstructuredConverter.FromUnstructured(object.Object, table))
	for i := range table.Rows {
		row := &table.Rows[i]
		if row.Object.Raw == nil {
			continue
		}
		converted, err := runtime.Decode(unstructured.UnstructuredJSONScheme, row.Object.Raw)
		check(err)
		row.Object.Object = converted
	}
	return table
}

func printTables(row *tableRow) {
	o := row.Options
	var out bytes.Buffer
	w := printers.GetNewTabWriter(&out)
	printer := printers.NewTablePrinter(printers.PrintOptions{
		NoHeaders: o.NoHeaders, Wide: o.Wide, ShowLabels: o.ShowLabels, ColumnLabels: o.ColumnLabels,
		WithNamespace: o.WithNamespace, WithKind: o.Kind != "", Kind: schema.GroupKind{Group: o.Group, Kind: o.Kind},
	})
	for i, raw := range row.Parts {
		var object runtime.Object = decodeTable(raw)
		if i < len(row.Events) {
			object = &metav1.WatchEvent{Type: row.Events[i], Object: runtime.RawExtension{Object: object}}
		}
		check(printer.PrintObj(object, w))
		check(w.Flush())
	}
	row.Text = out.String()
}

func main() {
	var rows struct {
		Tabs   []*tabRow   `json:"tabs"`
		Tables []*tableRow `json:"tables"`
	}
	check(json.NewDecoder(os.Stdin).Decode(&rows))
	for _, row := range rows.Tabs {
		printTabs(row)
	}
	for _, row := range rows.Tables {
		printTables(row)
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	check(encoder.Encode(rows))
}
