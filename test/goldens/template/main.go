// Writes golden.json: what kubectl's go-template printer gives for every row of cases.json.
package main

import (
	"bytes"
	"encoding/json"
	"os"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	utiljson "k8s.io/apimachinery/pkg/util/json"
	"k8s.io/cli-runtime/pkg/printers"
)

type row struct {
	Data     string `json:"data"`
	Template string `json:"template"`
	Strict   bool   `json:"strict,omitempty"`
}

type golden struct {
	Output string `json:"output,omitempty"`
	Parse  string `json:"parse,omitempty"`
	Exec   string `json:"exec,omitempty"`
}

func main() {
	var cases struct {
		Data map[string]json.RawMessage `json:"data"`
		Rows []row                      `json:"rows"`
	}
	raw, err := os.ReadFile("cases.json")
	check(err)
	check(json.Unmarshal(raw, &cases))
	var out []golden
	for _, r := range cases.Rows {
		m := map[string]interface{}{}
		check(utiljson.Unmarshal(cases.Data[r.Data], &m))
		out = append(out, run(r, m))
	}
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	check(enc.Encode(out))
	check(os.WriteFile("golden.json", buf.Bytes(), 0o644))
}

func run(r row, data map[string]interface{}) golden {
	p, err := printers.NewGoTemplatePrinter([]byte(r.Template))
	if err != nil {
		return golden{Parse: err.Error()}
	}
	p.AllowMissingKeys(!r.Strict)
	var buf bytes.Buffer
	err = p.PrintObj(&unstructured.Unstructured{Object: data}, &buf)
	g := golden{Output: buf.String()}
	if err != nil {
		g.Exec = err.Error()
	}
	return g
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
