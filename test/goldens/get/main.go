// Writes golden.json: what kubectl's custom-columns printer and its --sort-by give for every row of cases.json.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/kubectl/pkg/cmd/get"
)

type columns struct {
	Data      []string `json:"data"`
	Spec      string   `json:"spec,omitempty"`
	File      *string  `json:"file,omitempty"`
	NoHeaders bool     `json:"noHeaders,omitempty"`
}

type sorting struct {
	Keys []json.RawMessage `json:"keys"`
	By   string            `json:"by"`
}

type golden struct {
	Output string `json:"output,omitempty"`
	Error  string `json:"error,omitempty"`
}

type sorted struct {
	Objects    []int  `json:"objects,omitempty"`
	ObjectsErr string `json:"objectsError,omitempty"`
	Rows       []int  `json:"rows,omitempty"`
	RowsErr    string `json:"rowsError,omitempty"`
}

func main() {
	var cases struct {
		Data    map[string]json.RawMessage `json:"data"`
		Columns []columns                  `json:"columns"`
		Sorting []sorting                  `json:"sorting"`
	}
	raw, err := os.ReadFile("cases.json")
	check(err)
	check(json.Unmarshal(raw, &cases))
	if len(os.Args) == 3 {
		i, err := strconv.Atoi(os.Args[2])
		check(err)
		child(os.Args[1], cases.Sorting[i])
		return
	}
	var out struct {
		Columns []golden `json:"columns"`
		Sorting []sorted `json:"sorting"`
	}
	for _, c := range cases.Columns {
		out.Columns = append(out.Columns, print(c, cases.Data))
	}
	for i := range cases.Sorting {
		var g sorted
		g.Objects, g.ObjectsErr = parent("objects", i)
		g.Rows, g.RowsErr = parent("rows", i)
		out.Sorting = append(out.Sorting, g)
	}
	var buf bytes.Buffer
	buf.WriteString("{\n\"columns\": [\n")
	write(&buf, out.Columns)
	buf.WriteString("],\n\"sorting\": [\n")
	write(&buf, out.Sorting)
	buf.WriteString("]\n}\n")
	check(os.WriteFile("golden.json", buf.Bytes(), 0o644))
}

// write puts one row on a line.
func write[T any](buf *bytes.Buffer, rows []T) {
	for i, row := range rows {
		text, err := json.Marshal(row)
		check(err)
		buf.Write(text)
		if i < len(rows)-1 {
			buf.WriteByte(',')
		}
		buf.WriteByte('\n')
	}
}

func print(c columns, data map[string]json.RawMessage) golden {
	var p *get.CustomColumnsPrinter
	var err error
	if c.File != nil {
		p, err = get.NewCustomColumnsPrinterFromTemplate(strings.NewReader(*c.File), nil)
	} else {
		p, err = get.NewCustomColumnsPrinterFromSpec(c.Spec, nil, c.NoHeaders)
	}
	if err != nil {
		return golden{Error: err.Error()}
	}
	var buf bytes.Buffer
	for _, name := range c.Data {
		obj, err := runtime.Decode(unstructured.UnstructuredJSONScheme, data[name])
		check(err)
		if err := p.PrintObj(obj, &buf); err != nil {
			return golden{Output: buf.String(), Error: err.Error()}
		}
	}
	return golden{Output: buf.String()}
}

// parent sorts in a process of its own: klog may end it. The text then is the status and the first line without klog's header.
func parent(what string, i int) ([]int, string) {
	var stderr bytes.Buffer
	cmd := exec.Command(os.Args[0], what, strconv.Itoa(i))
	cmd.Stderr = &stderr
	stdout, err := cmd.Output()
	if ended, ok := err.(*exec.ExitError); ok {
		line, _, _ := strings.Cut(stderr.String(), "\n")
		_, line, _ = strings.Cut(line, " sorter.go:")
		return nil, fmt.Sprintf("exit %d: %s", ended.ExitCode(), line)
	}
	check(err)
	var answer struct {
		Order []int
		Error string
	}
	check(json.Unmarshal(stdout, &answer))
	return answer.Order, answer.Error
}

func child(what string, s sorting) {
	sort := objects
	if what == "rows" {
		sort = rows
	}
	order, err := sort(s)
	answer := map[string]any{"Order": order}
	if err != nil {
		answer["Error"] = err.Error()
	}
	check(json.NewEncoder(os.Stdout).Encode(answer))
}

func load(s sorting) []*unstructured.Unstructured {
	var out []*unstructured.Unstructured
	for i, key := range s.Keys {
		m := fmt.Sprintf(`{"kind":"T","i":%d,"k":%s}`, i, key)
		if string(key) == `"absent"` {
			m = fmt.Sprintf(`{"kind":"T","i":%d}`, i)
		}
		obj, err := runtime.Decode(unstructured.UnstructuredJSONScheme, []byte(m))
		check(err)
		out = append(out, obj.(*unstructured.Unstructured))
	}
	return out
}

func index(obj runtime.Object) int {
	return int(obj.(*unstructured.Unstructured).Object["i"].(int64))
}

// objects takes the way of `kubectl get -o json`.
func objects(s sorting) ([]int, error) {
	list := &unstructured.UnstructuredList{Object: map[string]interface{}{"kind": "List"}}
	for _, o := range load(s) {
		list.Items = append(list.Items, *o)
	}
	var order []int
	record := delegate(func(obj runtime.Object) {
		for _, o := range obj.(*unstructured.UnstructuredList).Items {
			order = append(order, index(&o))
		}
	})
	p := &get.SortingPrinter{SortField: s.By, Delegate: record}
	err := p.PrintObj(list, nil)
	return order, err
}

// rows takes the way of `kubectl get` with one table, which its RuntimeSorter does not know for one: the printer sorts it.
func rows(s sorting) ([]int, error) {
	table := &metav1.Table{}
	for _, o := range load(s) {
		table.Rows = append(table.Rows, metav1.TableRow{Object: runtime.RawExtension{Object: o}})
	}
	var order []int
	record := delegate(func(obj runtime.Object) {
		for _, row := range obj.(*metav1.Table).Rows {
			order = append(order, index(row.Object.Object))
		}
	})
	p := &get.SortingPrinter{SortField: s.By, Delegate: record}
	if err := p.PrintObj(table, nil); err != nil {
		return nil, err
	}
	return order, nil
}

type delegate func(runtime.Object)

func (d delegate) PrintObj(obj runtime.Object, _ io.Writer) error {
	d(obj)
	return nil
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
