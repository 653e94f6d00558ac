// Writes golden.json: what apimachinery's field manager makes of the scenarios of cases.json and of ones made from its objects by seeded random edits.
// The schema is test/support/definitions.json; times are those of the steps.
//
//	go run . > golden.json
package main

import (
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"sort"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	"k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/managedfields"
	"k8s.io/kube-openapi/pkg/validation/spec"
	"sigs.k8s.io/structured-merge-diff/v6/fieldpath"
)

type step struct {
	Op          string          `json:"op"` // create, update, apply
	Manager     string          `json:"manager"`
	Subresource string          `json:"subresource,omitempty"`
	Reset       [][]string      `json:"reset,omitempty"`
	Force       bool            `json:"force,omitempty"`
	Object      json.RawMessage `json:"object"`
	Result      json.RawMessage `json:"result,omitempty"`
	Error       *metav1.Status  `json:"error,omitempty"`
	Message     string          `json:"message,omitempty"`
}

type scenario struct {
	Name  string `json:"name"`
	Kind  string `json:"kind"`
	Steps []step `json:"steps"`
}

type cases struct {
	Objects   map[string][]json.RawMessage `json:"objects"`
	Scenarios []scenario                   `json:"scenarios"`
}

var kinds = map[string]schema.GroupVersionKind{
	"Service":       {Version: "v1", Kind: "Service"},
	"Pod":           {Version: "v1", Kind: "Pod"},
	"ConfigMap":     {Version: "v1", Kind: "ConfigMap"},
	"Namespace":     {Version: "v1", Kind: "Namespace"},
	"Deployment":    {Group: "apps", Version: "v1", Kind: "Deployment"},
	"EndpointSlice": {Group: "discovery.k8s.io", Version: "v1", Kind: "EndpointSlice"},
}

func structOf(kind string) runtime.Object {
	switch kind {
	case "Service":
		return &corev1.Service{}
	case "Pod":
		return &corev1.Pod{}
	case "ConfigMap":
		return &corev1.ConfigMap{}
	case "Namespace":
		return &corev1.Namespace{}
	case "Deployment":
		return &appsv1.Deployment{}
	case "EndpointSlice":
		return &discoveryv1.EndpointSlice{}
	}
	panic(kind)
}

func newObject(gvk schema.GroupVersionKind) runtime.Object {
	o := structOf(gvk.Kind)
	o.GetObjectKind().SetGroupVersionKind(gvk)
	return o
}

// world converts unstructured objects to Go's types, as the API server's scheme does.
type world struct{}

func (world) Convert(in, out, context interface{}) error { panic("unused") }
func (world) ConvertToVersion(in runtime.Object, _ runtime.GroupVersioner) (runtime.Object, error) {
	u, ok := in.(*unstructured.Unstructured)
	if !ok {
		return in, nil
	}
	out := newObject(u.GroupVersionKind())
	b, err := json.Marshal(u.Object)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(b, out); err != nil {
		return nil, err
	}
	return out, nil
}
func (world) ConvertFieldLabel(gvk schema.GroupVersionKind, label, value string) (string, string, error) {
	panic("unused")
}
func (world) Default(in runtime.Object) {}
func (world) New(kind schema.GroupVersionKind) (runtime.Object, error) {
	return newObject(kind), nil
}

func fieldManager(tc managedfields.TypeConverter, gvk schema.GroupVersionKind, s step) *managedfields.FieldManager {
	set := fieldpath.NewSet()
	for _, names := range s.Reset {
		parts := []interface{}{}
		for _, name := range names {
			parts = append(parts, name)
		}
		set.Insert(fieldpath.MakePathOrDie(parts...))
	}
	reset := map[fieldpath.APIVersion]fieldpath.Filter{
		fieldpath.APIVersion(gvk.GroupVersion().String()): fieldpath.NewExcludeSetFilter(set),
	}
	fm, err := managedfields.NewDefaultFieldManager(tc, world{}, world{}, world{}, gvk, gvk.GroupVersion(), s.Subresource, reset)
	if err != nil {
		panic(err)
	}
	return fm
}

func decode(kind string, data json.RawMessage) (runtime.Object, error) {
	o := newObject(kinds[kind])
	err := json.Unmarshal(data, o)
	return o, err
}

// asSent is an object with all that Go's types write, and managedFields as they were given: the types drop an empty list.
func asSent(given json.RawMessage, o runtime.Object) json.RawMessage {
	var before, after map[string]interface{}
	b, _ := json.Marshal(o)
	_ = json.Unmarshal(given, &before)
	_ = json.Unmarshal(b, &after)
	if m, ok := before["metadata"].(map[string]interface{}); ok {
		if entries, ok := m["managedFields"]; ok {
			after["metadata"].(map[string]interface{})["managedFields"] = entries
		}
	}
	b, _ = json.Marshal(after)
	return b
}

func stepTime(i int) time.Time { return time.Date(2020, 1, 1, 0, 0, i, 0, time.UTC) }

