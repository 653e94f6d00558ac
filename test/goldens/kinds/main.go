// Golden answers of the real strategies: reads cases (JSON) on stdin, writes their outcome on stdout.
// Run: go run . < cases.json > golden.json
package main

import (
	"context"
	"encoding/json"
	"os"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	genericapirequest "k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/apiserver/pkg/warning"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	"k8s.io/kubernetes/pkg/capabilities"
	"k8s.io/kubernetes/pkg/registry/admissionregistration/mutatingadmissionpolicy"
	"k8s.io/kubernetes/pkg/registry/admissionregistration/mutatingadmissionpolicybinding"
	"k8s.io/kubernetes/pkg/registry/admissionregistration/mutatingwebhookconfiguration"
	"k8s.io/kubernetes/pkg/registry/admissionregistration/validatingadmissionpolicy"
	"k8s.io/kubernetes/pkg/registry/admissionregistration/validatingadmissionpolicybinding"
	"k8s.io/kubernetes/pkg/registry/admissionregistration/validatingwebhookconfiguration"
	"k8s.io/kubernetes/pkg/registry/apps/daemonset"
	"k8s.io/kubernetes/pkg/registry/apps/deployment"
	"k8s.io/kubernetes/pkg/registry/apps/replicaset"
	"k8s.io/kubernetes/pkg/registry/apps/statefulset"
	"k8s.io/kubernetes/pkg/registry/autoscaling/horizontalpodautoscaler"
	"k8s.io/kubernetes/pkg/registry/batch/cronjob"
	"k8s.io/kubernetes/pkg/registry/batch/job"
	"k8s.io/kubernetes/pkg/registry/certificates/certificates"
	"k8s.io/kubernetes/pkg/registry/coordination/lease"
	"k8s.io/kubernetes/pkg/registry/core/configmap"
	"k8s.io/kubernetes/pkg/registry/core/endpoint"
	"k8s.io/kubernetes/pkg/registry/core/event"
	"k8s.io/kubernetes/pkg/registry/core/limitrange"
	"k8s.io/kubernetes/pkg/registry/core/namespace"
	"k8s.io/kubernetes/pkg/registry/core/node"
	"k8s.io/kubernetes/pkg/registry/core/persistentvolume"
	"k8s.io/kubernetes/pkg/registry/core/persistentvolumeclaim"
	"k8s.io/kubernetes/pkg/registry/core/pod"
	"k8s.io/kubernetes/pkg/registry/core/podtemplate"
	"k8s.io/kubernetes/pkg/registry/core/replicationcontroller"
	"k8s.io/kubernetes/pkg/registry/core/resourcequota"
	"k8s.io/kubernetes/pkg/registry/core/secret"
	"k8s.io/kubernetes/pkg/registry/core/service"
	"k8s.io/kubernetes/pkg/registry/core/serviceaccount"
	"k8s.io/kubernetes/pkg/registry/discovery/endpointslice"
	"k8s.io/kubernetes/pkg/registry/flowcontrol/flowschema"
	"k8s.io/kubernetes/pkg/registry/flowcontrol/prioritylevelconfiguration"
	"k8s.io/kubernetes/pkg/registry/networking/ingress"
	"k8s.io/kubernetes/pkg/registry/networking/ingressclass"
	"k8s.io/kubernetes/pkg/registry/networking/ipaddress"
	"k8s.io/kubernetes/pkg/registry/networking/networkpolicy"
	"k8s.io/kubernetes/pkg/registry/networking/servicecidr"
	"k8s.io/kubernetes/pkg/registry/node/runtimeclass"
	"k8s.io/kubernetes/pkg/registry/policy/poddisruptionbudget"
	"k8s.io/kubernetes/pkg/registry/rbac/clusterrole"
	"k8s.io/kubernetes/pkg/registry/rbac/clusterrolebinding"
	"k8s.io/kubernetes/pkg/registry/rbac/role"
	"k8s.io/kubernetes/pkg/registry/rbac/rolebinding"
	"k8s.io/kubernetes/pkg/registry/resource/deviceclass"
	"k8s.io/kubernetes/pkg/registry/resource/resourceslice"
	"k8s.io/kubernetes/pkg/registry/scheduling/priorityclass"
	"k8s.io/kubernetes/pkg/registry/storage/csidriver"
	"k8s.io/kubernetes/pkg/registry/storage/csinode"
	"k8s.io/kubernetes/pkg/registry/storage/csistoragecapacity"
	"k8s.io/kubernetes/pkg/registry/storage/storageclass"
	"k8s.io/kubernetes/pkg/registry/storage/volumeattachment"
	"k8s.io/kubernetes/pkg/registry/storage/volumeattributesclass"

	_ "k8s.io/kubernetes/pkg/apis/admissionregistration/install"
	_ "k8s.io/kubernetes/pkg/apis/apps/install"
	_ "k8s.io/kubernetes/pkg/apis/autoscaling/install"
	_ "k8s.io/kubernetes/pkg/apis/batch/install"
	_ "k8s.io/kubernetes/pkg/apis/certificates/install"
	_ "k8s.io/kubernetes/pkg/apis/coordination/install"
	_ "k8s.io/kubernetes/pkg/apis/core/install"
	_ "k8s.io/kubernetes/pkg/apis/discovery/install"
	_ "k8s.io/kubernetes/pkg/apis/events/install"
	_ "k8s.io/kubernetes/pkg/apis/flowcontrol/install"
	_ "k8s.io/kubernetes/pkg/apis/networking/install"
	_ "k8s.io/kubernetes/pkg/apis/node/install"
	_ "k8s.io/kubernetes/pkg/apis/policy/install"
	_ "k8s.io/kubernetes/pkg/apis/rbac/install"
	_ "k8s.io/kubernetes/pkg/apis/resource/install"
	_ "k8s.io/kubernetes/pkg/apis/scheduling/install"
	_ "k8s.io/kubernetes/pkg/apis/storage/install"
)

