import { expect, it } from "vitest";
import { Kubectl } from "../../support/kubectl.ts";
import { CLIENT, follow } from "../mends.ts";
import { deployment, prepare, type Situation, service } from "../situations.ts";

// Things that work, and surprise: plain `doctor` is silent, `doctor svc/NAME` explains.

const WEB = deployment("web", "nginx");
const web = (spec: string) => WEB + CLIENT + service("web", spec);
const OK = "{clusterIP: 10.96.0.50, selector: {app: web}, ports: [{port: 80}]}";
const ask = "doctor svc/web";
const status = 0;
const policy = (name: string, spec: string) =>
  `---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: ${name}}\nspec: ${spec}\n`;

const SITUATIONS: Situation[] = [
  {
    name: "a headless Service has no address",
    manifest: web("{clusterIP: None, selector: {app: web}, ports: [{port: 80}]}"),
    ask,
    status,
    stdout: `service/web in default
  hint: it is headless: CLUSTER-IP None is no address, and web.default leads to the addresses of its pods, on their own port
    $ kubectl get endpointslices -l kubernetes.io/service-name=web
`,
  },
  {
    name: "the port of the pods is not the Service's",
    manifest:
      deployment("web", "bretfisher/httpenv") +
      service("web", "{clusterIP: 10.96.0.50, selector: {app: web}, ports: [{port: 80, targetPort: 8888}]}"),
    ask,
    status,
    stdout: `service/web in default
  hint: 10.96.0.50:80 answers inside the cluster alone; from this machine it times out
    $ kubectl port-forward service/web 8080:80
  hint: clients ask web.default:80; 8888 is the port of its pods, which its own address does not answer
    $ kubectl get service web
`,
  },
  {
    name: "443 before a server without TLS",
    manifest: web(
      "{type: NodePort, clusterIP: 10.96.0.50, selector: {app: web}, ports: [{port: 443, targetPort: 80, nodePort: 30443}]}",
    ),
    ask,
    status,
    stdout: `service/web in default
  hint: on profile docker-desktop this machine reaches node port 30443 at localhost, not at 192.168.65.3 (dropped)
    $ curl http://localhost:30443/
  hint: clients ask web.default:443; 80 is the port of its pods, which its own address does not answer
    $ kubectl get service web
  hint: port 443 leads to 80, where its pods speak HTTP without TLS: https://web.default fails, http://web.default:443 does not
    $ kubectl describe service web
`,
  },
  {
    name: "an external address that no route leads to",
    manifest: web("{clusterIP: 10.96.0.50, externalIPs: [203.0.113.50], selector: {app: web}, ports: [{port: 80}]}"),
    ask,
    status,
    stdout: `service/web in default
  hint: externalIPs 203.0.113.50: the nodes take packets for it, but no route brings them there from this machine
    $ kubectl get nodes -o wide
  hint: 10.96.0.50:80 answers inside the cluster alone; from this machine it times out
    $ kubectl port-forward service/web 8080:80
`,
  },
  {
    name: "an Ingress that nobody reads",
    manifest: `${web(OK)}---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: front}
spec: {defaultBackend: {service: {name: web, port: {number: 80}}}}
`,
    ask,
    status,
    stdout: `service/web in default
  hint: ingress/front leads to it, but no ingress controller runs here: nobody reads it, and its ADDRESS stays empty
    $ kubectl get ingress front
  hint: 10.96.0.50:80 answers inside the cluster alone; from this machine it times out
    $ kubectl port-forward service/web 8080:80
`,
  },
  {
    name: "an Egress policy that forgets the DNS",
    manifest:
      web(OK) +
      policy(
        "only-web",
        "{podSelector: {matchLabels: {run: c}}, policyTypes: [Egress], egress: [{to: [{podSelector: {matchLabels: {app: web}}}]}]}",
      ),
    ask,
    status,
    stdout: `service/web in default
  hint: NetworkPolicy only-web lets its pods (c) send nothing to port 53 of kube-system: where a network plug-in enforces it, they can look up no name
    $ kubectl describe networkpolicy only-web
  hint: 10.96.0.50:80 answers inside the cluster alone; from this machine it times out
    $ kubectl port-forward service/web 8080:80
`,
  },
  {
    name: "an Egress policy that lets the DNS through",
    manifest:
      web(OK) +
      policy(
        "dns",
        "{podSelector: {matchLabels: {run: c}}, policyTypes: [Egress], egress: [{to: [{namespaceSelector: {}}], ports: [{port: 53, protocol: UDP}]}]}",
      ),
    ask,
    status,
    stdout: `service/web in default
  hint: 10.96.0.50:80 answers inside the cluster alone; from this machine it times out
    $ kubectl port-forward service/web 8080:80
`,
  },
  {
    name: "pods that call one named port by two numbers",
    manifest:
      deployment("web", "nginx", { container: ", ports: [{name: http, containerPort: 80}]" }) +
      deployment("echo", "hashicorp/http-echo", {
        labels: "{app: web, v: two}",
        container: ", args: ['-text=hi'], ports: [{name: http, containerPort: 5678}]",
      }) +
      service("web", "{type: NodePort, selector: {app: web}, ports: [{port: 80, targetPort: http, nodePort: 30080}]}"),
    profile: "linux",
    ask,
    status,
    stdout: `Nothing is wrong.
`,
  },
  {
    name: "an endpoint outside whose protocol is not simulated",
    manifest: `${service("web", "{ports: [{port: 5432}]}")}---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: db-1, labels: {kubernetes.io/service-name: web}}
addressType: IPv4
ports: [{name: "", port: 5432}]
endpoints: [{addresses: [198.51.100.80]}]
`,
    ask,
    status,
    stdout: `service/web in default
  hint: port 5432 leads to 198.51.100.80:5432, which is db.example.com: machines outside answer HTTP on 80 and 443 here, or nothing
`,
  },
  {
    name: "peers of a headless Service that are told before they are ready",
    manifest:
      deployment("web", "nginx", { container: ", readinessProbe: {exec: {command: ['false']}}" }) +
      service("web", "{clusterIP: None, publishNotReadyAddresses: true, selector: {app: web}, ports: [{port: 80}]}"),
    ask: "doctor",
    status: 1,
    stdout: `pod/web-7798b96c4b-j9znw in default
  error: the readiness probe of container main fails: false
    $ kubectl describe pod web-7798b96c4b-j9znw
`,
  },
  {
    name: "externalTrafficPolicy Local behind a load balancer that checks its nodes' health",
    profile: "cloud",
    manifest: web("{type: LoadBalancer, externalTrafficPolicy: Local, selector: {app: web}, ports: [{port: 80}]}"),
    lines: ["wait --for=jsonpath={.status.loadBalancer.ingress} service/web --timeout=60s"],
    ask,
    status,
    stdout: `Nothing is wrong.
`,
  },
  {
    name: "an ExternalName to a Service of another namespace",
    manifest: `---\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n${deployment("web", "nginx", { namespace: "shop" })}${service("web", "{selector: {app: web}, ports: [{port: 80}]}", "shop")}${service("web", "{type: ExternalName, externalName: web.shop.svc.cluster.local}")}`,
    ask,
    status,
    stdout: `Nothing is wrong.
`,
  },
  {
    name: "a StatefulSet below a Service with an address",
    manifest: `---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: web
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: main, image: nginx}]}}
${service("web", "{type: NodePort, selector: {app: web}, ports: [{port: 80, nodePort: 30080}]}")}`,
    profile: "linux",
    ask,
    status,
    stdout: `Nothing is wrong.
`,
  },
  {
    name: "an ExternalName from a list that says whole names, with a dot at the end",
    manifest: service("web", "{type: ExternalName, externalName: db.example.com.}"),
    ask,
    status,
    stdout: `Nothing is wrong.
`,
  },
];

it.each(SITUATIONS)("$name", async (situation) => {
  const kubectl = new Kubectl(situation.profile ? { profile: situation.profile } : {});
  await prepare(kubectl, situation);
  const ran = await kubectl.run(situation.ask);
  expect(ran).toEqual({ stdout: situation.stdout, stderr: "", status: situation.status });
  if (situation.status === 0)
    expect(await kubectl.run("doctor")).toEqual({ stdout: "Nothing is wrong.\n", stderr: "", status: 0 });
  await follow(kubectl, ran.stdout);
});
