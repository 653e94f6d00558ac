import { CLIENT, CURL, mends } from "../mends.ts";
import { deployment, service } from "../situations.ts";

// What the kubelet's prober, the scheduler and the StatefulSet controller do; the words are kubemu's.

const WEB = service("web", "{selector: {app: web}, ports: [{port: 80}]}");
const web = (container: string, spec = "") => deployment("web", "nginx", { container }) + spec + CLIENT + WEB;
const ask = "doctor";
const status = 1;

mends("pods that are not ready", [
  {
    name: "a readiness probe of a path that is not there",
    manifest: web(", readinessProbe: {httpGet: {path: /healthz, port: 80}}"),
    answers: CURL,
    ask,
    status,
    stdout: `pod/web-7b5bbc597f-jg5sg in default
  error: the readiness probe of container main asks http 80/healthz and fails: HTTP probe failed with statuscode: 404
    $ kubectl patch deployment web --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/readinessProbe/httpGet/path","value":"/"}]'
`,
  },
  {
    name: "a readiness probe of a port name that the container does not have",
    manifest: web(", readinessProbe: {httpGet: {port: http}}"),
    answers: CURL,
    ask,
    status,
    stdout: `pod/web-7bbdf479d-lxd92 in default
  error: its readiness probe asks a port named http, which container main does not have; container main listens on 80
    $ kubectl patch deployment web --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/readinessProbe/httpGet/port","value":80}]'
`,
  },
  {
    name: "a readiness probe by HTTPS of a server without TLS",
    manifest: web(", readinessProbe: {httpGet: {port: 80, scheme: HTTPS}}"),
    answers: CURL,
    ask,
    status,
    stdout: `pod/web-67964b669b-h7ssm in default
  error: the readiness probe of container main asks https 80/ and fails: Get "https://10.244.0.4:80/": http: server gave HTTP response to HTTPS client
    $ kubectl patch deployment web --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/readinessProbe/httpGet/scheme","value":"HTTP"}]'
`,
  },
  {
    name: "a readiness probe that waits for a file",
    manifest: web(", readinessProbe: {exec: {command: [cat, /tmp/ready]}}"),
    answers: CURL,
    ask,
    status,
    stdout: `pod/web-7fbf559ff9-8jkjh in default
  error: the readiness probe of container main fails until somebody makes the file /tmp/ready: cat: /tmp/ready: No such file or directory
    $ kubectl exec web-7fbf559ff9-8jkjh -c main -- touch /tmp/ready
`,
  },
  {
    name: "a startup probe of a port where nobody listens",
    manifest: web(", startupProbe: {httpGet: {path: /started, port: 8080}, periodSeconds: 5}"),
    later: 120_000,
    answers: CURL,
    ask,
    status,
    stdout: `pod/web-6c67769564-8lx65 in default
  error: its startup probe asks port 8080, where nobody listens; container main listens on 80; the container is started again and again for it
    $ kubectl patch deployment web --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/startupProbe/httpGet/port","value":80},{"op":"replace","path":"/spec/template/spec/containers/0/startupProbe/httpGet/path","value":"/"}]'
`,
  },
  {
    name: "a liveness probe of a path that is not there, while the pod is ready",
    manifest: web(", livenessProbe: {httpGet: {path: /healthz, port: 80}}"),
    ask,
    status,
    stdout: `pod/web-869cbf4bdc-xn8bx in default
  error: the liveness probe of container main asks http 80/healthz and fails: HTTP probe failed with statuscode: 404; the container is started again and again for it
    $ kubectl patch deployment web --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/livenessProbe/httpGet/path","value":"/"}]'
`,
  },
  {
    name: "a readiness gate that nobody opens",
    manifest: web("", "      readinessGates: [{conditionType: example.com/lb}]\n"),
    answers: CURL,
    ask,
    status,
    stdout: `pod/web-5c7764b5ff-vzdjt in default
  error: its containers are ready, and nobody has set the condition example.com/lb that its readinessGates wait for
    $ kubectl patch pod web-5c7764b5ff-vzdjt --subresource=status -p '{"status":{"conditions":[{"type":"example.com/lb","status":"True"}]}}'
`,
  },
  {
    name: "a second container whose probe fails",
    manifest: web(
      "",
      "      - {name: side, image: busybox, command: [sleep, infinity], readinessProbe: {tcpSocket: {port: 9000}}}\n",
    ),
    ask,
    status,
    stdout: `pod/web-b5945cc9-vbsmt in default
  error: its readiness probe asks port 9000, where nobody listens; container side listens on no port
    $ kubectl describe pod web-b5945cc9-vbsmt
`,
    remains: `pod/web-b5945cc9-vbsmt in default
  error: its readiness probe asks port 9000, where nobody listens; container side listens on no port
    $ kubectl describe pod web-b5945cc9-vbsmt
`,
  },
  {
    name: "an init container that does not end",
    manifest: web("", "      initContainers: [{name: wait, image: busybox, command: [sleep, '3600']}]\n"),
    ask,
    status,
    stdout: `pod/web-755f7f8f6b-q9hpx in default
  error: its containers wait for init container wait, which has not ended: sleep 3600
    $ kubectl logs web-755f7f8f6b-q9hpx -c wait
`,
    remains: `pod/web-755f7f8f6b-q9hpx in default
  error: its containers wait for init container wait, which has not ended: sleep 3600
    $ kubectl logs web-755f7f8f6b-q9hpx -c wait
`,
  },
  {
    name: "an init container that fails",
    manifest: web("", "      initContainers: [{name: prep, image: busybox, command: [sh, -c, exit 4]}]\n"),
    ask,
    status,
    stdout: `pod/web-7f9979557f-4hzfb in default
  error: container prep does not stay up (1 restarts): exit status 4
    $ kubectl logs web-7f9979557f-4hzfb -c prep
`,
    remains: `pod/web-7f9979557f-4hzfb in default
  error: container prep does not stay up (1 restarts): exit status 4
    $ kubectl logs web-7f9979557f-4hzfb -c prep --previous
`,
  },
  {
    name: "a program that ends by itself",
    manifest: deployment("web", "busybox") + WEB,
    later: 30_000,
    ask,
    status,
    stdout: `pod/web-64ff7bd4c7-s46ls in default
  error: container main does not stay up (3 restarts): its program ends by itself, without an error: sh
    $ kubectl logs web-64ff7bd4c7-s46ls -c main
`,
    remains: `pod/web-64ff7bd4c7-s46ls in default
  error: container main does not stay up (3 restarts): its program ends by itself, without an error: sh
    $ kubectl logs web-64ff7bd4c7-s46ls -c main --previous
`,
  },
  {
    name: "a new image that cannot be pulled, while the old pods serve",
    manifest:
      deployment("web", "gcr.io/google-samples/hello-app:1.0") +
      service("web", "{selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}"),
    lines: ["set image deployment/web main=gcr.io/google-samples/hello-app:9.0"],
    ask,
    status,
    stdout: `pod/web-7fcb69c99c-dhcfn in default
  error: ErrImagePull: image gcr.io/google-samples/hello-app:9.0 cannot be pulled; there is gcr.io/google-samples/hello-app:2.0
    $ kubectl set image deployment/web main=gcr.io/google-samples/hello-app:2.0
`,
  },
  {
    name: "a StatefulSet's first pod that never gets ready",
    manifest: `---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: web}
spec:
  serviceName: web
  replicas: 2
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: main, image: nginx, readinessProbe: {tcpSocket: {port: 5432}}}]}}
${service("web", "{clusterIP: None, selector: {app: web}, ports: [{port: 80}]}")}`,
    ask,
    status,
    stdout: `pod/web-0 in default
  error: its readiness probe asks port 5432, where nobody listens; container main listens on 80
    $ kubectl patch statefulset web --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/readinessProbe/tcpSocket/port","value":80}]'
`,
    remains: `pod/web-0 in default
  error: it is not ready and of an older revision than statefulset/web, which replaces no pod that is not ready
    $ kubectl delete pod web-0
`,
  },
]);

