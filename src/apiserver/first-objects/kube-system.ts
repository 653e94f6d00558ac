import { keyedInt, keyedUuid } from "../../api/keyed-random.ts";
import type { KubeObject } from "../../api/object.ts";
import { CA_CERTIFICATE } from "../../api/profiles/ca-certificate.ts";
import type { Profile } from "../../api/profiles/profile.ts";
import { microTimestamp, type ResourceKey, timestamp } from "../../api/snapshot.ts";
import type { Made } from "./made.ts";

/** What the server itself keeps in kube-system. */
export function kubeSystemObjects(profile: Profile, seed: string, now: number): [ResourceKey, Made][] {
  return [
    ["configmaps", configMap("extension-apiserver-authentication", { "client-ca-file": CA_CERTIFICATE })],
    [
      "configmaps",
      configMap("kube-apiserver-legacy-service-account-token-tracking", { since: timestamp(now).slice(0, 10) }),
    ],
    ["leases.coordination.k8s.io", identityLease(profile, seed, now)],
  ];
}

function configMap(name: string, data: Record<string, string>): Made {
  return {
    object: { apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace: "kube-system" }, data } as KubeObject,
  };
}

const BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

/** Models apiserver pkg/reconcilers and kubernetes pkg/controlplane/apiserver/server.go (the server's identity). */
function identityLease({ apiServer, nodes }: Profile, seed: string, now: number): Made {
  const letters = Array.from({ length: 26 }, (_, i) => BASE32[keyedInt(32, seed, "server", i)]);
  const name = `apiserver-${letters.join("")}`;
  return {
    object: {
      apiVersion: "coordination.k8s.io/v1",
      kind: "Lease",
      metadata: {
        name,
        namespace: "kube-system",
        labels: {
          "apiserver.kubernetes.io/identity": "kube-apiserver",
          "kubernetes.io/hostname": nodes[0]!.hostname,
        },
        annotations: { "kubernetes.io/peer-advertise-address": `${apiServer.address}:${apiServer.port}` },
      },
      spec: {
        holderIdentity: `${name}_${keyedUuid(seed, "server")}`,
        leaseDurationSeconds: 3600,
        renewTime: microTimestamp(now),
      },
    } as KubeObject,
  };
}
