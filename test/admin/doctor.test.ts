import { describe, expect, it } from "vitest";
import { Kubectl } from "../support/kubectl.ts";
import { deployment, prepare, type Situation, service } from "./situations.ts";

// The problems are those of the page "Debug Services" of the Kubernetes documentation and of kube-proxy's rules; the words are kubemu's.

const WEB = deployment("web", "nginx");

/** `mends`: after the commands that it names nothing is wrong any more. */
const SITUATIONS: (Situation & { mends?: boolean })[] = [
  {
    name: "nothing is wrong",
    manifest: WEB + service("web", "{selector: {app: web}, ports: [{port: 80}]}"),
    ask: "doctor",
    status: 0,
    stdout: `Nothing is wrong.
`,
  },
  {
    name: "a selector with a slip",
    manifest: WEB + service("web", "{selector: {app: wbe}, ports: [{port: 80}]}"),
    ask: "doctor",
    mends: true,
    status: 1,
    stdout: `service/web in default
  error: selector app=wbe matches no pod; the nearest label is app=web of deployment/web
    $ kubectl patch service web -p '{"spec":{"selector":{"app":"web"}}}'
`,
  },
  {
    name: "a selector with the wrong key",
    manifest: WEB + service("web", "{selector: {run: web}, ports: [{port: 80}]}"),
    ask: "doctor",
    mends: true,
    status: 1,
    stdout: `service/web in default
  error: selector run=web matches no pod; the nearest label is app=web of deployment/web
    $ kubectl patch service web -p '{"spec":{"selector":{"run":null,"app":"web"}}}'
`,
  },
  {
    name: "a selector that is near nothing",
    manifest: WEB + service("web", "{selector: {tier: backend}, ports: [{port: 80}]}"),
    ask: "doctor",
    status: 1,
    stdout: `service/web in default
  error: selector tier=backend matches no pod; deployment/web, which has the Service's name, has app=web
    $ kubectl patch service web -p '{"spec":{"selector":{"tier":null,"app":"web"}}}'
`,
  },
  {
    name: "a selector whose pods are in another namespace",
    lines: [
      "create namespace shop",
      "create deployment api --image=nginx -n shop",
      "create service clusterip api --tcp=80:80",
    ],
    ask: "doctor",
    status: 1,
    stdout: `service/api in default
  error: selector app=api matches pods in namespace shop alone; a Service selects in its own namespace, and is api.shop for others
    $ kubectl delete service api
    $ kubectl expose deployment/api -n shop --name=api --port=80 --target-port=80
`,
  },
  {
    name: "a deployment that is scaled to 0",
    manifest:
      deployment("web", "nginx", { replicas: 0 }) + service("web", "{selector: {app: web}, ports: [{port: 80}]}"),
    ask: "doctor",
    mends: true,
    status: 1,
    stdout: `service/web in default
  error: deployment/web is scaled to 0: no pod has app=web
    $ kubectl scale deployment web --replicas=1
`,
  },
  {
    name: "no selector and no endpoints",
    manifest: WEB + service("web", "{ports: [{port: 80}]}"),
    ask: "doctor",
    mends: true,
    status: 1,
    stdout: `service/web in default
  error: it has neither a selector nor an EndpointSlice; deployment/web has app=web
    $ kubectl patch service web -p '{"spec":{"selector":{"app":"web"}}}'
`,
  },
  {
    name: "a targetPort that nobody listens on",
    manifest: WEB + service("web", "{selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}"),
    ask: "doctor",
    mends: true,
    status: 1,
    stdout: `service/web in default
  error: port 80 leads to targetPort 8080, where nobody listens; deployment/web listens on 80/TCP
    $ kubectl patch service web --type=json -p '[{"op":"replace","path":"/spec/ports/0/targetPort","value":80}]'
`,
  },
  {
    name: "a named port that no container has",
    manifest:
      deployment("web", "nginx", { container: ", ports: [{name: http, containerPort: 80}]" }) +
      service("web", "{selector: {app: web}, ports: [{port: 80, targetPort: htpp}]}"),
    ask: "doctor",
    mends: true,
    status: 1,
    stdout: `service/web in default
  error: port 80 leads to a port named htpp, which no container has; deployment/web has http
    $ kubectl patch service web --type=json -p '[{"op":"replace","path":"/spec/ports/0/targetPort","value":"http"}]'
`,
  },
  {
    name: "UDP before a TCP server",
    manifest: WEB + service("web", "{selector: {app: web}, ports: [{port: 80, protocol: UDP}]}"),
    ask: "doctor",
    mends: true,
    status: 1,
    stdout: `service/web in default
  error: port 80 is UDP, and container main of deployment/web listens on 80/TCP
    $ kubectl patch service web --type=json -p '[{"op":"replace","path":"/spec/ports/0/protocol","value":"TCP"}]'
`,
  },
  {
    name: "headless, and port is not targetPort",
    manifest: WEB + service("web", "{clusterIP: None, selector: {app: web}, ports: [{port: 8080, targetPort: 80}]}"),
    ask: "doctor",
    mends: true,
    status: 1,
    stdout: `service/web in default
  error: it is headless: its name leads to the pods themselves, which listen on 80 and not on 8080
    $ kubectl patch service web --type=json -p '[{"op":"replace","path":"/spec/ports/0/port","value":80}]'
`,
  },
  {
    name: "an image tag that does not exist",
    manifest:
      deployment("web", "gcr.io/google-samples/kubernetes-bootcamp:v10") +
      service("web", "{selector: {app: web}, ports: [{port: 8080}]}"),
    ask: "doctor",
    status: 1,
    stdout: `pod/web-699db6974c-6c67s in default
  error: ErrImagePull: image gcr.io/google-samples/kubernetes-bootcamp:v10 cannot be pulled; there is gcr.io/google-samples/kubernetes-bootcamp:v1
    $ kubectl set image deployment/web main=gcr.io/google-samples/kubernetes-bootcamp:v1
`,
  },
  {
    name: "a container that crashes",
    manifest:
      deployment("web", "busybox", { container: ", command: [sh, -c, exit 3]" }) +
      service("web", "{selector: {app: web}, ports: [{port: 80}]}"),
    ask: "doctor",
    status: 1,
    stdout: `pod/web-7776c6f974-jnvzq in default
  error: container main does not stay up (1 restarts): exit status 3
    $ kubectl logs web-7776c6f974-jnvzq -c main
`,
  },
  {
    name: "a readiness probe on a port that nobody listens on",
    manifest:
      deployment("web", "nginx", { container: ", readinessProbe: {httpGet: {port: 8081}}" }) +
      service("web", "{selector: {app: web}, ports: [{port: 80}]}"),
    ask: "doctor",
    mends: true,
    status: 1,
    stdout: `pod/web-7ccf7449f8-tsmf6 in default
  error: its readiness probe asks port 8081, where nobody listens; container main listens on 80
    $ kubectl patch deployment web --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/readinessProbe/httpGet/port","value":80}]'
`,
  },
  {
    name: "headless peers that wait for each other",
    manifest:
      deployment("web", "nginx", { container: ", readinessProbe: {exec: {command: ['false']}}" }) +
      service("web", "{clusterIP: None, selector: {app: web}, ports: [{port: 80}]}"),
    ask: "doctor svc/web",
    status: 1,
    stdout: `pod/web-7798b96c4b-j9znw in default
  error: the readiness probe of container main fails: false
    $ kubectl describe pod web-7798b96c4b-j9znw

service/web in default
  hint: no pod is ready and publishNotReadyAddresses is not set: pods that wait for each other's names never find them
    $ kubectl patch service web -p '{"spec":{"publishNotReadyAddresses":true}}'
`,
  },
  {
    name: "addresses that are published before they are ready",
    manifest:
      deployment("web", "nginx", { container: ", readinessProbe: {exec: {command: ['false']}}" }) +
      service("web", "{publishNotReadyAddresses: true, selector: {app: web}, ports: [{port: 80}]}"),
    ask: "doctor",
    status: 1,
    stdout: `pod/web-7798b96c4b-j9znw in default
  error: the readiness probe of container main fails: false
    $ kubectl describe pod web-7798b96c4b-j9znw

service/web in default
  error: publishNotReadyAddresses sends connections to 1 of 1 pods before they are ready
    $ kubectl patch service web -p '{"spec":{"publishNotReadyAddresses":false}}'
`,
  },
  {
    name: "a load balancer on a cluster that has none",
    profile: "bare",
    manifest:
      deployment("web", "nginx", {}) +
      service("web", "{type: LoadBalancer, selector: {app: web}, ports: [{port: 80}]}"),
    ask: "doctor",
    mends: true,
    status: 1,
    stdout: `service/web in default
  error: EXTERNAL-IP is <pending>: a cluster of profile bare has nobody that gives addresses; node port 31065 works without one
    $ kubectl patch service web --subresource=status --type=merge -p '{"status":{"loadBalancer":{"ingress":[{"ip":"192.168.65.200"}]}}}'
`,
  },
  {
    name: "a load balancer whose provider takes its time",
    profile: "cloud",
    manifest: WEB + service("web", "{type: LoadBalancer, selector: {app: web}, ports: [{port: 80}]}"),
    ask: "doctor",
    status: 1,
    stdout: `service/web in default
  error: EXTERNAL-IP is <pending>: the provider takes 5 s
    $ kubectl wait --for=jsonpath='{.status.loadBalancer.ingress}' service/web --timeout=60s
`,
  },
  {
    name: "two load balancers that want one port of localhost",
    manifest: WEB + service("a", "{type: LoadBalancer, selector: {app: web}, ports: [{port: 80}]}"),
    lines: ["expose deployment web --name=b --port=80 --type=LoadBalancer"],
    ask: "doctor",
    mends: true,
    status: 1,
    stdout: `service/b in default
  error: localhost:80 belongs to the older service/a in namespace default
    $ kubectl patch service b --type=json -p '[{"op":"replace","path":"/spec/ports/0/port","value":8080}]'
`,
  },
  {
    name: "source ranges without this machine",
    manifest:
      WEB +
      service(
        "web",
        "{type: LoadBalancer, loadBalancerSourceRanges: [203.0.113.0/24], selector: {app: web}, ports: [{port: 80}]}",
      ),
    profile: "bare",
    lines: [
      [
        "patch",
        "service",
        "web",
        "--subresource=status",
        "--type=merge",
        "-p",
        '{"status":{"loadBalancer":{"ingress":[{"ip":"192.168.65.200"}]}}}',
      ],
    ],
    ask: "doctor",
    mends: true,
    status: 1,
    stdout: `service/web in default
  error: loadBalancerSourceRanges 203.0.113.0/24 do not hold this machine (192.168.65.1): its packets are dropped
    $ kubectl patch service web -p '{"spec":{"loadBalancerSourceRanges":["203.0.113.0/24","192.168.65.1/32"]}}'
`,
  },
  {
    name: "a node port, on kind",
    profile: "kind",
    manifest: WEB + service("web", "{type: NodePort, selector: {app: web}, ports: [{port: 80, nodePort: 30080}]}"),
    ask: "doctor svc/web",
    status: 0,
    stdout: `service/web in default
  hint: on profile kind this machine reaches node port 30080 at 172.18.0.2, not at localhost (refused)
    $ curl http://172.18.0.2:30080/
`,
  },
  {
    name: "a ClusterIP, from this machine",
    manifest: WEB + service("web", "{clusterIP: 10.96.0.50, selector: {app: web}, ports: [{port: 80}]}"),
    ask: "doctor svc/web",
    status: 0,
    stdout: `service/web in default
  hint: 10.96.0.50:80 answers inside the cluster alone; from this machine it times out
    $ kubectl port-forward service/web 8080:80
`,
  },
  {
    name: "externalTrafficPolicy Local on nodes without a pod",
    profile: "kind",
    manifest:
      WEB + service("web", "{type: NodePort, externalTrafficPolicy: Local, selector: {app: web}, ports: [{port: 80}]}"),
    ask: "doctor",
    mends: true,
    status: 1,
    stdout: `service/web in default
  error: externalTrafficPolicy Local drops what reaches its node port on kind-control-plane, kind-worker: no pod of it runs there
    $ kubectl patch service web -p '{"spec":{"externalTrafficPolicy":"Cluster"}}'
`,
  },
  {
    name: "internalTrafficPolicy Local on nodes without a pod",
    profile: "kind",
    manifest: WEB + service("web", "{internalTrafficPolicy: Local, selector: {app: web}, ports: [{port: 80}]}"),
    ask: "doctor",
    mends: true,
    status: 1,
    stdout: `service/web in default
  error: internalTrafficPolicy Local drops what pods on kind-worker send: no pod of it runs there
    $ kubectl patch service web -p '{"spec":{"internalTrafficPolicy":"Cluster"}}'
`,
  },
  {
    name: "a NetworkPolicy that nobody enforces",
    manifest:
      WEB +
      service("web", "{clusterIP: 10.96.0.50, selector: {app: web}, ports: [{port: 80}]}") +
      `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: deny-all}
spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: others}
spec: {podSelector: {matchLabels: {app: other}}}
`,
    ask: "doctor svc/web",
    status: 0,
    stdout: `service/web in default
  hint: NetworkPolicy deny-all restricts its pods (Ingress and Egress), but no network plug-in enforces it here: where one does, it may drop what passes now
    $ kubectl describe networkpolicy deny-all
  hint: NetworkPolicy deny-all lets its pods (web-687bf59799-b9rmh) send nothing to port 53 of kube-system: where a network plug-in enforces it, they can look up no name
    $ kubectl describe networkpolicy deny-all
  hint: 10.96.0.50:80 answers inside the cluster alone; from this machine it times out
    $ kubectl port-forward service/web 8080:80
`,
  },
  {
    name: "an ExternalName that is an address",
    manifest: service("db", "{type: ExternalName, externalName: 198.51.100.80}"),
    ask: "doctor",
    mends: true,
    status: 1,
    stdout: `service/db in default
  error: externalName 198.51.100.80 is an address, which DNS takes for a name that nobody knows
    $ kubectl patch service db -p '{"spec":{"externalName":"db.example.com"}}'
`,
  },
  {
    name: "an ExternalName that is an address nobody knows",
    manifest: service("db", "{type: ExternalName, externalName: 198.51.100.81}"),
    ask: "doctor",
    status: 1,
    stdout: `service/db in default
  error: externalName 198.51.100.81 is an address, which DNS takes for a name that nobody knows
    $ kubectl patch service db -p '{"spec":{"type":"ClusterIP","externalName":null,"clusterIP":"None","ports":[{"port":80}]}}'
    $ printf %s '{"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","metadata":{"name":"db-1","namespace":"default","labels":{"kubernetes.io/service-name":"db"}},"addressType":"IPv4","ports":[{"name":"","port":80}],"endpoints":[{"addresses":["198.51.100.81"]}]}' | kubectl apply -f -
`,
  },
  {
    name: "an ExternalName that nobody knows",
    manifest: service("db", "{type: ExternalName, externalName: db.example.org}"),
    ask: "doctor",
    status: 1,
    stdout: `service/db in default
  error: no name server knows an address of db.example.org
    $ kubemu outside add db.example.org 198.51.100.10
`,
  },
  {
    name: "an ExternalName in the wrong namespace",
    manifest: service("dns", "{type: ExternalName, externalName: kube-dns.default.svc.cluster.local}"),
    ask: "doctor",
    mends: true,
    status: 1,
    stdout: `service/dns in default
  error: kube-dns.default.svc.cluster.local is no Service; service/kube-dns is in namespace kube-system
    $ kubectl patch service dns -p '{"spec":{"externalName":"kube-dns.kube-system.svc.cluster.local"}}'
`,
  },
  {
    name: "an ExternalName that leads to itself",
    manifest: service("db", "{type: ExternalName, externalName: db.default.svc.cluster.local}"),
    ask: "doctor",
    status: 1,
    stdout: `service/db in default
  error: db.default.svc.cluster.local leads back to itself: the name has no end
    $ kubectl delete service db
`,
  },
  {
    name: "an ExternalName to a web server that serves by name",
    lines: ["outside add www.example.com 198.51.100.90 --http hello"],
    manifest: service("www", "{type: ExternalName, externalName: www.example.com}"),
    ask: "doctor svc/www",
    status: 0,
    stdout: `service/www in default
  hint: a request for http://www.default/ asks www.example.com for the host www.default, which it answers with 404; TLS fails for the same reason
    $ curl -H 'Host: www.example.com' http://www.default/
`,
  },
  {
    name: "a name in a variable that is of another namespace",
    manifest: deployment("web", "nginx", { container: ", env: [{name: DNS, value: 'http://kube-dns:9153/metrics'}]" }),
    ask: "doctor",
    status: 1,
    stdout: `deployment/web in default
  error: variable DNS of container main names kube-dns, which is no Service; service/kube-dns is in namespace kube-system
    $ kubectl set env deployment/web -c main DNS=http://kube-dns.kube-system:9153/metrics
`,
  },
  {
    name: "CoreDNS scaled to 0",
    lines: ["scale deployment coredns -n kube-system --replicas=0"],
    ask: "doctor",
    mends: true,
    status: 1,
    stdout: `deployment/coredns in kube-system
  error: CoreDNS is scaled to 0: no name of a Service is answered
    $ kubectl scale deployment coredns -n kube-system --replicas=2
`,
  },
  {
    name: "as JSON",
    manifest: service("web", "{selector: {app: wbe}, ports: [{port: 80}]}"),
    ask: "doctor -o json",
    status: 1,
    stdout: `{
    "findings": [
        {
            "code": "selector-matches-nothing",
            "fix": [
                "kubectl get pods --show-labels"
            ],
            "namespace": "default",
            "object": "service/web",
            "problem": "selector app=wbe matches no pod, and no label in namespace default is near it",
            "severity": "error"
        }
    ],
    "problems": 1
}
`,
  },
  {
    name: "a pinned node port that is taken",
    manifest: WEB + service("a", "{type: NodePort, selector: {app: web}, ports: [{port: 80, nodePort: 30080}]}"),
    ask: "doctor -f b.yaml",
    status: 1,
    stdout: `service/b in default
  error: b.yaml: nodePort 30080 is taken by service/a in namespace default
    $ sed -i 's/\\(nodePort"*: *\\)30080\\b/\\130081/' b.yaml
`,
  },
  {
    name: "a pinned node port out of the range",
    manifest: WEB,
    ask: "doctor -f c.yaml",
    status: 1,
    stdout: `service/b in default
  error: c.yaml: nodePort 8080 is not in 30000-32767
    $ sed -i 's/\\(nodePort"*: *\\)8080\\b/\\130000/' c.yaml
`,
  },
];