mends("pods without a node", [
  {
    name: "more CPU than any node has",
    manifest: web(", resources: {requests: {cpu: '100'}}"),
    answers: CURL,
    ask,
    status,
    stdout: `pod/web-67df546c7f-4d8tk in default
  error: no node takes it: docker-desktop has too little cpu for the 100 that it requests
    $ kubectl set resources deployment/web -c main --requests=cpu=100m
`,
  },
  {
    name: "a label that no node has",
    manifest: web("", "      nodeSelector: {disktype: ssd}\n"),
    answers: CURL,
    ask,
    status,
    stdout: `pod/web-5c55ddf785-wzhsb in default
  error: no node takes it: docker-desktop has no label disktype=ssd
    $ kubectl label node docker-desktop --overwrite disktype=ssd
`,
  },
  {
    name: "a taint, of which the old pod knows nothing",
    manifest: web(""),
    lines: ["taint node docker-desktop dedicated=db:NoSchedule", "scale deployment web --replicas=2"],
    ask,
    status,
    stdout: `pod/web-687bf59799-kl9wz in default
  error: no node takes it: docker-desktop has taint dedicated=db:NoSchedule
    $ kubectl taint node docker-desktop dedicated=db:NoSchedule-
`,
  },
  {
    name: "all nodes cordoned",
    profile: "kind",
    lines: [
      "cordon kind-worker kind-worker2",
      "create deployment web --image=nginx",
      "expose deployment web --port=80",
    ],
    ask,
    status,
    stdout: `pod/web-7887448d46-7qz7w in default
  error: no node takes it: kind-control-plane has taint node-role.kubernetes.io/control-plane:NoSchedule, kind-worker is cordoned, kind-worker2 is cordoned
    $ kubectl uncordon kind-worker
`,
  },
  {
    name: "a claim that does not exist",
    manifest: web(
      ", volumeMounts: [{name: data, mountPath: /data}]",
      "      volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]\n",
    ),
    ask,
    status,
    stdout: `pod/web-84ccb6c7-r7lrh in default
  error: no node takes it: PersistentVolumeClaim data does not exist
    $ kubectl get persistentvolumeclaims
`,
    remains: `pod/web-84ccb6c7-r7lrh in default
  error: no node takes it: PersistentVolumeClaim data does not exist
    $ kubectl get persistentvolumeclaims
`,
  },
  {
    name: "one port of the only node for two pods",
    manifest:
      deployment("web", "nginx", { replicas: 2, container: ", ports: [{containerPort: 80, hostPort: 8080}]" }) + WEB,
    ask,
    status,
    stdout: `pod/web-697bcc4488-ftd7s in default
  error: no node takes it: docker-desktop has given its port 8080/TCP to pod/web-697bcc4488-77lsc
    $ kubectl scale deployment web --replicas=1
`,
  },
]);

