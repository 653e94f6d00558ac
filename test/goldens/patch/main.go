// Writes golden.json: what apimachinery's patch libraries answer for the rows of cases.json and for rows made from its objects by seeded random edits.
//
//	go run . > golden.json
package main

import (
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"sort"

	jsonpatch "gopkg.in/evanphx/json-patch.v4"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	"k8s.io/apimachinery/pkg/util/jsonmergepatch"
	"k8s.io/apimachinery/pkg/util/strategicpatch"
)

type row struct {
	Name     string          `json:"name"`
	Op       string          `json:"op"`
	Kind     string          `json:"kind,omitempty"`
	Original json.RawMessage `json:"original,omitempty"`
	Modified json.RawMessage `json:"modified,omitempty"`
	Current  json.RawMessage `json:"current,omitempty"`
	Patch    json.RawMessage `json:"patch,omitempty"`
	Result   json.RawMessage `json:"result,omitempty"`
	Error    string          `json:"error,omitempty"`
}

type cases struct {
	Objects map[string][]json.RawMessage `json:"objects"`
	Rows    []row                        `json:"rows"`
}

func structOf(kind string) interface{} {
	switch kind {
	case "Service":
		return &corev1.Service{}
	case "Pod":
		return &corev1.Pod{}
	case "Deployment":
		return &appsv1.Deployment{}
	case "ConfigMap":
		return &corev1.ConfigMap{}
	case "EndpointSlice":
		return &discoveryv1.EndpointSlice{}
	case "ServiceAccount":
		return &corev1.ServiceAccount{}
	case "Node":
		return &corev1.Node{}
	}
	panic(kind)
}

func run(r row) row {
	var out []byte
	var err error
	switch r.Op {
	case "strategic":
		out, err = strategicpatch.StrategicMergePatch(r.Original, r.Patch, structOf(r.Kind))
	case "two-way":
		out, err = strategicpatch.CreateTwoWayMergePatch(r.Original, r.Modified, structOf(r.Kind))
	case "three-way", "three-way-keep":
		meta, e := strategicpatch.NewPatchMetaFromStruct(structOf(r.Kind))
		if e != nil {
			panic(e)
		}
		out, err = strategicpatch.CreateThreeWayMergePatch(r.Original, r.Modified, r.Current, meta, r.Op == "three-way")
	case "merge":
		out, err = jsonpatch.MergePatch(r.Original, r.Patch)
	case "json":
		var p jsonpatch.Patch
		if p, err = jsonpatch.DecodePatch(r.Patch); err == nil {
			out, err = p.Apply(r.Original)
		}
	case "create-merge":
		out, err = jsonpatch.CreateMergePatch(r.Original, r.Modified)
	case "three-way-merge":
		out, err = jsonmergepatch.CreateThreeWayJSONMergePatch(r.Original, r.Modified, r.Current)
	default:
		panic(r.Op)
	}
	if err != nil {
		r.Error = err.Error()
	} else {
		r.Result = out
	}
	return r
}

func keysOf(m map[string]interface{}) []string {
	keys := []string{}
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

// edit changes one place of a document: removes a member or item, changes a scalar, moves or repeats an item.
func edit(r *rand.Rand, v interface{}, depth int) interface{} {
	switch t := v.(type) {
	case map[string]interface{}:
		keys := keysOf(t)
		if len(keys) == 0 {
			return t
		}
		key := keys[r.Intn(len(keys))]
		if depth == 0 && (key == "apiVersion" || key == "kind") {
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
		switch r.Intn(5) {
		case 0:
			return append(append([]interface{}{}, t[:i]...), t[i+1:]...)
		case 1:
			j := r.Intn(len(t))
			out := append([]interface{}{}, t...)
			out[i], out[j] = out[j], out[i]
			return out
		case 2:
			copied := edit(r, copyOf(t[i]), depth+1)
			j := r.Intn(len(t) + 1)
			return append(append(append([]interface{}{}, t[:j]...), copied), t[j:]...)
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

func copyOf(v interface{}) interface{} {
	b, _ := json.Marshal(v)
	var out interface{}
	_ = json.Unmarshal(b, &out)
	return out
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
	data, err := os.ReadFile("cases.json")
	if err != nil {
		panic(err)
	}
	var c cases
	if err := json.Unmarshal(data, &c); err != nil {
		panic(err)
	}
	rows := []row{}
	for _, r := range c.Rows {
		rows = append(rows, run(r))
	}
	kinds := []string{}
	for kind := range c.Objects {
		kinds = append(kinds, kind)
	}
	sort.Strings(kinds)
	r := rand.New(rand.NewSource(1))
	for _, kind := range kinds {
		for n, doc := range c.Objects[kind] {
			for i := 0; i < 10; i++ {
				original := edited(r, doc, r.Intn(4))
				modified := edited(r, original, 1+r.Intn(6))
				current := edited(r, original, r.Intn(5))
				name := fmt.Sprintf("%s %d.%d", kind, n, i)
				two := run(row{Name: name, Op: "two-way", Kind: kind, Original: original, Modified: modified})
				three := run(row{Name: name, Op: "three-way", Kind: kind, Original: original, Modified: modified, Current: current})
				keep := run(row{Name: name, Op: "three-way-keep", Kind: kind, Original: original, Modified: modified, Current: current})
				rows = append(rows, two, three, keep)
				if three.Result != nil {
					rows = append(rows, run(row{Name: name, Op: "strategic", Kind: kind, Original: current, Patch: three.Result}))
				}
				// A part of another version, as people type patches.
				rows = append(rows, run(row{Name: name + " typed", Op: "strategic", Kind: kind, Original: current, Patch: modified}))
				merge := run(row{Name: name, Op: "three-way-merge", Original: original, Modified: modified, Current: current})
				rows = append(rows, merge)
				if merge.Result != nil {
					rows = append(rows, run(row{Name: name, Op: "merge", Original: current, Patch: merge.Result}))
				}
			}
		}
	}
	fmt.Println("[")
	for i, r := range rows {
		b, _ := json.Marshal(r)
		if i < len(rows)-1 {
			b = append(b, ',')
		}
		fmt.Println(string(b))
	}
	fmt.Println("]")
}
