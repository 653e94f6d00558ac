import { CLIENT, CURL, mends } from "../mends.ts";
import { deployment, service } from "../situations.ts";

// The rules are those of the EndpointSlice controller (a selector holds in its own namespace, for labels of pods alone); the words are kubemu's.

const WEB = deployment("web", "nginx");
const to = (selector: string, ports = "[{port: 80}]") => service("web", `{selector: ${selector}, ports: ${ports}}`);
const NS = "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n";
const ask = "doctor";
const status = 1;

mends("selectors that find no pod", [
  {
    name: "another case",
    manifest: WEB + CLIENT + to("{app: Web}"),
    answers: CURL,
    ask,
    status,
    stdout: `service/web in default
  error: selector app=Web matches no pod; the nearest label is app=web of deployment/web
    $ kubectl patch service web -p '{"spec":{"selector":{"app":"web"}}}'
`,
  },
  {
    name: "a label too many",
    manifest: WEB + CLIENT + to("{app: web, tier: frontend}"),
    answers: CURL,
    ask,
    status,
    stdout: `service/web in default
  error: selector app=web,tier=frontend matches no pod; deployment/web has app=web, but not tier=frontend
    $ kubectl patch service web -p '{"spec":{"selector":{"tier":null}}}'
`,
  },
  {
    name: "labels of two workloads in one selector",
    manifest:
      WEB +
      deployment("api", "nginx", { labels: "{app: api, tier: frontend}" }) +
      CLIENT +
      to("{app: web, tier: frontend}"),
    answers: CURL,
    ask,
    status,
    stdout: `service/web in default
  error: selector app=web,tier=frontend matches no pod; deployment/web has app=web, but not tier=frontend
    $ kubectl patch service web -p '{"spec":{"selector":{"tier":null}}}'
`,
  },
  {
    name: "the label of the Deployment itself",
    manifest:
      WEB.replace("{name: web, namespace: default}", "{name: web, namespace: default, labels: {component: front}}") +
      CLIENT +
      to("{component: front}"),
    answers: CURL,
    ask,
    status,
    stdout: `service/web in default
  error: selector component=front matches no pod: deployment/web itself has that label, its pods have app=web
    $ kubectl patch service web -p '{"spec":{"selector":{"component":null,"app":"web"}}}'
`,
  },
  {
    name: "the hash of a generation that is gone",
    manifest: WEB + CLIENT + to("{app: web, pod-template-hash: 687bf59799}"),
    lines: ["set image deployment/web main=nginx:1.27"],
    answers: CURL,
    ask,
    status,
    stdout: `service/web in default
  error: selector app=web,pod-template-hash=687bf59799 matches no pod: pod-template-hash is of one generation of pods, and changes with each rollout; deployment/web has app=web
    $ kubectl patch service web -p '{"spec":{"selector":{"pod-template-hash":null}}}'
`,
  },
  {
    name: "words that are near nothing, and a Deployment of the Service's name",
    manifest: WEB + CLIENT + to("{tier: backend}"),
    answers: CURL,
    ask,
    status,
    stdout: `service/web in default
  error: selector tier=backend matches no pod; deployment/web, which has the Service's name, has app=web
    $ kubectl patch service web -p '{"spec":{"selector":{"tier":null,"app":"web"}}}'
`,
  },
  {
    name: "pods of a StatefulSet in another namespace",
    manifest: `${NS}---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: web, namespace: shop}
spec:
  serviceName: web
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: main, image: nginx}]}}
${CLIENT}${to("{app: web}")}`,
    ask,
    status,
    stdout: `service/web in default
  error: selector app=web matches pods in namespace shop alone; a Service selects in its own namespace, and is web.shop for others
    $ kubectl delete service web
    $ printf %s '{"apiVersion":"v1","kind":"Service","metadata":{"name":"web","namespace":"shop"},"spec":{"type":"ClusterIP","selector":{"app":"web"},"ports":[{"protocol":"TCP","port":80,"targetPort":80}]}}' | kubectl apply -f -
`,
  },
  {
    name: "a NodePort for a pod in another namespace",
    manifest: `${NS}${CLIENT}${service("web", "{type: NodePort, selector: {run: x}, ports: [{port: 80, nodePort: 30100}]}")}`,
    lines: ["run x --image=nginx -n shop"],
    ask,
    status,
    stdout: `service/web in default
  error: selector run=x matches pods in namespace shop alone; a Service selects in its own namespace, and is web.shop for others
    $ kubectl delete service web
    $ kubectl expose pod/x -n shop --name=web --port=80 --target-port=80 --type=NodePort
`,
  },
]);