func run(tc managedfields.TypeConverter, sc scenario, next func(i int, live runtime.Object) step) scenario {
	gvk := kinds[sc.Kind]
	live := newObject(gvk)
	done := []step{}
	for i := 0; ; i++ {
		s := next(i, live)
		if s.Op == "" {
			break
		}
		fm := fieldManager(tc, gvk, s)
		var out runtime.Object
		var err error
		if s.Op == "apply" {
			u := &unstructured.Unstructured{Object: map[string]interface{}{}}
			if e := json.Unmarshal(s.Object, &u.Object); e != nil {
				panic(e)
			}
			out, err = fm.Apply(live.DeepCopyObject(), u, s.Manager, s.Force)
		} else {
			o, e := decode(sc.Kind, s.Object)
			if e != nil {
				break
			}
			s.Object = asSent(s.Object, o)
			out, err = fm.Update(live.DeepCopyObject(), o, s.Manager)
		}
		if err != nil {
			s.Message = err.Error()
			if status, ok := err.(errors.APIStatus); ok {
				st := status.Status()
				s.Error = &st
			}
		} else {
			m, _ := meta.Accessor(out)
			m.SetUID("u1")
			entries := m.GetManagedFields()
			for k := range entries {
				if entries[k].Time != nil && entries[k].Time.Year() > 2020 {
					entries[k].Time = &metav1.Time{Time: stepTime(i)}
				}
			}
			m.SetManagedFields(entries)
			s.Result, _ = json.Marshal(out)
			live = out
		}
		done = append(done, s)
	}
	sc.Steps = done
	return sc
}

func keysOf(m map[string]interface{}) []string {
	keys := []string{}
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

func edit(r *rand.Rand, v interface{}, depth int) interface{} {
	switch t := v.(type) {
	case map[string]interface{}:
		keys := keysOf(t)
		if len(keys) == 0 {
			return t
		}
		key := keys[r.Intn(len(keys))]
		if depth == 0 && (key == "apiVersion" || key == "kind") || key == "managedFields" || key == "uid" || depth == 1 && key == "name" {
			return t
		}
		if r.Intn(6) == 0 && depth > 0 {
			delete(t, key)
			return t
		}
		t[key] = edit(r, t[key], depth+1)
		return t
	case []interface{}:
		if len(t) == 0 {
			return t
		}
		i := r.Intn(len(t))
		switch r.Intn(6) {
		case 0:
			return append(append([]interface{}{}, t[:i]...), t[i+1:]...)
		case 1:
			j := r.Intn(len(t))
			out := append([]interface{}{}, t...)
			out[i], out[j] = out[j], out[i]
			return out
		case 2:
			var copied interface{}
			b, _ := json.Marshal(t[i])
			_ = json.Unmarshal(b, &copied)
			return append(append([]interface{}{}, t...), edit(r, copied, depth+1))
		}
		t[i] = edit(r, t[i], depth+1)
		return t
	case string:
		return []string{"a", "b", "web", "x", t + "2"}[r.Intn(5)]
	case float64:
		return []float64{80, 81, 443, 8080, t + 1}[r.Intn(5)]
	case bool:
		return !t
	}
	return v
}

func edited(r *rand.Rand, doc json.RawMessage, times int) json.RawMessage {
	var v interface{}
	_ = json.Unmarshal(doc, &v)
	for i := 0; i < times; i++ {
		v = edit(r, v, 0)
	}
	b, _ := json.Marshal(v)
	return b
}

func main() {
	var c cases
	data, err := os.ReadFile("cases.json")
	if err != nil {
		panic(err)
	}
	if err := json.Unmarshal(data, &c); err != nil {
		panic(err)
	}
	data, err = os.ReadFile("../../support/definitions.json")
	if err != nil {
		panic(err)
	}
	models := map[string]*spec.Schema{}
	if err := json.Unmarshal(data, &models); err != nil {
		panic(err)
	}
	tc, err := managedfields.NewTypeConverter(models, false)
	if err != nil {
		panic(err)
	}

	out := []scenario{}
	for _, sc := range c.Scenarios {
		steps := sc.Steps
		out = append(out, run(tc, sc, func(i int, _ runtime.Object) step {
			if i >= len(steps) {
				return step{}
			}
			return steps[i]
		}))
	}
	names := []string{}
	for kind := range c.Objects {
		names = append(names, kind)
	}
	sort.Strings(names)
	r := rand.New(rand.NewSource(1))
	for _, kind := range names {
		for n, doc := range c.Objects[kind] {
			for k := 0; k < 8; k++ {
				sc := scenario{Name: fmt.Sprintf("%s %d.%d", kind, n, k), Kind: kind}
				out = append(out, run(tc, sc, func(i int, live runtime.Object) step {
					if i >= 7 {
						return step{}
					}
					manager := []string{"kubectl", "kubectl-edit", "other"}[r.Intn(3)]
					reset := [][]string{{"status"}}
					if i == 0 && k%2 == 0 {
						return step{Op: "create", Manager: manager, Reset: reset, Object: edited(r, doc, r.Intn(3))}
					}
					if i == 0 || r.Intn(2) == 0 {
						return step{Op: "apply", Manager: manager, Reset: reset, Force: r.Intn(2) == 0, Object: edited(r, doc, r.Intn(5))}
					}
					stored, _ := json.Marshal(live)
					return step{Op: "update", Manager: manager, Reset: reset, Object: edited(r, stored, 1+r.Intn(4))}
				}))
			}
		}
	}
	fmt.Println("[")
	for i, sc := range out {
		b, _ := json.Marshal(sc)
		if i < len(out)-1 {
			b = append(b, ',')
		}
		fmt.Println(string(b))
	}
	fmt.Println("]")
}
