import { expect, test } from "vitest";
import { Kubectl } from "../support/kubectl.ts";

// A server of version 1.36.2 accepted each of the exported manifests.

const OUTSIDE_OF_NAMESPACES = `apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: {name: urgent}
value: 100
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: slow}
provisioner: example.com/slow
---
apiVersion: v1
kind: PersistentVolume
metadata: {name: disk}
spec:
  capacity: {storage: 1Gi}
  accessModes: [ReadWriteOnce]
  hostPath: {path: /tmp/disk}
  storageClassName: slow
---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: own}
spec: {controller: example.com/own}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: reader}
rules: [{apiGroups: [""], resources: [nodes], verbs: [get]}]
---
apiVersion: v1
kind: Pod
metadata: {name: first}
spec: {priorityClassName: urgent, containers: [{name: a, image: nginx}]}
`;

const kindsAndNames = (manifests: string) =>
  [...manifests.matchAll(/^kind: (.*)\nmetadata:\n(?: {2}\S.*\n(?: {3,}.*\n)*?)*? {2}name: (.*)$/gm)].map(
    ([, kind, name]) => `${kind}/${name}`,
  );

test("-A takes what somebody wrote outside of namespaces, and nothing that each cluster has", async () => {
  const kubectl = new Kubectl({ files: { "all.yaml": OUTSIDE_OF_NAMESPACES } });
  await kubectl.ok("apply -f all.yaml");
  const text = await kubectl.ok("export -A");
  expect(kindsAndNames(text)).toEqual([
    "PriorityClass/urgent",
    "StorageClass/slow",
    "IngressClass/own",
    "PersistentVolume/disk",
    "Pod/first",
    "ClusterRole/reader",
  ]);
  expect(kindsAndNames(await kubectl.ok("export"))).toEqual(["Pod/first"]);
  // Another cluster may give the class another number, and refuses a pod that names the old one.
  expect(text).not.toContain("  priority: ");
  const there = new Kubectl({ files: { "all.yaml": text } });
  expect(await there.ok("import -f all.yaml")).toBe(
    `priorityclass.scheduling.k8s.io/urgent imported
storageclass.storage.k8s.io/slow imported
ingressclass.networking.k8s.io/own imported
persistentvolume/disk imported
pod/first imported
clusterrole.rbac.authorization.k8s.io/reader imported
`,
  );
});

test("Endpoints that somebody wrote go along, those of a selector stay", async () => {
  const files = {
    "old.yaml": `apiVersion: v1
kind: Service
metadata: {name: old}
spec: {ports: [{port: 80}]}
---
apiVersion: v1
kind: Endpoints
metadata: {name: old}
subsets: [{addresses: [{ip: 192.0.2.11}], ports: [{port: 80}]}]
`,
  };
  const kubectl = new Kubectl({ files });
  await kubectl.run("apply -f old.yaml");
  await kubectl.ok("create deployment web --image=nginx");
  await kubectl.ok("expose deployment web --port=80");
  const text = await kubectl.ok("export");
  expect(kindsAndNames(text)).toEqual(["Service/old", "Service/web", "Endpoints/old", "Deployment/web"]);
  expect(text).toContain(`kind: Endpoints
metadata:
  name: old
  namespace: default
subsets:
- addresses:
  - ip: 192.0.2.11
  ports:
  - port: 80
    protocol: TCP
`);
});

test("a namespace of one's own is taken whatever its name begins with", async () => {
  const kubectl = new Kubectl();
  await kubectl.ok("create namespace kube-mine");
  await kubectl.ok("create configmap a --from-literal=a=b -n kube-mine");
  expect(kindsAndNames(await kubectl.ok("export -A"))).toEqual(["Namespace/kube-mine", "ConfigMap/a"]);
});

test("a list with all that a cluster has of its own brings nothing and is no error", async () => {
  const kubectl = new Kubectl();
  const kinds =
    "apiservices,flowschemas,prioritylevelconfigurations,clusterroles,clusterrolebindings,priorityclasses,servicecidrs,nodes,namespaces";
  const list = await kubectl.ok(`get ${kinds} -o yaml`);
  expect(await kubectl.run("import -f -", list)).toEqual({ stdout: "", stderr: "", status: 0 });
});
