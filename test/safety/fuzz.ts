/** Made-up command lines and manifests: half right, so that they get past the first check. Deterministic by seed. */
export class Fuzz {
  private state: number;

  constructor(seed: number) {
    this.state = (seed * 2654435761 + 1) | 0;
  }

  /** A whole number from 0 to below `n`. Mulberry32. */
  below(n: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % n;
  }

  of<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }

  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  text(): string {
    if (this.chance(70)) return this.of(TEXTS);
    return Array.from({ length: this.below(12) }, () => String.fromCodePoint(this.of(CHARACTERS))).join("");
  }

  value(depth = 0): unknown {
    const kind = this.below(depth > 4 ? 5 : 8);
    if (kind === 0) return this.text();
    if (kind === 1) return this.of([0, 1, -1, 80, 65536, 1.5, 1e21, 2 ** 53, Number.MAX_VALUE]);
    if (kind === 2) return this.chance(50);
    if (kind === 3) return null;
    if (kind === 4) return this.of(["80%", "Always", "TCP", "1Gi", "2026-01-01T00:00:00Z", "10.96.0.20"]);
    if (kind === 5) return Array.from({ length: this.below(4) }, () => this.value(depth + 1));
    return this.record(depth);
  }

  private record(depth: number): unknown {
    const pairs = Array.from({ length: this.below(5) }, () => {
      const key = this.chance(80) ? this.of(FIELDS) : this.text();
      return `${JSON.stringify(key)}:${JSON.stringify(this.value(depth + 1))}`;
    });
    return JSON.parse(`{${pairs.join(",")}}`);
  }

  /** A manifest near a right one: some of its values are replaced, left out or added to. */
  manifest(): string {
    const base = structuredClone(this.of(MANIFESTS)) as Record<string, unknown>;
    (base.metadata as Record<string, unknown>).name = this.chance(80) ? `n${this.below(12)}` : this.text();
    for (let i = this.below(4); i > 0; i--) this.damage(base);
    const json = JSON.stringify(base);
    if (this.chance(85)) return json;
    const at = this.below(json.length);
    return json.slice(0, at) + (this.chance(50) ? String.fromCodePoint(this.of(CHARACTERS)) : "") + json.slice(at + 1);
  }

  private damage(target: Record<string, unknown>): void {
    const keys = Object.keys(target);
    const key = keys.length > 0 && this.chance(75) ? this.of(keys) : this.of(FIELDS);
    const member = Object.hasOwn(target, key) ? target[key] : undefined;
    if (typeof member === "object" && member !== null && this.chance(75)) {
      this.damage(member as Record<string, unknown>);
      return;
    }
    if (this.chance(20)) delete target[key];
    else
      Object.defineProperty(target, key, { value: this.value(), enumerable: true, writable: true, configurable: true });
  }

  argv(): string[] {
    const words = [...this.of(COMMANDS).split(" ")];
    for (let i = this.below(4); i > 0; i--) words.push(this.chance(60) ? this.of(ARGUMENTS) : this.flag());
    if (this.chance(10)) words.splice(this.below(words.length + 1), 0, this.text());
    if (this.chance(5)) words.splice(this.below(words.length), 1);
    return words;
  }

  private flag(): string {
    const flag = this.of(FLAGS);
    return this.chance(25) ? flag.replace(/=.*/, `=${this.text()}`) : flag;
  }
}

