// Explains the schemas of input.json with kubectl's own renderers (for OpenAPI v3, and for v2) and writes results.json and results-v2.json. Run it in this folder: go run .
package main

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"

	openapi_v2 "github.com/google/gnostic-models/openapiv2"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/openapi"
	"k8s.io/kube-openapi/pkg/util/proto"
	explainV2 "k8s.io/kubectl/pkg/explain"
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

// As the server's OpenAPI v2 document has definitions: references stand beside descriptions, and numbers or texts are texts.
func older(node any) any {
	switch node := node.(type) {
	case []any:
		for i := range node {
			node[i] = older(node[i])
		}
	case map[string]any:
		for key, value := range node {
			node[key] = older(value)
		}
		if ref, ok := node["$ref"].(string); ok {
			node["$ref"] = "#/definitions/" + ref
			delete(node, "default")
		}
		if _, ok := node["oneOf"]; ok {
			delete(node, "oneOf")
			node["type"] = "string"
		}
	}
	return node
}

func explainOlder(definitions map[string]any, path []string, recursive bool) result {
	data, err := json.Marshal(map[string]any{
		"swagger": "2.0", "info": map[string]any{"title": "x", "version": "1"}, "paths": map[string]any{}, "definitions": definitions,
	})
	if err != nil {
		panic(err)
	}
	document, err := openapi_v2.ParseDocument(data)
	if err != nil {
		panic(err)
	}
	models, err := proto.NewOpenAPIData(document)
	if err != nil {
		panic(err)
	}
	var out bytes.Buffer
	gvk := schema.GroupVersionKind{Group: "x.io", Version: "v1", Kind: "Widget"}
	if err := explainV2.PrintModelDescription(path, &out, models.LookupModel("io.x.v1.Widget"), gvk, recursive); err != nil {
		return result{out.String(), err.Error()}
	}
	return result{out.String(), ""}
}

func copyOf(value any) any {
	data, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	var out any
	if err := json.Unmarshal(data, &out); err != nil {
		panic(err)
	}
	return out
}

func write(name string, results []result) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "")
	if err := encoder.Encode(results); err != nil {
		panic(err)
	}
	if err := os.WriteFile(name, out.Bytes(), 0o644); err != nil {
		panic(err)
	}
}

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
	definitions := map[string]any{}
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
		definitions[name] = older(copyOf(definition))
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
	var results, olderResults []result
	for _, run := range in.Runs {
		var out bytes.Buffer
		var r result
		err := explain.PrintModelDescription(run.Path, &out, document(doc), schema.GroupVersionResource{Group: "x.io", Version: "v1", Resource: "widgets"}, run.Recursive, "plaintext")
		r.Output = out.String()
		if err != nil {
			r.Error = err.Error()
		}
		results = append(results, r)
		olderResults = append(olderResults, explainOlder(definitions, run.Path, run.Recursive))
	}
	write("results.json", results)
	write("results-v2.json", olderResults)
}
