// Decodes the bodies of cases.json as the API server does and writes results.json: the error, or the strict errors and the object as it comes back from
// storage. Run it in this folder: go run .
package main

import (
	"bytes"
	"encoding/json"
	"os"
	"reflect"
	"strings"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	serializer "k8s.io/apimachinery/pkg/runtime/serializer/json"
	"k8s.io/client-go/kubernetes/scheme"
	kjson "sigs.k8s.io/json"
)

type result struct {
	Error  string          `json:"error,omitempty"`
	Strict []string        `json:"strict,omitempty"`
	Object json.RawMessage `json:"object,omitempty"`
	// What a strategic merge patch that ends in the body meets, where it is not the same.
	Converted *result `json:"converted,omitempty"`
}

// As the bytes in etcd: protobuf knows no empty lists.
type stored interface {
	Marshal() ([]byte, error)
	Unmarshal([]byte) error
}

func storedForm(object runtime.Object, gvk schema.GroupVersionKind) json.RawMessage {
	data, err := object.(stored).Marshal()
	if err != nil {
		panic(err)
	}
	back := reflect.New(reflect.TypeOf(object).Elem()).Interface()
	if err := back.(stored).Unmarshal(data); err != nil {
		panic(err)
	}
	back.(runtime.Object).GetObjectKind().SetGroupVersionKind(gvk)
	out, err := json.Marshal(back)
	if err != nil {
		panic(err)
	}
	return out
}

func main() {
	input, err := os.ReadFile("cases.json")
	if err != nil {
		panic(err)
	}
	var cases [][2]json.RawMessage
	if err := json.Unmarshal(input, &cases); err != nil {
		panic(err)
	}
	decoder := serializer.NewSerializerWithOptions(serializer.DefaultMetaFactory, scheme.Scheme, scheme.Scheme, serializer.SerializerOptions{Strict: true})
	var out bytes.Buffer
	out.WriteString("[\n")
	for i, c := range cases {
		var ref string
		if err := json.Unmarshal(c[0], &ref); err != nil {
			panic(err)
		}
		apiVersion, kind, _ := strings.Cut(ref, " ")
		gvk := schema.FromAPIVersionAndKind(apiVersion, kind)
		// kubectl sends maps, whose keys Go sorts.
		var body any
		if err := json.Unmarshal(c[1], &body); err != nil {
			panic(err)
		}
		sorted, err := json.Marshal(body)
		if err != nil {
			panic(err)
		}
		var r result
		object, _, err := decoder.Decode(sorted, &gvk, nil)
		if strict, ok := runtime.AsStrictDecodingError(err); ok {
			for _, e := range strict.Errors() {
				r.Strict = append(r.Strict, e.Error())
			}
		} else if err != nil {
			r.Error = err.Error()
		}
		if r.Error == "" {
			r.Object = storedForm(object, gvk)
		}
		var m map[string]any
		if err := kjson.UnmarshalCaseSensitivePreserveInts(sorted, &m); err != nil {
			panic(err)
		}
		var converted result
		if object, err = scheme.Scheme.New(gvk); err != nil {
			panic(err)
		}
		err = runtime.DefaultUnstructuredConverter.FromUnstructuredWithValidation(m, object, true)
		if strict, ok := runtime.AsStrictDecodingError(err); ok {
			for _, e := range strict.Errors() {
				converted.Strict = append(converted.Strict, e.Error())
			}
		} else if err != nil {
			converted.Error = err.Error()
		}
		if converted.Error == "" {
			converted.Object = storedForm(object, gvk)
		}
		if !reflect.DeepEqual(r, converted) {
			r.Converted = &converted
		}
		var line bytes.Buffer
		encoder := json.NewEncoder(&line)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(r); err != nil {
			panic(err)
		}
		out.Write(bytes.TrimSpace(line.Bytes()))
		if i < len(cases)-1 {
			out.WriteString(",")
		}
		out.WriteString("\n")
	}
	out.WriteString("]\n")
	if err := os.WriteFile("results.json", out.Bytes(), 0o644); err != nil {
		panic(err)
	}
}
