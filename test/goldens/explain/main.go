// Explains the schemas of input.json with kubectl's own renderer and writes results.json. Run it in this folder: go run .
package main

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"

	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/openapi"
	explain "k8s.io/kubectl/pkg/explain/v2"
)

type input struct {
	Definitions  map[string]map[string]any `json:"definitions"`
	Descriptions map[string]string         `json:"descriptions"`
	Runs         []struct {
		Path      []string `json:"path"`
		Recursive bool     `json:"recursive"`
	} `json:"runs"`
}

type result struct {
	Output string `json:"output"`
	Error  string `json:"error,omitempty"`
}

type document []byte

func (d document) Paths() (map[string]openapi.GroupVersion, error) {
	return map[string]openapi.GroupVersion{"apis/x.io/v1": d}, nil
}
func (d document) Schema(string) ([]byte, error) { return d, nil }
func (d document) ServerRelativeURL() string     { return "" }

// As the server writes references: those with siblings in an allOf.
func refs(node any) any {
	switch node := node.(type) {
	case []any:
		for i := range node {
			node[i] = refs(node[i])
		}
	case map[string]any:
		for key, value := range node {
			node[key] = refs(value)
		}
		if ref, ok := node["$ref"].(string); ok {
			if len(node) == 1 {
				node["$ref"] = "#/components/schemas/" + ref
			} else {
				delete(node, "$ref")
				node["allOf"] = []any{map[string]any{"$ref": "#/components/schemas/" + ref}}
			}
		}
	}
	return node
}

func main() {
	data, err := os.ReadFile("input.json")
	if err != nil {
		panic(err)
	}
	var in input
	if err := json.Unmarshal(data, &in); err != nil {
		panic(err)
	}
	schemas := map[string]any{}
	for name, definition := range in.Definitions {
		short := name[strings.LastIndex(name, ".")+1:]
		if text, ok := in.Descriptions[short]; ok {
			definition["description"] = text
		}
		if properties, ok := definition["properties"].(map[string]any); ok {
			for field, property := range properties {
				if text, ok := in.Descriptions[short+"."+field]; ok {
					property.(map[string]any)["description"] = text
				}
			}
		}
		schemas[name] = refs(definition)
	}
	doc, err := json.Marshal(map[string]any{
		"components": map[string]any{"schemas": schemas},
		"paths": map[string]any{"/apis/x.io/v1/widgets": map[string]any{"get": map[string]any{
			"x-kubernetes-group-version-kind": map[string]any{"group": "x.io", "kind": "Widget", "version": "v1"}}}},
	})
	if err != nil {
		panic(err)
	}
	var results []result
	for _, run := range in.Runs {
		var out bytes.Buffer
		var r result
		err := explain.PrintModelDescription(run.Path, &out, document(doc), schema.GroupVersionResource{Group: "x.io", Version: "v1", Resource: "widgets"}, run.Recursive, "plaintext")
		r.Output = out.String()
		if err != nil {
			r.Error = err.Error()
		}
		results = append(results, r)
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "")
	if err := encoder.Encode(results); err != nil {
		panic(err)
	}
	if err := os.WriteFile("results.json", out.Bytes(), 0o644); err != nil {
		panic(err)
	}
}
