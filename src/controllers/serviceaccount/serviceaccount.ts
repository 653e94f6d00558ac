import type { Write } from "../../api/writes.ts";
import type { Controller } from "../controller.ts";

/**
 * Each namespace has a ServiceAccount `default` and a ConfigMap `kube-root-ca.crt`. Models kubernetes pkg/controller/serviceaccount and
 * pkg/controller/certificates/rootcacertpublisher.
 */
export const serviceAccountController: Controller = {
  name: "service-account-controller",
  manager: "kube-controller-manager",
  watches: ["namespaces", "serviceaccounts", "configmaps"],
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
    data: { "ca.crt": CERTIFICATE },
  };
}

/** A self-signed certificate of nobody, so that what reads the file finds one; its key was thrown away. */
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBfzCCASWgAwIBAgIUQ2EmMoDlH7r145gQwM2XPdpmMYIwCgYIKoZIzj0EAwIw
FTETMBEGA1UEAwwKa3ViZXJuZXRlczAeFw0yNjExMjIyMDU0MDJaFw0zNjExMTky
MDU0MDJaMBUxEzARBgNVBAMMCmt1YmVybmV0ZXMwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAASceC8QpNSbONOV0OqsRU9kjXCXZddWswrDZmPNBwoYuweQoBX+Or8H
DZYiUPYQ9AsXscJPzCkq4LoOs8uDc4UHo1MwUTAdBgNVHQ4EFgQUnxLBIh6F2vrE
6CEPk2UAs+cSaGwwHwYDVR0jBBgwFoAUnxLBIh6F2vrE6CEPk2UAs+cSaGwwDwYD
VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiAS+z8STyrZcLvs5cp0g1iO
lln/0nnkvoXn6vmbbeWeIQIhAJBUYXmEhjIzYQ79gLjcxqExEg6rNWY7HQfUqfrW
bZRm
-----END CERTIFICATE-----
`;
