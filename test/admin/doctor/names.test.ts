import { CLIENT, CURL, mends } from "../mends.ts";
import { deployment, service } from "../situations.ts";

// CoreDNS answers a CNAME to the target as it stands, and StatefulSets name their pods below spec.serviceName; the words are kubemu's.

const WEB = deployment("web", "nginx") + service("web", "{selector: {app: web}, ports: [{port: 80}]}");
const SHOP = `---\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n${deployment("web", "nginx", { namespace: "shop" })}${service("web", "{selector: {app: web}, ports: [{port: 80}]}", "shop")}`;
const alias = (target: string) => service("alias", `{type: ExternalName, externalName: ${target}}`);
const answers = "exec c -- curl -sS -m 3 alias";
const ask = "doctor";
const status = 1;

mends("ExternalNames", [
  {
    name: "the short name of a Service",
    manifest: WEB + CLIENT + alias("web"),
    answers,
    ask,
    status,
    stdout: `service/alias in default
  error: web is looked up as it stands, without search domains, and is no name; service/web in namespace default is web.default.svc.cluster.local
    $ kubectl patch service alias -p '{"spec":{"externalName":"web.default.svc.cluster.local"}}'
`,
  },
  {
    name: "a Service and its namespace",
    manifest: SHOP + CLIENT + alias("web.shop"),
    answers,
    ask,
    status,
    stdout: `service/alias in default
  error: web.shop is looked up as it stands, without search domains, and is no name; service/web in namespace shop is web.shop.svc.cluster.local
    $ kubectl patch service alias -p '{"spec":{"externalName":"web.shop.svc.cluster.local"}}'
`,
  },
  {
    name: "a name that ends with svc",
    manifest: WEB + CLIENT + alias("web.default.svc"),
    answers,
    ask,
    status,
    stdout: `service/alias in default
  error: web.default.svc is looked up as it stands, without search domains, and is no name; service/web in namespace default is web.default.svc.cluster.local
    $ kubectl patch service alias -p '{"spec":{"externalName":"web.default.svc.cluster.local"}}'
`,
  },
  {
    name: "another cluster's domain",
    manifest: WEB + CLIENT + alias("web.default.svc.k8s.local"),
    answers,
    ask,
    status,
    stdout: `service/alias in default
  error: web.default.svc.k8s.local is looked up as it stands, without search domains, and is no name; service/web in namespace default is web.default.svc.cluster.local
    $ kubectl patch service alias -p '{"spec":{"externalName":"web.default.svc.cluster.local"}}'
`,
  },
  {
    name: "a Service that is not there",
    manifest: alias("nope.default.svc.cluster.local"),
    ask,
    status,
    stdout: `service/alias in default
  error: nope.default.svc.cluster.local is a name of this cluster, and there is no such Service
    $ kubectl get services --all-namespaces
`,
    remains: `service/alias in default
  error: nope.default.svc.cluster.local is a name of this cluster, and there is no such Service
    $ kubectl get services --all-namespaces
`,
  },
  {
    name: "a slip in a name of the outside world",
    manifest: alias("db.exmple.com"),
    ask,
    status,
    stdout: `service/alias in default
  error: no name server knows an address of db.exmple.com; there is db.example.com
    $ kubectl patch service alias -p '{"spec":{"externalName":"db.example.com"}}'
`,
  },
  {
    name: "a selector and ports, which nobody reads",
    manifest:
      deployment("web", "nginx") +
      CLIENT +
      service("web", "{type: ExternalName, externalName: web, selector: {app: web}, ports: [{port: 80}]}"),
    answers: CURL,
    ask,
    status,
    stdout: `service/web in default
  error: it is of type ExternalName, whose selector and ports nobody reads: its name leads to web, which is unknown
    $ kubectl patch service web -p '{"spec":{"type":"ClusterIP","externalName":null}}'
`,
  },
  {
    name: "a Service of another namespace that does not work itself",
    manifest: SHOP.replace("selector: {app: web}", "selector: {app: wbe}") + alias("web.shop.svc.cluster.local"),
    ask,
    status,
    stdout: `service/web in shop
  error: selector app=wbe matches no pod; the nearest label is app=web of deployment/web
    $ kubectl patch service web -n shop -p '{"spec":{"selector":{"app":"web"}}}'
`,
  },
]);

const API = service(
  "api",
  "{selector: {app: web}, ports: [{port: 80, targetPort: 80}, {name: more, port: 81, targetPort: 80}]}",
).replace("[{port: 80,", "[{name: http, port: 80,");
const env = (value: string, spec = "") =>
  deployment("web", "nginx", { container: `, env: [{name: API, value: '${value}'}]` }) + spec;

