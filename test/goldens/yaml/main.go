// Golden outputs of the text formats, by the libraries that kubectl is built with.
//
//	go run . < inputs.json > goldens.json
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	utiljson "k8s.io/apimachinery/pkg/util/json"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
	"sigs.k8s.io/yaml/kyaml"
)

type inputs struct {
	Emit  []json.RawMessage `json:"emit"`
	Read  []string          `json:"read"`
	JSON  []string          `json:"json"`
	KYAML []json.RawMessage `json:"kyaml"`
}

type emitRow struct {
	Input json.RawMessage `json:"input"`
	YAML  string          `json:"yaml"`
	JSON  string          `json:"json"`
}

type readRow struct {
	Input     string   `json:"input"`
	Documents []string `json:"documents"`
	Error     string   `json:"error,omitempty"`
	Strict    string   `json:"strict,omitempty"`
}

type jsonRow struct {
	Input string `json:"input"`
	Value string `json:"value,omitempty"`
	Error string `json:"error,omitempty"`
}

type kyamlRow struct {
	Input json.RawMessage `json:"input"`
	KYAML string          `json:"kyaml"`
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

// decode gives numbers the types that unstructured objects have.
func decode(raw []byte) interface{} {
	var value interface{}
	check(utiljson.Unmarshal(raw, &value))
	return value
}

func emit(raw json.RawMessage) emitRow {
	value := decode(raw)
	text, err := yaml.Marshal(value)
	check(err)
	data, err := json.MarshalIndent(value, "", "    ")
	check(err)
	return emitRow{raw, string(text), string(data)}
}

func read(text string) readRow {
	row := readRow{Input: text, Documents: []string{}}
	decoder := utilyaml.NewYAMLOrJSONDecoder(strings.NewReader(text), 4096)
	for len(row.Documents) < 20 {
		ext := runtime.RawExtension{}
		err := decoder.Decode(&ext)
		if err == io.EOF {
			break
		}
		if err != nil {
			row.Error = err.Error()
			break
		}
		row.Documents = append(row.Documents, string(bytes.TrimSpace(ext.Raw)))
	}
	if !utilyaml.IsJSONBuffer([]byte(text)) {
		if _, err := yaml.YAMLToJSONStrict([]byte(text)); err != nil {
			row.Strict = err.Error()
		}
	}
	return row
}

func readJSON(text string) jsonRow {
	var value interface{}
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		return jsonRow{Input: text, Error: err.Error()}
	}
	data, err := json.Marshal(value)
	check(err)
	return jsonRow{Input: text, Value: string(data)}
}

func emitKYAML(raw json.RawMessage) kyamlRow {
	object := &unstructured.Unstructured{Object: decode(raw).(map[string]interface{})}
	var out bytes.Buffer
	encoder := kyaml.Encoder{}
	check(encoder.FromObject(object, &out))
	return kyamlRow{raw, out.String()}
}

func main() {
	var in inputs
	check(json.NewDecoder(os.Stdin).Decode(&in))
	var out struct {
		Emit  []emitRow  `json:"emit"`
		Read  []readRow  `json:"read"`
		JSON  []jsonRow  `json:"json"`
		KYAML []kyamlRow `json:"kyaml"`
	}
	for _, raw := range in.Emit {
		out.Emit = append(out.Emit, emit(raw))
	}
	for _, text := range in.Read {
		out.Read = append(out.Read, read(text))
	}
	for _, text := range in.JSON {
		out.JSON = append(out.JSON, readJSON(text))
	}
	for _, raw := range in.KYAML {
		out.KYAML = append(out.KYAML, emitKYAML(raw))
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	if err := encoder.Encode(out); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
