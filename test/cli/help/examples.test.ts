import { describe, expect, it } from "vitest";
import { pageOf } from "../../../src/cli/help/pages.ts";
import { COMMANDS } from "../../../src/cli/root.ts";
import { HOME, Kubectl } from "../../support/kubectl.ts";
import { SIGNING_REQUEST } from "../../support/signing-request.ts";
import { WEB_CERTIFICATE, WEB_KEY } from "../../support/web-certificate.ts";

const WEB = `apiVersion: v1
kind: Service
metadata: {name: web, labels: {app: web}}
spec: {selector: {app: web}, ports: [{port: 80}]}
`;
const ROLES = `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader, namespace: default}
rules: [{apiGroups: [""], resources: [services], verbs: [get]}]
`;
const FILES: Record<string, string> = {
  "web.yaml": WEB,
  "manifests/web.yaml": WEB,
  "all.yaml": WEB,
  "roles.yaml": ROLES,
  "csr.yaml": `apiVersion: certificates.k8s.io/v1
kind: CertificateSigningRequest
metadata: {name: web}
spec: {request: ${SIGNING_REQUEST}, signerName: example.com/web, usages: [client auth]}
`,
  "web.crt": WEB_CERTIFICATE,
  "web.key": WEB_KEY,
  "settings.txt": "colour=blue\n",
  "overlays/test/kustomization.yaml": "namePrefix: test-\nresources: [web.yaml]\n",
  "overlays/test/web.yaml": WEB,
};

/** Stands in for the editor, which changes nothing, and for diff, which finds a difference. */
const diff = (program: string) => ({ status: program === "diff" ? 1 : 0, stdout: "", stderr: "" });

const MYDEPLOY = "create deployment mydeploy --image=bretfisher/httpenv";
/** What there is before each example … */
const CLUSTER = [
  "create deployment web --image=nginx --replicas=3 --port=80",
  "expose deployment web --labels=app=web",
  "run tmp --image=nginx",
  "run tool --image=nginx",
  "create namespace shop",
];
const LOAD_BALANCER = [MYDEPLOY, "expose deployment mydeploy --port=8888 --type=LoadBalancer"];
const DEPLOYMENT = CLUSTER.slice(0, 1);
const NODE_PORT = ["create deployment web --image=nginx", "create service nodeport web --tcp=80 --node-port=30080"];
const NEW_IMAGE = [...CLUSTER, "set image deployment/web nginx=nginx:1.29"];
const APPLIED = ["apply -f web.yaml"];
const CSR = ["apply -f csr.yaml"];

/** … unless this says otherwise: by the command's path or, when it has none, by the path of its group. */
const INSTEAD: Record<string, readonly string[]> = {
  create: [],
  "create job": ["create cronjob tick --image=busybox --schedule=@daily"],
  "create token": [],
  expose: [...DEPLOYMENT, "run tool --image=nginx"],
  run: [],
  apply: APPLIED,
  import: [],
  drain: DEPLOYMENT,
  attach: ["run web --image=nginx", ...DEPLOYMENT],
  debug: ["run web --image=nginx"],
  cp: ["run web --image=nginx"],
  certificate: CSR,
  "set subject": ["create rolebinding readers --clusterrole=view --user=bob"],
  "rollout history": NEW_IMAGE,
  "rollout undo": NEW_IMAGE,
  "rollout resume": [...CLUSTER, "rollout pause deployment/web"],
  taint: ["taint node docker-desktop only=lessons:NoExecute"],
  wait: DEPLOYMENT,
  "config delete-cluster": ["config set-cluster test --server=https://127.0.0.1:6443"],
  "config delete-context": ["config set-context test --cluster=docker-desktop"],
  "config delete-user": ["config set-credentials test --token=x"],
  curl: [...LOAD_BALANCER, ...NODE_PORT],
  wget: LOAD_BALANCER,
  nc: LOAD_BALANCER,
  on: NODE_PORT,
  minikube: NODE_PORT,
  image: ["image add shop --port 8080 --http hello"],
  snapshot: ["snapshot save before"],
};

/** What an example exits with where it is not 0: there is no metrics server and no plugin, and diff says 1 for a difference. */
const EXIT: Record<string, number> = { "top node": 1, "top pod": 1, diff: 1, "plugin list": 1, proxy: 130 };

/** Words as a shell takes them apart: quotes, variables before the command, `$(…)`, `<(…)` and `> FILE` around it. */
function words(example: string): string[] {
  const inner = /(?:\$|<)\(((?:kubectl|kubemu)[^)]*)\)/.exec(example)?.[1] ?? example;
  const line = inner.replace(/^(?:[A-Z_]+=\S+ )+/, "").replace(/ (?:>|\|) .*$/, "");
  const unquoted = (word: string) => word.replace(/'([^']*)'|"([^"]*)"/g, (_, single, double) => single ?? double);
  return [...line.matchAll(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g)].map(([word]) => unquoted(word)).slice(1);
}

const runs = COMMANDS.filter((entry) => entry.group === undefined).flatMap((entry) =>
  pageOf(entry.path).examples.map((example) => [entry.path, example] as const),
);

describe("every example of the help works", () => {
  it("there are examples", () => expect(runs.length).toBeGreaterThan(150));

  it.each(runs)("%s: %s", async (path, example) => {
    const kubectl = new Kubectl({ files: FILES, program: diff, env: { HOME } });
    for (const line of INSTEAD[path] ?? INSTEAD[path.split(" ")[0]!] ?? CLUSTER) await kubectl.ok(line);
    const { status, stderr } = await kubectl.run(words(example));
    expect({ status, stderr: status === (EXIT[path] ?? 0) ? "" : stderr }).toEqual({
      status: EXIT[path] ?? 0,
      stderr: "",
    });
  });
});
