import { expect, it } from "vitest";
import { Kubectl } from "../support/kubectl.ts";
import { CLIENT } from "./mends.ts";
import { deployment, service } from "./situations.ts";

// Which names there are is CoreDNS' affair, and who reaches what that of the recorded traffic matrix; the words are kubemu's.

const WEB = deployment("web", "bretfisher/httpenv");
const MANIFEST = `${CLIENT}${WEB}---
apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: v1
kind: Pod
metadata: {name: own}
spec: {dnsPolicy: Default, containers: [{name: sh, image: nicolaka/netshoot, command: [sleep, infinity]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: bare}
spec: {dnsPolicy: None, dnsConfig: {nameservers: [10.96.0.10]}, containers: [{name: sh, image: nicolaka/netshoot, command: [sleep, infinity]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: node}
spec: {hostNetwork: true, containers: [{name: sh, image: nicolaka/netshoot, command: [sleep, infinity]}]}
${service("web", "{type: NodePort, clusterIP: 10.96.0.50, selector: {app: web}, ports: [{port: 80, targetPort: 8888, nodePort: 30080}]}")}${service("inner", "{clusterIP: 10.96.0.51, selector: {app: web}, ports: [{port: 81, targetPort: 8888}]}")}${service("front", "{selector: {app: web}, ports: [{port: 80}]}", "shop")}${service("alias", "{type: ExternalName, externalName: web}")}`;

it.each([
  ["http://front --from pod/c", "service/front is in namespace shop: front.shop"],
  ["http://shop.front --from pod/c", "the Service comes first, then its namespace: front.shop"],
  ["http://wbe --from pod/c", "there is service/web in namespace default: web"],
  [
    "http://web.default.cluster.local --from pod/c",
    "the whole name of service/web is another one: web.default.svc.cluster.local",
  ],
  [
    "http://web --from pod/own",
    "pod own asks 192.0.2.53, which knows nothing of the cluster: its dnsPolicy is Default",
  ],
  [
    "http://web --from pod/node",
    "pod node asks 192.0.2.53, which knows nothing of the cluster: it is on its node's network, where only dnsPolicy ClusterFirstWithHostNet asks the cluster's",
  ],
  ["http://web --from pod/bare", "pod bare has no search domains in its resolv.conf: web.default.svc.cluster.local"],
  [
    "http://alias --from pod/c",
    "web is looked up as it stands, without search domains, and is no name; service/web in namespace default is web.default.svc.cluster.local (kubemu doctor svc/alias)",
  ],
  ["http://c.web --from pod/c", "the names of pods that no StatefulSet makes are no names of the DNS: 10.244.0.4"],
  ["http://web:8888 --from pod/c", "service/web in namespace default has 80/TCP; 8888 is the port of its pods"],
  [
    "http://web:30080 --from pod/c",
    "service/web in namespace default has 80/TCP; 30080 is its node port, at the nodes' own addresses",
  ],
  [
    "http://localhost --from pod/c",
    "localhost is pod c itself: each pod has its own, and a Service is asked by its name",
  ],
  ["http://localhost", "service/web answers this machine at its node port: localhost:30080"],
  ["http://localhost:81", "service/inner is inside the cluster alone: kubectl port-forward service/inner 8081:81"],
  [
    "http://10.96.0.51:81",
    "only pods and nodes reach the CLUSTER-IP of service/inner: --from pod/NAME, or kubectl port-forward service/inner 8081:81",
  ],
  [
    "http://10.244.0.4:8888",
    "only pods and nodes reach pod c: --from pod/NAME, or kubectl port-forward pod/c 8080:8888",
  ],
  [
    "http://front.shop --from pod/c",
    "selector app=web matches pods in namespace default alone; a Service selects in its own namespace, and is front.default for others (kubemu doctor svc/front -n shop)",
  ],
])("trace %s", async (line, hint) => {
  const kubectl = new Kubectl({ files: { "all.yaml": MANIFEST } });
  await kubectl.ok("apply -f all.yaml");
  const lines = (await kubectl.ok(`trace ${line}`)).split("\n");
  expect(lines.filter((it) => it.startsWith("HINT "))).toEqual([`HINT ${hint}`]);
});

it("gives no hint where the connection is answered, or nothing is meant", async () => {
  const kubectl = new Kubectl({ files: { "all.yaml": MANIFEST } });
  await kubectl.ok("apply -f all.yaml");
  for (const line of ["http://web --from pod/c", "http://nothing --from pod/c", "http://localhost:30080"])
    expect(await kubectl.ok(`trace ${line}`)).not.toContain("HINT");
});
