import { CA_CERTIFICATE } from "../../api/profiles/ca-certificate.ts";
import type { Write } from "../../api/writes.ts";
import type { Controller } from "../controller.ts";

/**
 * Each namespace has a ServiceAccount `default` and a ConfigMap `kube-root-ca.crt`. Models kubernetes pkg/controller/serviceaccount and
 * pkg/controller/certificates/rootcacertpublisher.
 */
export const serviceAccountController: Controller = {
  name: "service-account-controller",
  manager: "kube-controller-manager",
  affected({ resource, before, after }) {
    if (resource === "namespaces") return after && !before ? [after.metadata.name!] : [];
    const gone = !after && before ? before.metadata : undefined;
    return gone?.name === "default" || gone?.name === ROOT_CA ? [gone.namespace!] : [];
  },
  reconcile(namespace, snapshot) {
    const found = snapshot.get("namespaces", "", namespace);
    if (!found || found.metadata.deletionTimestamp) return { writes: [] };
    const writes: Write[] = [];
    if (!snapshot.get("serviceaccounts", namespace, "default"))
      writes.push({
        verb: "create",
        resource: "serviceaccounts",
        object: { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "default", namespace } },
      });
    if (!snapshot.get("configmaps", namespace, ROOT_CA))
      writes.push({ verb: "create", resource: "configmaps", object: rootCertificate(namespace) });
    return { writes };
  },
};

const ROOT_CA = "kube-root-ca.crt";

function rootCertificate(namespace: string) {
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: {
      name: ROOT_CA,
      namespace,
      annotations: {
        "kubernetes.io/description":
          "Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.",
      },
    },
    data: { "ca.crt": CA_CERTIFICATE },
  };
}
