import { apiVersionOf, type Gvk } from "../ids.ts";

/** What is in no namespace as far as kustomize knows: the kinds of Kubernetes 1.21. Models precomputedIsNamespaceScoped of kyaml openapi. */
const CLUSTER_SCOPED = `
admissionregistration.k8s.io/v1 MutatingWebhookConfiguration,ValidatingWebhookConfiguration
admissionregistration.k8s.io/v1beta1 MutatingWebhookConfiguration,ValidatingWebhookConfiguration
apiextensions.k8s.io/v1 CustomResourceDefinition
apiextensions.k8s.io/v1beta1 CustomResourceDefinition
apiregistration.k8s.io/v1 APIService
apiregistration.k8s.io/v1beta1 APIService
certificates.k8s.io/v1 CertificateSigningRequest
certificates.k8s.io/v1beta1 CertificateSigningRequest
flowcontrol.apiserver.k8s.io/v1beta1 FlowSchema,PriorityLevelConfiguration
networking.k8s.io/v1 IngressClass
networking.k8s.io/v1beta1 IngressClass
node.k8s.io/v1 RuntimeClass
node.k8s.io/v1beta1 RuntimeClass
policy/v1beta1 PodSecurityPolicy
rbac.authorization.k8s.io/v1 ClusterRole,ClusterRoleBinding
rbac.authorization.k8s.io/v1beta1 ClusterRole,ClusterRoleBinding
scheduling.k8s.io/v1 PriorityClass
scheduling.k8s.io/v1beta1 PriorityClass
storage.k8s.io/v1 CSIDriver,CSINode,StorageClass,VolumeAttachment
storage.k8s.io/v1beta1 CSIDriver,CSINode,StorageClass,VolumeAttachment
v1 ComponentStatus,Namespace,Node,NodeProxyOptions,PersistentVolume`;

let known: Set<string> | undefined;

function builtin(): Set<string> {
  known ??= new Set(
    CLUSTER_SCOPED.trim()
      .split("\n")
      .flatMap((line) => {
        const [apiVersion, kinds = ""] = line.split(" ");
        return kinds.split(",").map((kind) => `${apiVersion} ${kind}`);
      }),
  );
  return known;
}

/** Whether a kind is in no namespace for certain: of custom resources nothing is known. */
export function isClusterScoped(gvk: Gvk): boolean {
  return builtin().has(`${apiVersionOf(gvk)} ${gvk.kind}`);
}
