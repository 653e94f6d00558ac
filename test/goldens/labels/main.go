// Writes golden.json: what apimachinery answers for the texts of cases.json.
//
//	go run . > golden.json
package main

import (
	"encoding/json"
	"os"
	"time"

	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/fields"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/util/duration"
)

type cases struct {
	Sets           []map[string]string     `json:"sets"`
	Labels         []string                `json:"labels"`
	LabelSelectors []*metav1.LabelSelector `json:"labelSelectors"`
	FieldSets      []map[string]string     `json:"fieldSets"`
	Fields         []string                `json:"fields"`
	Quantities     []string                `json:"quantities"`
	Durations      []string                `json:"durations"`
	Seconds        []int64                 `json:"seconds"`
}

type parsed struct {
	In      interface{} `json:"in"`
	Text    string      `json:"text"`
	Error   string      `json:"error,omitempty"`
	Matches []bool      `json:"matches,omitempty"`
	Sum     string      `json:"sum,omitempty"`
	Value   int64       `json:"value,omitempty"`
	Milli   int64       `json:"milli,omitempty"`
	Nanos   string      `json:"nanos,omitempty"`
	Format  string      `json:"format,omitempty"`
}

type golden struct {
	Sets           []map[string]string `json:"sets"`
	FieldSets      []map[string]string `json:"fieldSets"`
	Labels         []parsed            `json:"labels"`
	LabelSelectors []parsed            `json:"labelSelectors"`
	Fields         []parsed            `json:"fields"`
	Quantities     []parsed            `json:"quantities"`
	Durations      []parsed            `json:"durations"`
	Ages           []parsed            `json:"ages"`
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
	g := golden{Sets: c.Sets, FieldSets: c.FieldSets}
	for _, text := range c.Labels {
		p := parsed{In: text}
		if s, err := labels.Parse(text); err != nil {
			p.Error = err.Error()
		} else {
			p.Text = s.String()
			for _, set := range c.Sets {
				p.Matches = append(p.Matches, s.Matches(labels.Set(set)))
			}
		}
		g.Labels = append(g.Labels, p)
	}
	for _, ls := range c.LabelSelectors {
		p := parsed{In: ls, Format: metav1.FormatLabelSelector(ls)}
		if s, err := metav1.LabelSelectorAsSelector(ls); err != nil {
			p.Error = err.Error()
		} else {
			p.Text = s.String()
			for _, set := range c.Sets {
				p.Matches = append(p.Matches, s.Matches(labels.Set(set)))
			}
		}
		g.LabelSelectors = append(g.LabelSelectors, p)
	}
	for _, text := range c.Fields {
		p := parsed{In: text}
		if s, err := fields.ParseSelector(text); err != nil {
			p.Error = err.Error()
		} else {
			p.Text = s.String()
			for _, set := range c.FieldSets {
				p.Matches = append(p.Matches, s.Matches(fields.Set(set)))
			}
		}
		g.Fields = append(g.Fields, p)
	}
	one := resource.MustParse("1Gi")
	for _, text := range c.Quantities {
		p := parsed{In: text}
		if q, err := resource.ParseQuantity(text); err != nil {
			p.Error = err.Error()
		} else {
			p.Text = q.String()
			p.Value = q.Value()
			p.Milli = q.MilliValue()
			q.Add(one)
			p.Sum = q.String()
		}
		g.Quantities = append(g.Quantities, p)
	}
	for _, text := range c.Durations {
		p := parsed{In: text}
		if d, err := time.ParseDuration(text); err != nil {
			p.Error = err.Error()
		} else {
			p.Text = d.String()
			n, _ := json.Marshal(int64(d))
			p.Nanos = string(n)
		}
		g.Durations = append(g.Durations, p)
	}
	for _, s := range c.Seconds {
		d := time.Duration(s) * time.Second
		g.Ages = append(g.Ages, parsed{In: s, Text: duration.HumanDuration(d)})
	}
	out := json.NewEncoder(os.Stdout)
	out.SetIndent("", " ")
	if err := out.Encode(g); err != nil {
		panic(err)
	}
}
