import { SERVICE_NAME } from "../kinds/endpointslice/marks.ts";
import type { KubeObject } from "../object.ts";
import type { ResourceKey } from "../snapshot.ts";
import type { Profile } from "./profile.ts";

/** The Service `kubernetes` with its Endpoints and EndpointSlice, as the API server keeps them. Models kubernetes pkg/controlplane/controller/kubernetesservice and reconcilers. */
export function kubernetesServiceObjects(profile: Profile): { resource: ResourceKey; object: KubeObject }[] {
  const { address, port } = profile.apiServer;
  const name = { name: "kubernetes", namespace: "default" };
  const ports = [{ name: "https", port, protocol: "TCP" as const }];
  return [
    {
      resource: "services",
      object: {
        apiVersion: "v1",
        kind: "Service",
        metadata: { ...name, labels: { component: "apiserver", provider: "kubernetes" } },
        spec: {
          type: "ClusterIP",
          clusterIP: "10.96.0.1",
          ipFamilyPolicy: "SingleStack",
          ports: [{ name: "https", protocol: "TCP", port: 443, targetPort: port }],
          sessionAffinity: "None",
        },
      },
    },
    {
      resource: "endpoints",
      object: {
        apiVersion: "v1",
        kind: "Endpoints",
        metadata: { ...name, labels: { "endpointslice.kubernetes.io/skip-mirror": "true" } },
        subsets: [{ addresses: [{ ip: address }], ports }],
      },
    },
    {
      resource: "endpointslices.discovery.k8s.io",
      object: {
        apiVersion: "discovery.k8s.io/v1",
        kind: "EndpointSlice",
        metadata: { ...name, labels: { [SERVICE_NAME]: "kubernetes" } },
        addressType: "IPv4",
        endpoints: [{ addresses: [address], conditions: { ready: true } }],
        ports,
      },
    },
  ];
}