describe("doctor", () => {
  it("is held by at least twenty situations, each another one", () => {
    expect(new Set(SITUATIONS.map(({ name }) => name)).size).toBe(36);
    expect(new Set(SITUATIONS.map(({ stdout }) => stdout)).size).toBe(36);
  });

  it.each(SITUATIONS)("$name", async (situation) => {
    const kubectl = new Kubectl(situation.profile ? { profile: situation.profile } : {});
    kubectl.write(
      "b.yaml",
      service("b", "{type: NodePort, selector: {app: web}, ports: [{port: 80, nodePort: 30080}]}"),
    );
    kubectl.write(
      "c.yaml",
      service("b", "{type: NodePort, selector: {app: web}, ports: [{port: 80, nodePort: 8080}]}"),
    );
    await prepare(kubectl, situation);
    const ran = await kubectl.run(situation.ask);
    expect(ran).toEqual({ stdout: situation.stdout, stderr: "", status: situation.status });
    if (!situation.mends) return;
    const lines = ran.stdout.split("\n").filter((line) => line.startsWith("    $ kubectl "));
    for (const line of lines) await kubectl.ok(shellWords(line.slice("    $ kubectl ".length)));
    expect(await kubectl.ok("doctor")).toBe("Nothing is wrong.\n");
  });

  it("names a service that is not there as the server does", async () => {
    expect(await new Kubectl().run("doctor svc/nothere")).toEqual({
      stdout: "",
      stderr: 'Error from server (NotFound): services "nothere" not found\n',
      status: 1,
    });
  });
});

/** The words of a POSIX command line with single quotes. */
function shellWords(line: string): string[] {
  return [...line.matchAll(/(?:[^\s']|'[^']*')+/g)].map(([word]) => word.replaceAll("'", ""));
}
