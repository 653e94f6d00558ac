import { CLIENT, CURL, mends } from "../mends.ts";
import { deployment, service } from "../situations.ts";

// targetPort and the names of ports as the EndpointSlice controller reads them (podutil.FindPort); the words are kubemu's.

const to = (port: string, selector = "{app: web}") => service("web", `{selector: ${selector}, ports: [${port}]}`);
const ask = "doctor";
const status = 1;
const ECHO = ", args: ['-listen=127.0.0.1:5678', '-text=hi']";

mends("ports where nobody listens", [
  {
    name: "a container that declares a port where it does not listen",
    manifest:
      deployment("web", "nginx", { container: ", ports: [{containerPort: 8080}]" }) +
      CLIENT +
      to("{port: 80, targetPort: 8080}"),
    answers: CURL,
    ask,
    status,
    stdout: `service/web in default
  error: port 80 leads to targetPort 8080, where nobody listens; deployment/web listens on 80/TCP
    $ kubectl patch service web --type=json -p '[{"op":"replace","path":"/spec/ports/0/targetPort","value":80}]'
`,
  },
  {
    name: "a name of a port in a container that names none",
    manifest: deployment("web", "nginx") + CLIENT + to("{port: 80, targetPort: http}"),
    answers: CURL,
    ask,
    status,
    stdout: `service/web in default
  error: port 80 leads to a port named http, which no container has; deployment/web names no port
    $ kubectl patch service web --type=json -p '[{"op":"replace","path":"/spec/ports/0/targetPort","value":80}]'
`,
  },
  {
    name: "a name that one of two Deployments does not give its port",
    manifest:
      deployment("web", "nginx", { container: ", ports: [{name: http, containerPort: 80}]" }) +
      deployment("web2", "nginx", {
        labels: "{app: web, v: two}",
        container: ", ports: [{name: web, containerPort: 80}]",
      }) +
      to("{port: 80, targetPort: http}"),
    ask,
    status,
    stdout: `service/web in default
  error: port 80 leads to a port named http, which not all of its pods have: deployment/web2 has web, and gets no connection
    $ kubectl patch deployment web2 --type=json -p '[{"op":"add","path":"/spec/template/spec/containers/0/ports/0/name","value":"http"}]'
`,
  },
  {
    name: "pods of a database behind the same selector",
    manifest:
      deployment("web", "nginx", { labels: "{app: shop, tier: web}" }) +
      deployment("db", "postgres", { labels: "{app: shop, tier: db}" }) +
      to("{port: 80}", "{app: shop}"),
    ask,
    status,
    stdout: `service/web in default
  error: selector app=shop matches pods of deployment/db too, which do not listen on 80: 1 of 2 connections to port 80 fail
    $ kubectl patch service web -p '{"spec":{"selector":{"tier":"web"}}}'
`,
  },
  {
    name: "a server on 127.0.0.1",
    manifest:
      deployment("web", "hashicorp/http-echo", { container: ECHO }) + CLIENT + to("{port: 80, targetPort: 5678}"),
    answers: CURL,
    ask,
    status,
    stdout: `service/web in default
  error: container main of deployment/web listens on 127.0.0.1:5678 alone; it must listen on 0.0.0.0
    $ kubectl patch deployment web --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/args/0","value":"-listen=0.0.0.0:5678"}]'
`,
  },
  {
    name: "nginx on 127.0.0.1, by its configuration",
    manifest: `---
apiVersion: v1
kind: ConfigMap
metadata: {name: conf}
data: {default.conf: "server { listen 127.0.0.1:80; location / { return 200 hi; } }"}
${deployment("web", "nginx", { container: ", volumeMounts: [{name: conf, mountPath: /etc/nginx/conf.d}]" })}      volumes: [{name: conf, configMap: {name: conf}}]
${to("{port: 80}")}`,
    ask,
    status,
    stdout: `service/web in default
  error: container main of deployment/web listens on 127.0.0.1:80 alone; it must listen on 0.0.0.0
    $ kubectl edit configmap/conf
`,
    remains: `service/web in default
  error: container main of deployment/web listens on 127.0.0.1:80 alone; it must listen on 0.0.0.0
    $ kubectl edit configmap/conf
`,
  },
  {
    name: "an image with a slip in its name",
    manifest: deployment("web", "ngnix") + CLIENT + to("{port: 80}"),
    answers: CURL,
    ask,
    status,
    stdout: `service/web in default
  error: port 80 leads to targetPort 80, where nobody listens; image ngnix of deployment/web is none that kubemu knows, and looks like a slip for nginx
    $ kubectl set image deployment/web main=nginx
`,
  },
  {
    name: "an image that kubemu does not know, without a declared port",
    manifest: deployment("web", "example.com/shop/front:2.1") + CLIENT + to("{port: 80}"),
    answers: CURL,
    ask,
    status,
    stdout: `service/web in default
  error: port 80 leads to targetPort 80, where nobody listens; kubemu does not know image example.com/shop/front:2.1 of deployment/web, and its container declares no port
    $ kubemu image add example.com/shop/front --port 80 --http hello
`,
  },
]);
