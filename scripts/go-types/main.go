// Writes what the API server's Go types say of each field: src/api/schema/go-types/<group>.ts, one file an API group. Of large groups the
// types that only other kinds than those in scripts/schema-parts.json need are in <group>-more.ts.
// Run it in this folder: go run . ../../src/api/schema/go-types
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"sort"
	"strings"

	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/kubernetes/scheme"
	apiregistration "k8s.io/kube-aggregator/pkg/apis/apiregistration/v1"
	preferencesalpha "k8s.io/kubectl/pkg/config/v1alpha1"
	preferences "k8s.io/kubectl/pkg/config/v1beta1"
)

var unmarshaler = reflect.TypeFor[json.Unmarshaler]()

// Packages that have no file of their own: their types are in meta.ts.
var inMeta = map[string]bool{
	"k8s.io/apimachinery/pkg/api/resource": true, "k8s.io/apimachinery/pkg/util/intstr": true,
	"k8s.io/apimachinery/pkg/types": true, "k8s.io/apimachinery/pkg/runtime": true,
}

// The kinds of the first part, by group, and what they need.
var parts = map[string][]string{}
var needed = map[reflect.Type]bool{}

func reach(t reflect.Type) {
	if t.Name() != "" && t.PkgPath() != "" {
		if needed[t] {
			return
		}
		needed[t] = true
	}
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array:
		reach(t.Elem())
	case reflect.Map:
		reach(t.Key())
		reach(t.Elem())
	case reflect.Struct:
		for i := 0; i < t.NumField(); i++ {
			reach(t.Field(i).Type)
		}
	}
}

func fileOf(t reflect.Type) string {
	group := groupOf(t.PkgPath())
	if parts[group] == nil || needed[t] {
		return group
	}
	return group + "-more"
}

// The group of a package: core, apps, autoscaling-v2, meta.
func groupOf(pkg string) string {
	if inMeta[pkg] {
		return "meta"
	}
	parts := strings.Split(pkg, "/")
	group, version := parts[len(parts)-2], parts[len(parts)-1]
	if group == "config" {
		// kubectl's own preferences: kubectl.config.k8s.io.
		group = "kubectl"
	}
	if version == "v1" {
		return group
	}
	return group + "-" + version
}

type file struct {
	pkg   string
	types map[string]string
	uses  map[string]bool
}

var files = map[string]*file{}

func typeText(t reflect.Type, from string) string {
	if t.Name() != "" && t.PkgPath() != "" {
		add(t)
		to := fileOf(t)
		if to == from {
			return t.Name()
		}
		files[from].uses[to] = true
		return to + "." + t.Name()
	}
	switch t.Kind() {
	case reflect.Pointer:
		return "*" + typeText(t.Elem(), from)
	case reflect.Slice:
		return "[]" + typeText(t.Elem(), from)
	case reflect.Map:
		return "map[" + typeText(t.Key(), from) + "]" + typeText(t.Elem(), from)
	}
	return t.Kind().String()
}

// One text a field: its name, its type, and what goes with it: ? omitempty, 0 omitzero, @X embedded as X (which error messages name).
func fields(t reflect.Type, from, embedded string) []string {
	var out []string
	for i := 0; i < t.NumField(); i++ {
		f := t.Field(i)
		tag := strings.Split(f.Tag.Get("json"), ",")
		options := strings.Join(tag[1:], ",")
		if f.Anonymous && tag[0] == "" {
			elem := f.Type
			if elem.Kind() == reflect.Pointer {
				elem = elem.Elem()
			}
			name := f.Name
			if name == "TypeMeta" {
				// Never in an error: apiVersion and kind are read before the rest.
				name = ""
			}
			if embedded != "" {
				name = embedded + "." + name
			}
			out = append(out, fields(elem, from, name)...)
			continue
		}
		if tag[0] == "-" || !f.IsExported() {
			continue
		}
		flags := ""
		if strings.Contains(options, "omitempty") {
			flags += "?"
		}
		if strings.Contains(options, "omitzero") {
			flags += "0"
		}
		if strings.Contains(options, "string") {
			panic(t.Name() + f.Name)
		}
		if embedded != "" {
			flags += "@" + embedded
		}
		out = append(out, strings.TrimSpace(tag[0]+" "+typeText(f.Type, from)+" "+flags))
	}
	return out
}