mends("right selectors, and nobody who makes pods", [
  {
    name: "a Deployment that was paused before it made any",
    manifest: WEB.replace("  replicas: 1\n", "  replicas: 1\n  paused: true\n") + CLIENT + to("{app: web}"),
    answers: CURL,
    ask,
    status,
    stdout: `service/web in default
  error: deployment/web is paused: it makes no pods
    $ kubectl rollout resume deployment/web
`,
  },
  {
    name: "a ServiceAccount that does not exist",
    manifest: WEB.replace("    spec:\n", "    spec:\n      serviceAccountName: nope\n") + CLIENT + to("{app: web}"),
    answers: CURL,
    ask,
    status,
    stdout: `service/web in default
  error: deployment/web makes no pods: its ServiceAccount nope does not exist
    $ kubectl create serviceaccount nope
    $ kubectl rollout restart deployment/web
`,
  },
  {
    name: "a quota without room",
    manifest: `---\napiVersion: v1\nkind: ResourceQuota\nmetadata: {name: none}\nspec: {hard: {pods: "0"}}\n${WEB}${to("{app: web}")}`,
    ask,
    status,
    stdout: `service/web in default
  error: deployment/web makes no pods: pods "web-687bf59799-nv7n5" is forbidden: exceeded quota: none, requested: pods=1, used: pods=0, limited: pods=0
    $ kubectl describe resourcequotas
`,
    remains: `service/web in default
  error: deployment/web makes no pods: pods "web-687bf59799-nv7n5" is forbidden: exceeded quota: none, requested: pods=1, used: pods=0, limited: pods=0
    $ kubectl describe resourcequotas
`,
  },
  {
    name: "a LimitRange below what is asked for",
    manifest: `---\napiVersion: v1\nkind: LimitRange\nmetadata: {name: small}\nspec: {limits: [{type: Container, max: {memory: 64Mi}}]}\n${deployment("web", "nginx", { container: ", resources: {limits: {memory: 1Gi}}" })}${to("{app: web}")}`,
    ask,
    status,
    stdout: `service/web in default
  error: deployment/web makes no pods: pods "web-77bbd5464b-bvg57" is forbidden: maximum memory usage per Container is 64Mi, but limit is 1Gi
    $ kubectl describe limitranges
`,
    remains: `service/web in default
  error: deployment/web makes no pods: pods "web-77bbd5464b-bvg57" is forbidden: maximum memory usage per Container is 64Mi, but limit is 1Gi
    $ kubectl describe limitranges
`,
  },
  {
    name: "pods that have ended",
    manifest: to("{run: web}"),
    lines: ["run web --image=busybox --restart=Never -- sleep 1"],
    later: 20_000,
    ask,
    status,
    stdout: `service/web in default
  error: the pods of selector run=web have ended (pod/web): a Service leads to pods that run
    $ kubectl get pods -l run=web
`,
    remains: `service/web in default
  error: the pods of selector run=web have ended (pod/web): a Service leads to pods that run
    $ kubectl get pods -l run=web
`,
  },
  {
    name: "pods that are being deleted",
    manifest: WEB + to("{app: web}"),
    lines: ["settings set pod-stop=30s", "delete deployment web --wait=false"],
    ask,
    status,
    stdout: `service/web in default
  error: the pods of selector app=web are being deleted (pod/web-687bf59799-b9rmh), and nobody makes new ones
    $ kubectl get pods -l app=web
`,
    remains: `service/web in default
  error: the pods of selector app=web are being deleted (pod/web-687bf59799-b9rmh), and nobody makes new ones
    $ kubectl get pods -l app=web
`,
  },
  {
    name: "a DaemonSet that asks for a label that no node has",
    manifest: `---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {nodeSelector: {gpu: "yes"}, containers: [{name: main, image: nginx}]}}
${to("{app: web}")}`,
    ask,
    status,
    stdout: `service/web in default
  error: daemonset/web has no pod: no node is one of those that it asks for
    $ kubectl get nodes --show-labels
`,
    remains: `service/web in default
  error: daemonset/web has no pod: no node is one of those that it asks for
    $ kubectl get nodes --show-labels
`,
  },
]);
