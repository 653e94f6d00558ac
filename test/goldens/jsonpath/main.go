// Writes golden.json: what client-go's jsonpath gives for every row of cases.json.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"

	utiljson "k8s.io/apimachinery/pkg/util/json"
	"k8s.io/client-go/util/jsonpath"
	"k8s.io/kubectl/pkg/cmd/get"
)

type row struct {
	Data     string `json:"data"`
	Template string `json:"template"`
	Strict   bool   `json:"strict,omitempty"`
	JSON     bool   `json:"json,omitempty"`
	// Times runs the same parsed template again.
	Times int `json:"times,omitempty"`
}

type golden struct {
	Output string `json:"output,omitempty"`
	Parse  string `json:"parse,omitempty"`
	Exec   string `json:"exec,omitempty"`
}

type relaxed struct {
	Output string `json:"output,omitempty"`
	Error  string `json:"error,omitempty"`
}

func main() {
	var cases struct {
		Data    map[string]json.RawMessage `json:"data"`
		Rows    []row                      `json:"rows"`
		Relaxed []string                   `json:"relaxed"`
		Dumps   []string                   `json:"dumps"`
	}
	raw, err := os.ReadFile("cases.json")
	check(err)
	check(json.Unmarshal(raw, &cases))
	load := func(name string) interface{} {
		var out interface{}
		if cases.Data[name][0] == '{' {
			m := map[string]interface{}{}
			check(utiljson.Unmarshal(cases.Data[name], &m))
			return m
		}
		check(utiljson.Unmarshal(cases.Data[name], &out))
		return out
	}
	var out struct {
		Rows    []golden  `json:"rows"`
		Relaxed []relaxed `json:"relaxed"`
		Dumps   []string  `json:"dumps"`
	}
	for _, r := range cases.Rows {
		out.Rows = append(out.Rows, run(r, load(r.Data)))
	}
	for _, path := range cases.Relaxed {
		text, err := get.RelaxedJSONPathExpression(path)
		g := relaxed{Output: text}
		if err != nil {
			g.Error = err.Error()
		}
		out.Relaxed = append(out.Relaxed, g)
	}
	for _, name := range cases.Dumps {
		out.Dumps = append(out.Dumps, fmt.Sprintf("%#v", load(name)))
	}
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	check(enc.Encode(out))
	check(os.WriteFile("golden.json", buf.Bytes(), 0o644))
}

func run(r row, data interface{}) (g golden) {
	defer func() {
		if p := recover(); p != nil {
			g = golden{Exec: fmt.Sprint(p)}
		}
	}()
	j := jsonpath.New("out")
	if err := j.Parse(r.Template); err != nil {
		return golden{Parse: err.Error()}
	}
	j.AllowMissingKeys(!r.Strict)
	j.EnableJSONOutput(r.JSON)
	var buf bytes.Buffer
	for i := 0; i <= r.Times; i++ {
		if err := j.Execute(&buf, data); err != nil {
			return golden{Exec: err.Error()}
		}
	}
	return golden{Output: buf.String()}
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