func add(t reflect.Type) {
	name := fileOf(t)
	f := files[name]
	if f == nil {
		f = &file{pkg: "v1", types: map[string]string{}, uses: map[string]bool{}}
		if _, version, found := strings.Cut(groupOf(t.PkgPath()), "-"); found {
			f.pkg = version
		}
		files[name] = f
	}
	if _, seen := f.types[t.Name()]; seen {
		return
	}
	f.types[t.Name()] = ""
	pkg := ""
	if inMeta[t.PkgPath()] {
		pkg = " " + filepath.Base(t.PkgPath())
	}
	switch {
	case reflect.PointerTo(t).Implements(unmarshaler):
		f.types[t.Name()] = "!" + t.Name() + pkg
	case t.Kind() == reflect.Struct:
		f.types[t.Name()] = strings.Join(fields(t, name, ""), ";")
	default:
		// The underlying type, without the name.
		var text string
		switch t.Kind() {
		case reflect.Slice:
			text = "[]" + typeText(t.Elem(), name)
		case reflect.Map:
			text = "map[" + typeText(t.Key(), name) + "]" + typeText(t.Elem(), name)
		default:
			text = t.Kind().String()
		}
		f.types[t.Name()] = "=" + text + pkg
	}
}

func main() {
	text, err := os.ReadFile("../schema-parts.json")
	if err == nil {
		err = json.Unmarshal(text, &parts)
	}
	if err != nil {
		panic(err)
	}
	known := scheme.Scheme.AllKnownTypes()
	for gvk, t := range known {
		if slices.Contains(parts[groupOf(t.PkgPath())], gvk.Kind) {
			reach(t)
		}
	}
	for _, gv := range []string{"v1", "apps/v1", "events.k8s.io/v1", "authentication.k8s.io/v1", "authorization.k8s.io/v1",
		"autoscaling/v2", "autoscaling/v1", "batch/v1", "certificates.k8s.io/v1", "networking.k8s.io/v1", "policy/v1",
		"rbac.authorization.k8s.io/v1", "storage.k8s.io/v1", "admissionregistration.k8s.io/v1", "scheduling.k8s.io/v1",
		"coordination.k8s.io/v1", "node.k8s.io/v1", "discovery.k8s.io/v1", "resource.k8s.io/v1", "flowcontrol.apiserver.k8s.io/v1"} {
		parsed, err := schema.ParseGroupVersion(gv)
		if err != nil {
			panic(err)
		}
		for gvk, t := range known {
			if gvk.GroupVersion() == parsed && !strings.HasSuffix(gvk.Kind, "List") && !strings.HasSuffix(gvk.Kind, "Options") && t.PkgPath() != "k8s.io/apimachinery/pkg/apis/meta/v1" {
				add(t)
			}
		}
	}
	add(reflect.TypeFor[apiextensions.CustomResourceDefinition]())
	add(reflect.TypeFor[apiregistration.APIService]())
	add(reflect.TypeFor[metav1.DeleteOptions]())
	add(reflect.TypeFor[preferences.Preference]())
	add(reflect.TypeFor[preferencesalpha.Preference]())

	for name, f := range files {
		var b strings.Builder
		b.WriteString("// Generated by scripts/go-types from the Go modules of Kubernetes v1.36.2; not edited by hand.\n")
		b.WriteString("// biome-ignore-all format: one line a type\n\n")
		b.WriteString("/** The Go package's name, as error messages have it. */\n")
		fmt.Fprintf(&b, "export const packageName = %q;\n\n", f.pkg)
		var uses []string
		for use := range f.uses {
			uses = append(uses, fmt.Sprintf("%q", use))
		}
		sort.Strings(uses)
		b.WriteString("/** The files that the types refer to. */\n")
		fmt.Fprintf(&b, "export const uses: readonly string[] = [%s];\n\n", strings.Join(uses, ", "))
		b.WriteString("export const types: Readonly<Record<string, string>> = {\n")
		var names []string
		for n := range f.types {
			names = append(names, n)
		}
		sort.Strings(names)
		for _, n := range names {
			fmt.Fprintf(&b, "  %s: %q,\n", n, f.types[n])
		}
		b.WriteString("};\n")
		if err := os.WriteFile(filepath.Join(os.Args[1], name+".ts"), []byte(b.String()), 0o644); err != nil {
			panic(err)
		}
	}
}
