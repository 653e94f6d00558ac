import { CLIENT, mends } from "../mends.ts";
import { deployment, service } from "../situations.ts";

// kube-proxy joins a Service and its slices by the label kubernetes.io/service-name, and ports by name and protocol; the words are kubemu's.

const EXT = service("ext", "{ports: [{port: 80}]}");
const NAMED = service("ext", "{ports: [{name: http, port: 80}]}");
const slice = (labels: string, rest: string) =>
  `---\napiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: {name: ext-1, labels: {${labels}}}\naddressType: IPv4\n${rest}\n`;
const OURS = "kubernetes.io/service-name: ext";
const PAGE = ["outside add page.example.org 198.51.100.70 --http hello"];
const ENDPOINT = "endpoints: [{addresses: [198.51.100.70]}]";
const PORT = `ports: [{name: "", port: 80}]`;
const answers = "exec c -- curl -sS -m 3 -H Host:page.example.org ext";
const ask = "doctor";
const status = 1;

mends("Services without a selector", [
  {
    name: "a slice without the label",
    manifest: CLIENT + EXT + slice("app: ext", `${PORT}\n${ENDPOINT}`),
    lines: PAGE,
    answers,
    ask,
    status,
    stdout: `service/ext in default
  error: it has neither a selector nor an EndpointSlice: endpointslice/ext-1 does not say by its label that it is of service/ext
    $ kubectl label endpointslice ext-1 --overwrite kubernetes.io/service-name=ext
`,
  },
  {
    name: "a slice of another name",
    manifest: CLIENT + EXT + slice("kubernetes.io/service-name: extt", `${PORT}\n${ENDPOINT}`),
    lines: PAGE,
    answers,
    ask,
    status,
    stdout: `service/ext in default
  error: it has neither a selector nor an EndpointSlice: endpointslice/ext-1 does not say by its label that it is of service/ext
    $ kubectl label endpointslice ext-1 --overwrite kubernetes.io/service-name=ext
`,
  },
  {
    name: "a port of another name",
    manifest: CLIENT + NAMED + slice(OURS, `ports: [{name: web, port: 80}]\n${ENDPOINT}`),
    lines: PAGE,
    answers,
    ask,
    status,
    stdout: `service/ext in default
  error: port 80 is called http, and the port of endpointslice/ext-1 is called web: the names must be the same
    $ kubectl patch endpointslice ext-1 --type=json -p '[{"op":"replace","path":"/ports/0","value":{"name":"http","port":80}}]'
`,
  },
  {
    name: "a port with a name where the Service has none",
    manifest: CLIENT + EXT + slice(OURS, `ports: [{name: http, port: 80}]\n${ENDPOINT}`),
    lines: PAGE,
    answers,
    ask,
    status,
    stdout: `service/ext in default
  error: port 80 is without a name, and the port of endpointslice/ext-1 is called http: the names must be the same
    $ kubectl patch endpointslice ext-1 --type=json -p '[{"op":"replace","path":"/ports/0","value":{"port":80}}]'
`,
  },
  {
    name: "a slice without ports",
    manifest: CLIENT + EXT + slice(OURS, ENDPOINT),
    lines: PAGE,
    answers,
    ask,
    status,
    stdout: `service/ext in default
  error: port 80 is without a name, and endpointslice/ext-1 has no port: the names must be the same
    $ kubectl patch endpointslice ext-1 --type=json -p '[{"op":"add","path":"/ports","value":[{"port":80}]}]'
`,
  },
  {
    name: "endpoints that are marked as not ready",
    manifest:
      CLIENT + EXT + slice(OURS, `${PORT}\nendpoints: [{addresses: [198.51.100.70], conditions: {ready: false}}]`),
    lines: PAGE,
    answers,
    ask,
    status,
    stdout: `service/ext in default
  error: its endpoints are marked as not ready in endpointslice/ext-1
    $ kubectl patch endpointslice ext-1 --type=json -p '[{"op":"replace","path":"/endpoints/0/conditions/ready","value":true}]'
`,
  },
  {
    name: "an address where no machine is",
    manifest: CLIENT + EXT + slice(OURS, `${PORT}\nendpoints: [{addresses: [198.51.100.99]}]`),
    answers: "exec c -- curl -sS -m 3 ext",
    ask,
    status,
    stdout: `service/ext in default
  error: port 80 leads to 198.51.100.99:80, and no machine has the address 198.51.100.99
    $ kubemu outside add ext.example.com 198.51.100.99 --http hello
`,
  },
  {
    name: "the address of a pod that is gone",
    manifest: EXT + slice(OURS, `${PORT}\nendpoints: [{addresses: [10.244.0.77]}]`),
    ask: ["doctor", "-o", "json"],
    status,
    stdout: `{
    "findings": [
        {
            "code": "endpoint-unknown",
            "fix": [
                "kubectl edit endpointslice ext-1"
            ],
            "namespace": "default",
            "object": "service/ext",
            "problem": "port 80 leads to 10.244.0.77:80, and no pod has the address 10.244.0.77",
            "severity": "error"
        }
    ],
    "problems": 1
}
`,
    remains: `service/ext in default
  error: port 80 leads to 10.244.0.77:80, and no pod has the address 10.244.0.77
    $ kubectl edit endpointslice ext-1
`,
  },
  {
    name: "Endpoints of another name",
    manifest: `${CLIENT}${EXT}---\napiVersion: v1\nkind: Endpoints\nmetadata: {name: ext1}\nsubsets: [{addresses: [{ip: 198.51.100.70}], ports: [{port: 80}]}]\n`,
    lines: PAGE,
    answers,
    ask,
    status,
    stdout: `service/ext in default
  error: it has neither a selector nor an EndpointSlice: endpoints/ext1 is of no Service, as it would have to be called ext
    $ printf %s '{"apiVersion":"v1","kind":"Endpoints","metadata":{"name":"ext","namespace":"default"},"subsets":[{"addresses":[{"ip":"198.51.100.70"}],"ports":[{"port":80,"protocol":"TCP"}]}]}' | kubectl apply -f -
`,
  },
  {
    name: "Endpoints whose port has another name",
    manifest: `${CLIENT}${NAMED}---\napiVersion: v1\nkind: Endpoints\nmetadata: {name: ext}\nsubsets: [{addresses: [{ip: 198.51.100.70}], ports: [{port: 80}]}]\n`,
    lines: PAGE,
    answers,
    ask,
    status,
    stdout: `service/ext in default
  error: port 80 is called http, and the port of endpoints/ext is without a name: the names must be the same
    $ kubectl patch endpoints ext --type=json -p '[{"op":"replace","path":"/subsets/0/ports/0","value":{"name":"http","port":80}}]'
`,
  },
  {
    name: "nothing at all",
    manifest: deployment("other", "nginx") + EXT,
    ask,
    status,
    stdout: `service/ext in default
  error: it has neither a selector nor an EndpointSlice
    $ kubectl explain endpointslice.endpoints
`,
    remains: `service/ext in default
  error: it has neither a selector nor an EndpointSlice
    $ kubectl explain endpointslice.endpoints
`,
  },
]);