type strategy interface {
	rest.RESTCreateStrategy
	rest.RESTUpdateStrategy
}

var strategies = map[string]strategy{
	"DaemonSet": daemonset.Strategy, "Deployment": deployment.Strategy, "ReplicaSet": replicaset.Strategy,
	"StatefulSet": statefulset.Strategy, "HorizontalPodAutoscaler": horizontalpodautoscaler.Strategy,
	"CronJob": cronjob.Strategy, "Job": job.Strategy, "Lease": lease.Strategy, "ConfigMap": configmap.Strategy,
	"Endpoints": endpoint.Strategy, "Event": event.Strategy, "LimitRange": limitrange.Strategy,
	"Namespace": namespace.Strategy, "Node": node.Strategy,
	"PersistentVolume": persistentvolume.Strategy, "PersistentVolumeClaim": persistentvolumeclaim.Strategy,
	"Pod": pod.Strategy, "PodTemplate": podtemplate.Strategy, "ReplicationController": replicationcontroller.Strategy, "ResourceQuota": resourcequota.Strategy,
	"Secret": secret.Strategy, "Service": service.Strategy, "ServiceAccount": serviceaccount.Strategy,
	"EndpointSlice": endpointslice.Strategy, "Ingress": ingress.Strategy, "IngressClass": ingressclass.Strategy,
	"IPAddress": ipaddress.Strategy, "NetworkPolicy": networkpolicy.Strategy, "ServiceCIDR": servicecidr.Strategy,
	"PodDisruptionBudget": poddisruptionbudget.Strategy, "Role": role.Strategy, "RoleBinding": rolebinding.Strategy,
	"PriorityClass": priorityclass.Strategy, "RuntimeClass": runtimeclass.Strategy, "ClusterRole": clusterrole.Strategy,
	"ClusterRoleBinding": clusterrolebinding.Strategy, "CSIDriver": csidriver.Strategy, "CSINode": csinode.Strategy,
	"CSIStorageCapacity": csistoragecapacity.Strategy, "StorageClass": storageclass.Strategy,
	"VolumeAttachment": volumeattachment.Strategy, "VolumeAttributesClass": volumeattributesclass.Strategy,
	"MutatingAdmissionPolicy":          mutatingadmissionpolicy.NewStrategy(nil, nil),
	"MutatingAdmissionPolicyBinding":   mutatingadmissionpolicybinding.NewStrategy(nil, nil, nil),
	"MutatingWebhookConfiguration":     mutatingwebhookconfiguration.Strategy,
	"ValidatingAdmissionPolicy":        validatingadmissionpolicy.NewStrategy(nil, nil),
	"ValidatingAdmissionPolicyBinding": validatingadmissionpolicybinding.NewStrategy(nil, nil, nil),
	"ValidatingWebhookConfiguration":   validatingwebhookconfiguration.Strategy,
	"CertificateSigningRequest":        certificates.Strategy, "FlowSchema": flowschema.Strategy,
	"PriorityLevelConfiguration": prioritylevelconfiguration.Strategy, "DeviceClass": deviceclass.Strategy,
	"ResourceSlice": resourceslice.Strategy,
}

