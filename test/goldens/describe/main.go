// Describes the first object of each case of cases.json with kubectl's own describers, against a small server that holds the case's
// objects, and writes golden.json. Times of the form "ago:90" are so many seconds ago. Run it in this folder: TZ=UTC go run .
package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"time"

	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/fields"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/rest"
	"k8s.io/kubectl/pkg/describe"
)

type object = map[string]any

type testCase struct {
	Name    string   `json:"name"`
	Events  bool     `json:"events"`
	Objects []object `json:"objects"`
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func text(o object, path ...string) string {
	var value any = o
	for _, name := range path {
		inner, ok := value.(map[string]any)
		if !ok {
			return ""
		}
		value = inner[name]
	}
	s, _ := value.(string)
	return s
}

// "ago:90" becomes the time of 90.3 seconds ago, wherever it stands.
func resolveTimes(value any, now time.Time) any {
	switch value := value.(type) {
	case map[string]any:
		for key := range value {
			value[key] = resolveTimes(value[key], now)
		}
	case []any:
		for i := range value {
			value[i] = resolveTimes(value[i], now)
		}
	case string:
		if seconds, ok := strings.CutPrefix(value, "ago:"); ok {
			n, err := strconv.Atoi(seconds)
			must(err)
			return now.Add(-time.Duration(n)*time.Second - 300*time.Millisecond).UTC().Format("2006-01-02T15:04:05.000000Z")
		}
	}
	return value
}

func plural(kind string) string {
	lower := strings.ToLower(kind)
	switch {
	case kind == "Endpoints":
		return lower
	case strings.HasSuffix(lower, "y"):
		return lower[:len(lower)-1] + "ies"
	case strings.HasSuffix(lower, "s"):
		return lower + "es"
	}
	return lower + "s"
}

// The kinds that describers list.
var listed = []string{"Event", "Pod", "EndpointSlice", "ReplicaSet", "ResourceQuota", "LimitRange", "ResourceSlice"}

func listKind(resource string) string {
	for _, kind := range listed {
		if plural(kind) == resource {
			return kind + "List"
		}
	}
	panic(resource)
}

// Field labels are paths in the object, "" for what is not there.
func fieldsOf(o object, selector fields.Selector) fields.Set {
	set := fields.Set{}
	for _, requirement := range selector.Requirements() {
		set[requirement.Field] = text(o, strings.Split(requirement.Field, ".")...)
	}
	return set
}

func serve(objects []object) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		parts := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
		apiVersion, rest := parts[1], parts[2:]
		if parts[0] == "apis" {
			apiVersion, rest = parts[1]+"/"+parts[2], parts[3:]
		}
		namespace := ""
		if rest[0] == "namespaces" && len(rest) > 2 {
			namespace, rest = rest[1], rest[2:]
		}
		items := []object{}
		label, err := labels.Parse(r.URL.Query().Get("labelSelector"))
		must(err)
		field, err := fields.ParseSelector(r.URL.Query().Get("fieldSelector"))
		must(err)
		for _, o := range objects {
			if text(o, "apiVersion") != apiVersion || plural(text(o, "kind")) != rest[0] {
				continue
			}
			if namespace != "" && text(o, "metadata", "namespace") != namespace {
				continue
			}
			if len(rest) > 1 {
				if text(o, "metadata", "name") == rest[1] {
					must(json.NewEncoder(w).Encode(o))
					return
				}
				continue
			}
			set := labels.Set{}
			if values, ok := o["metadata"].(map[string]any)["labels"].(map[string]any); ok {
				for key, value := range values {
					set[key] = value.(string)
				}
			}
			if label.Matches(set) && field.Matches(fieldsOf(o, field)) {
				items = append(items, o)
			}
		}
		if len(rest) > 1 {
			group := ""
			if parts[0] == "apis" {
				group = "." + parts[1]
			}
			w.WriteHeader(404)
			must(json.NewEncoder(w).Encode(object{
				"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "NotFound", "code": 404,
				"message": fmt.Sprintf("%s%s %q not found", rest[0], group, rest[1]),
			}))
			return
		}
		must(json.NewEncoder(w).Encode(object{"kind": listKind(rest[0]), "apiVersion": apiVersion, "metadata": object{}, "items": items}))
	}
}

func run(c testCase) object {
	first := c.Objects[0]
	gv, err := schema.ParseGroupVersion(text(first, "apiVersion"))
	must(err)
	gvk := gv.WithKind(text(first, "kind"))
	server := httptest.NewServer(serve(resolve(c.Objects)))
	defer server.Close()
	config := &rest.Config{Host: server.URL, ContentConfig: rest.ContentConfig{ContentType: "application/json", AcceptContentTypes: "application/json"}}
	describer, ok := describe.DescriberFor(gvk.GroupKind(), config)
	if !ok {
		scope := meta.RESTScopeNamespace
		if text(first, "metadata", "namespace") == "" {
			scope = meta.RESTScopeRoot
		}
		mapping := &meta.RESTMapping{Resource: gv.WithResource(plural(gvk.Kind)), GroupVersionKind: gvk, Scope: scope}
		describer, _ = describe.GenericDescriberFor(mapping, config)
	}
	output, err := describer.Describe(text(first, "metadata", "namespace"), text(first, "metadata", "name"),
		describe.DescriberSettings{ShowEvents: c.Events, ChunkSize: 500})
	if err != nil {
		return object{"name": c.Name, "error": err.Error()}
	}
	return object{"name": c.Name, "output": output}
}

func resolve(objects []object) []object {
	now := time.Now()
	for i := range objects {
		objects[i] = resolveTimes(objects[i], now).(object)
	}
	return objects
}

func main() {
	data, err := os.ReadFile("cases.json")
	must(err)
	var cases []testCase
	must(json.Unmarshal(data, &cases))
	results := []object{}
	for _, c := range cases {
		results = append(results, run(c))
	}
	file, err := os.Create("golden.json")
	must(err)
	encoder := json.NewEncoder(file)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	must(encoder.Encode(results))
}
