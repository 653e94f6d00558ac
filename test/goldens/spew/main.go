// Writes golden.json: what ComputeHash hashes for the pod templates of cases.json, and the hashes.
//
//	go run . > golden.json
package main

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"os"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/rand"
	"k8s.io/utils/dump"
)

type result struct {
	Text string `json:"text"`
	Hash string `json:"hash"`
}

func main() {
	raw, err := os.ReadFile("cases.json")
	if err != nil {
		panic(err)
	}
	var templates []json.RawMessage
	if err := json.Unmarshal(raw, &templates); err != nil {
		panic(err)
	}
	var results []result
	for _, text := range templates {
		var read, template corev1.PodTemplateSpec
		if err := json.Unmarshal(text, &read); err != nil {
			panic(err)
		}
		// The controllers read objects as protobuf.
		wire, err := read.Marshal()
		if err != nil {
			panic(err)
		}
		if err := template.Unmarshal(wire); err != nil {
			panic(err)
		}
		spewed := dump.ForHash(template)
		hasher := fnv.New32a()
		fmt.Fprintf(hasher, "%v", spewed)
		results = append(results, result{spewed, rand.SafeEncodeString(fmt.Sprint(hasher.Sum32()))})
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	if err := encoder.Encode(results); err != nil {
		panic(err)
	}
}