mends("names in the variables of pods", [
  {
    name: "a slip",
    manifest: env("http://apii/x") + API,
    ask,
    status,
    stdout: `deployment/web in default
  error: variable API of container main names apii, which is no name: there is service/api in namespace default
    $ kubectl set env deployment/web -c main API=http://api/x
`,
  },
  {
    name: "the namespace first",
    manifest: env("http://shop.web/x") + SHOP,
    ask,
    status,
    stdout: `deployment/web in default
  error: variable API of container main names shop.web, which is no name: the Service comes first, then its namespace
    $ kubectl set env deployment/web -c main API=http://web.shop/x
`,
  },
  {
    name: "another domain than the cluster's",
    manifest: env("http://api.default.svc.k8s.local:81") + API,
    ask,
    status,
    stdout: `deployment/web in default
  error: variable API of container main names api.default.svc.k8s.local, which is no name: the whole name of service/api is another one
    $ kubectl set env deployment/web -c main API=http://api.default.svc.cluster.local:81
`,
  },
  {
    name: "a port that the Service does not have",
    manifest: env("http://user@api:8080/x") + API,
    ask,
    status,
    stdout: `deployment/web in default
  error: variable API of container main names port 8080 of api; service/api has 80, 81
    $ kubectl set env deployment/web -c main API=http://user@api:80/x
`,
  },
  {
    name: "https where the Service has port 80",
    manifest: env("https://api.default/x") + API,
    ask,
    status,
    stdout: `deployment/web in default
  error: variable API of container main names port 443 of api.default; service/api has 80, 81
    $ kubectl set env deployment/web -c main API=http://api.default/x
`,
  },
  {
    name: "a pod that asks its node's name server",
    manifest: env("http://api/x", "      dnsPolicy: Default\n") + API,
    ask,
    status,
    stdout: `deployment/web in default
  error: variable API of container main names api, and with dnsPolicy Default it asks 192.0.2.53, which does not know service/api
    $ kubectl patch deployment web --type=json -p '[{"op":"replace","path":"/spec/template/spec/dnsPolicy","value":"ClusterFirst"}]'
`,
  },
  {
    name: "a pod on its node's network",
    manifest: env("http://api/x", "      hostNetwork: true\n") + API,
    ask,
    status,
    stdout: `deployment/web in default
  error: variable API of container main names api, and on its node's network it asks 192.0.2.53, which does not know service/api
    $ kubectl patch deployment web --type=json -p '[{"op":"replace","path":"/spec/template/spec/dnsPolicy","value":"ClusterFirstWithHostNet"}]'
`,
  },
  {
    name: "a label that keeps kube-proxy away",
    manifest: WEB + CLIENT,
    lines: ["label service web service.kubernetes.io/service-proxy-name=other"],
    answers: CURL,
    ask,
    status,
    stdout: `service/web in default
  error: its label service.kubernetes.io/service-proxy-name leaves it to another proxy than kube-proxy, and there is none: its address answers nowhere
    $ kubectl label service web service.kubernetes.io/service-proxy-name-
`,
  },
]);