mends("pods whose configuration is not there", [
  {
    name: "a ConfigMap for variables",
    manifest: web(", envFrom: [{configMapRef: {name: conf}}]"),
    answers: CURL,
    ask,
    status,
    stdout: `pod/web-7bbbf5bd6-lvm94 in default
  error: container main asks for ConfigMap conf, which does not exist
    $ kubectl create configmap conf --from-literal=key=value
`,
  },
  {
    name: "a Secret for a volume",
    manifest: web(
      ", volumeMounts: [{name: tls, mountPath: /tls}]",
      "      volumes: [{name: tls, secret: {secretName: tls}}]\n",
    ),
    answers: CURL,
    ask,
    status,
    stdout: `pod/web-67995f5484-hlwds in default
  error: volume tls asks for Secret tls, which does not exist
    $ kubectl create secret generic tls --from-literal=key=value
`,
  },
  {
    name: "a key of a ConfigMap",
    manifest: `---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: conf}\ndata: {mode: fast}\n${web(", env: [{name: MODE, valueFrom: {configMapKeyRef: {name: conf, key: Mode}}}]")}`,
    answers: CURL,
    ask,
    status,
    stdout: `pod/web-5784c44fdf-l2tb4 in default
  error: variable MODE of container main asks for key Mode of ConfigMap conf, which has mode
    $ kubectl patch configmap conf -p '{"data":{"Mode":"fast"}}'
`,
  },
  {
    name: "a key of a Secret",
    manifest: `---\napiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {a: b}\n${web(", env: [{name: A, valueFrom: {secretKeyRef: {name: s, key: c}}}]")}`,
    answers: CURL,
    ask,
    status,
    stdout: `pod/web-57dfbd9f4-t9994 in default
  error: variable A of container main asks for key c of Secret s, which has a
    $ kubectl patch secret s -p '{"stringData":{"c":"value"}}'
`,
  },
]);