// A case: `object` is created; with `previous`, previous is defaulted as stored and object replaces it.
type testCase struct {
	Name     string          `json:"name"`
	Object   json.RawMessage `json:"object"`
	Previous json.RawMessage `json:"previous,omitempty"`
}
type outcome struct {
	Name     string               `json:"name"`
	Object   any                  `json:"object,omitempty"`
	Message  string               `json:"message,omitempty"`
	Causes   []metav1.StatusCause `json:"causes,omitempty"`
	Warnings []string             `json:"warnings,omitempty"`
}
type recorder struct{ texts []string }

func (r *recorder) AddWarning(_, text string) { r.texts = append(r.texts, text) }

func decode(raw json.RawMessage) (runtime.Object, *schema.GroupVersionKind) {
	obj, gvk, err := legacyscheme.Codecs.UniversalDecoder().Decode(raw, nil, nil)
	if err != nil {
		panic(err)
	}
	return obj, gvk
}

func run(c testCase) outcome {
	out := outcome{Name: c.Name}
	rec := &recorder{}
	obj, gvk := decode(c.Object)
	s := strategies[gvk.Kind]
	ctx := warning.WithWarningRecorder(context.Background(), rec)
	if s.NamespaceScoped() {
		ctx = genericapirequest.WithNamespace(ctx, "default")
	}
	ctx = genericapirequest.WithRequestInfo(ctx, &genericapirequest.RequestInfo{APIGroup: gvk.Group, APIVersion: gvk.Version, IsResourceRequest: true})
	if !s.NamespaceScoped() {
		ctx = genericapirequest.WithNamespace(ctx, "")
	}
	var err error
	if c.Previous == nil {
		accessor, _ := meta.Accessor(obj)
		rest.FillObjectMetaSystemFields(accessor)
		err = rest.BeforeCreate(s, ctx, obj)
	} else {
		old, _ := decode(c.Previous)
		accessor, _ := meta.Accessor(old)
		if s.NamespaceScoped() {
			accessor.SetNamespace("default")
		}
		accessor.SetResourceVersion("7")
		accessor.SetUID("11111111-2222-4333-8444-555555555555")
		next, _ := meta.Accessor(obj)
		if s.NamespaceScoped() {
			next.SetNamespace("default")
		}
		if next.GetResourceVersion() == "" {
			next.SetResourceVersion("7")
		}
		err = rest.BeforeUpdate(s, ctx, obj, old)
	}
	if err != nil {
		if status, ok := err.(apierrors.APIStatus); ok {
			out.Message = status.Status().Message
			if status.Status().Details != nil {
				out.Causes = status.Status().Details.Causes
			}
		} else {
			out.Message = err.Error()
		}
	} else {
		data, err := runtime.Encode(legacyscheme.Codecs.LegacyCodec(gvk.GroupVersion()), obj)
		if err != nil {
			panic(err)
		}
		var back map[string]any
		_ = json.Unmarshal(data, &back)
		if m, ok := back["metadata"].(map[string]any); ok {
			delete(m, "uid")
			delete(m, "creationTimestamp")
			delete(m, "resourceVersion")
		}
		out.Object = back
	}
	out.Warnings = rec.texts
	return out
}

func main() {
	persistentvolume.NowFunc = func() metav1.Time { return metav1.Unix(0, 0) }
	// As the API server is started nearly everywhere: with --allow-privileged.
	capabilities.Setup(true, 0)
	var cases []testCase
	if err := json.NewDecoder(os.Stdin).Decode(&cases); err != nil {
		panic(err)
	}
	var outs []outcome
	for _, c := range cases {
		outs = append(outs, run(c))
	}
	enc := json.NewEncoder(os.Stdout)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	_ = enc.Encode(outs)
}