const CHARACTERS = [
  0, 7, 8, 9, 10, 13, 27, 32, 34, 39, 45, 46, 47, 58, 61, 92, 97, 123, 125, 127, 0x9b, 0xe9, 0x202e, 0x2028, 0xd7ff,
  0xfffd, 0x1f600,
];
const TEXTS = [
  "",
  " ",
  "-",
  "--",
  "a",
  "web",
  "default",
  "__proto__",
  "constructor",
  "toString",
  "../..",
  "/etc/passwd",
  "a/b/c",
  "svc/web",
  "web:80",
  "\u001b[31mred\u001b[0m",
  "a\nb",
  "%s%n",
  "${HOME}",
  "`id`",
  "0x10",
  "1e9",
  "-1",
  "99999999999999999999",
  "null",
  "true",
  "~",
  "*",
  "{.items[*]}",
  "a=b",
  "a=b,c!=d",
  "a in (b",
  "!a",
  "x".repeat(300),
  "Ä",
  "\u0000",
];
const FIELDS = [
  "apiVersion",
  "kind",
  "metadata",
  "name",
  "namespace",
  "labels",
  "annotations",
  "spec",
  "status",
  "ports",
  "port",
  "targetPort",
  "nodePort",
  "type",
  "selector",
  "clusterIP",
  "clusterIPs",
  "externalIPs",
  "externalName",
  "sessionAffinity",
  "containers",
  "image",
  "replicas",
  "template",
  "matchLabels",
  "finalizers",
  "ownerReferences",
  "managedFields",
  "uid",
  "resourceVersion",
  "generateName",
  "creationTimestamp",
  "data",
  "__proto__",
  "constructor",
  "prototype",
  "items",
  "0",
  "",
];
const MANIFESTS: readonly object[] = [
  {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "a", labels: { a: "b" } },
    spec: {
      type: "NodePort",
      selector: { app: "web" },
      ports: [{ name: "http", port: 80, targetPort: 8080, protocol: "TCP" }],
    },
  },
  {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "a" },
    spec: { type: "ExternalName", externalName: "db.example.com" },
  },
  {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "a" },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: "web" } },
      template: {
        metadata: { labels: { app: "web" } },
        spec: { containers: [{ name: "c", image: "nginx", ports: [{ containerPort: 80 }] }] },
      },
    },
  },
  {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "a" },
    spec: {
      containers: [
        { name: "c", image: "nginx", env: [{ name: "A", value: "b" }], resources: { limits: { cpu: "100m" } } },
      ],
    },
  },
  { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a", annotations: { x: "y" } }, data: { k: "v" } },
  { apiVersion: "v1", kind: "Namespace", metadata: { name: "a" } },
  {
    apiVersion: "v1",
    kind: "List",
    metadata: {},
    items: [{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "in-list" } }],
  },
  {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: { name: "a", labels: { "kubernetes.io/service-name": "web" } },
    addressType: "IPv4",
    endpoints: [{ addresses: ["10.0.0.9"] }],
    ports: [{ port: 80 }],
  },
  {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { name: "a" },
    spec: {
      rules: [
        {
          http: {
            paths: [{ path: "/", pathType: "Prefix", backend: { service: { name: "web", port: { number: 80 } } } }],
          },
        },
      ],
    },
  },
  {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { name: "a" },
    spec: { template: { spec: { restartPolicy: "Never", containers: [{ name: "c", image: "busybox" }] } } },
  },
];
const COMMANDS = [
  "get services",
  "get",
  "get pods",
  "get all",
  "get svc,deploy",
  "get -f -",
  "describe service",
  "describe",
  "describe pod",
  "create deployment",
  "create service nodeport",
  "create service clusterip",
  "create service externalname",
  "create namespace",
  "create configmap",
  "create",
  "expose deployment web",
  "expose",
  "run",
  "delete service",
  "delete",
  "delete pod",
  "scale deployment web",
  "scale",
  "apply -f -",
  "create -f -",
  "replace -f -",
  "patch service web",
  "patch",
  "label service web",
  "annotate pod",
  "explain",
  "explain services.spec",
  "api-resources",
  "version",
  "config view",
  "config set",
  "logs",
  "exec",
  "curl",
  "nslookup",
  "dig",
  "set image deployment/web",
  "rollout status",
  "wait",
  "diff -f -",
  "auth can-i",
  "top pod",
  "cluster-info",
  "settings",
  "trace",
  "help",
  "completion",
  "events",
  "edit",
  "cp",
  "",
];
const ARGUMENTS = [
  "web",
  "svc/web",
  "service/web",
  "deployment/web",
  "pods",
  "pod/web",
  "default",
  "nothere",
  "svc",
  "services.v1.",
  "deploy.apps",
  "nodes",
  "localhost",
  "http://web:80/",
  "kubernetes",
  "10.96.0.1",
  "--",
  "-",
  "a=b",
  "app-",
  "{}",
  '{"spec":{"ports":null}}',
  '{"__proto__":{"x":1}}',
  '[{"op":"remove","path":"/spec"}]',
  "5s",
  "set",
  "list",
  "sh",
  "-c",
  "cat",
];
const FLAGS = [
  "-n=default",
  "-A",
  "-o=yaml",
  "-o=json",
  "-o=wide",
  "-o=name",
  "-o=jsonpath={.items[*].metadata.name}",
  "-o=go-template={{.kind}}",
  "-o=custom-columns=A:.metadata.name",
  "--image=nginx",
  "--port=80",
  "--tcp=80:8080",
  "--type=NodePort",
  "--type=LoadBalancer",
  "--name=x1",
  "--target-port=http",
  "--replicas=3",
  "--all",
  "--dry-run=server",
  "--dry-run=client",
  "-l=app=web",
  "--field-selector=metadata.name=web",
  "--sort-by=.metadata.name",
  "--show-labels",
  "--no-headers",
  "--force",
  "--grace-period=0",
  "--cascade=orphan",
  "--external-name=a.b",
  "--clusterip=None",
  "--node-port=30001",
  "-p={}",
  "--type=merge",
  "--type=json",
  "--timeout=1s",
  "--for=delete",
  "-h",
  "--help",
  "-f=-",
  "-s",
  "-v",
  "-I",
  "-X=POST",
  "--wait=false",
  "--ignore-not-found",
];