mends("names of pods, and the DNS itself", [
  {
    name: "a StatefulSet that names another Service",
    manifest: `${CLIENT}---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: dbs
  selector: {matchLabels: {app: db}}
  template: {metadata: {labels: {app: db}}, spec: {containers: [{name: main, image: nginx}]}}
${service("db", "{clusterIP: None, selector: {app: db}, ports: [{port: 80}]}")}`,
    answers: "exec c -- curl -sS -m 3 db-0.dbs",
    ask,
    status,
    stdout: `statefulset/db in default
  error: its serviceName dbs is no Service: db-0.dbs and the like are no names; the one that selects its pods is service/db
    $ printf %s '{"apiVersion":"v1","kind":"Service","metadata":{"name":"dbs","namespace":"default"},"spec":{"clusterIP":"None","selector":{"app":"db"},"ports":[{"port":80}]}}' | kubectl apply -f -
`,
  },
  {
    name: "a selector of kube-dns that finds nobody",
    manifest: WEB + CLIENT,
    lines: [["patch", "service", "kube-dns", "-n", "kube-system", "-p", '{"spec":{"selector":{"k8s-app":"coredns"}}}']],
    answers: CURL,
    ask,
    status,
    stdout: `service/kube-dns in kube-system
  error: selector k8s-app=coredns matches no pod; the nearest label is k8s-app=kube-dns of deployment/coredns: no name of a Service is answered
    $ kubectl patch service kube-dns -n kube-system -p '{"spec":{"selector":{"k8s-app":"kube-dns"}}}'
`,
  },
  {
    name: "a targetPort of kube-dns where nobody listens",
    manifest: WEB + CLIENT,
    lines: [
      [
        "patch",
        "service",
        "kube-dns",
        "-n",
        "kube-system",
        "--type=json",
        "-p",
        '[{"op":"replace","path":"/spec/ports/0/targetPort","value":5353}]',
      ],
    ],
    answers: CURL,
    ask,
    status,
    stdout: `service/kube-dns in kube-system
  error: port 53 leads to targetPort 5353, where nobody listens; deployment/coredns listens on 53/UDP, 53/TCP, 9153/TCP, 8080/TCP, 8181/TCP: no name of a Service is answered
    $ kubectl patch service kube-dns -n kube-system --type=json -p '[{"op":"replace","path":"/spec/ports/0/targetPort","value":53}]'
`,
  },
  {
    name: "no Deployment of CoreDNS",
    lines: ["delete deployment coredns -n kube-system"],
    ask,
    status,
    stdout: `deployment/coredns in kube-system
  error: there is no Deployment coredns: no name of a Service is answered
    $ kubemu reset
`,
  },
  {
    name: "CoreDNS without a node",
    manifest: WEB,
    lines: ["cordon docker-desktop", "delete pods -n kube-system -l k8s-app=kube-dns"],
    ask,
    status,
    stdout: `pod/coredns-588c77b98d-clmgh in kube-system
  error: no node takes it: docker-desktop is cordoned: no name of a Service is answered
    $ kubectl uncordon docker-desktop
`,
  },
]);

mends("Ingresses", [
  {
    name: "a port that the Service does not have",
    manifest: `${WEB}---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec: {defaultBackend: {service: {name: web, port: {name: http}}}}
`,
    ask,
    status,
    stdout: `ingress/web in default
  error: it leads to port http of service/web, which has 80
    $ kubectl patch ingress web --type=json -p '[{"op":"replace","path":"/spec/defaultBackend/service/port","value":{"number":80}}]'
`,
  },
  {
    name: "a Service that is not there",
    manifest: `${WEB}---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec: {rules: [{http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: wbe, port: {number: 80}}}}]}}]}
`,
    ask,
    status,
    stdout: `ingress/web in default
  error: it leads to service wbe, which is not in namespace default; there is web
    $ kubectl patch ingress web --type=json -p '[{"op":"replace","path":"/spec/rules/0/http/paths/0/backend/service/name","value":"web"}]'
`,
  },
]);

mends("what is asked for", [
  {
    name: "a Service of another namespace",
    manifest: SHOP,
    ask: "doctor svc/web",
    status,
    stdout: `service/web in default
  error: there is no Service of this name here; there is service/web in namespace shop
    $ kubemu doctor svc/web -n shop
`,
  },
  {
    name: "a Service with a slip",
    manifest: WEB,
    ask: "doctor svc/wbe",
    status,
    stdout: `service/wbe in default
  error: there is no Service of this name here; there is service/web in namespace default
    $ kubemu doctor svc/web
`,
  },
  {
    name: "another namespace: the commands name it",
    manifest: SHOP.replace("selector: {app: web}", "selector: {app: wbe}"),
    ask: "doctor -n shop",
    status,
    stdout: `service/web in shop
  error: selector app=wbe matches no pod; the nearest label is app=web of deployment/web
    $ kubectl patch service web -n shop -p '{"spec":{"selector":{"app":"web"}}}'
`,
  },
  {
    name: "two load balancers that wait: each gets an address of its own",
    profile: "bare",
    manifest:
      deployment("web", "nginx") +
      service("a", "{type: LoadBalancer, selector: {app: web}, ports: [{port: 80, nodePort: 30080}]}") +
      service(
        "b",
        "{type: LoadBalancer, loadBalancerClass: example.com/x, selector: {app: web}, ports: [{port: 80, nodePort: 30081}]}",
      ),
    ask,
    status,
    stdout: `service/a in default
  error: EXTERNAL-IP is <pending>: a cluster of profile bare has nobody that gives addresses; node port 30080 works without one
    $ kubectl patch service a --subresource=status --type=merge -p '{"status":{"loadBalancer":{"ingress":[{"ip":"192.168.65.200"}]}}}'

service/b in default
  error: EXTERNAL-IP is <pending>: no controller serves loadBalancerClass example.com/x; node port 30081 works without one
    $ kubectl patch service b --subresource=status --type=merge -p '{"status":{"loadBalancer":{"ingress":[{"ip":"192.168.65.201"}]}}}'
`,
  },
]);
