import { beforeEach, describe, expect, it } from "vitest";
import { Kubectl } from "../support/kubectl.ts";

let kubectl: Kubectl;
beforeEach(() => {
  kubectl = new Kubectl();
});

/** The log of a command, without its times, its process id and what client-go says of its feature gates. */
async function log(line: string): Promise<string[]> {
  const { stderr } = await kubectl.run(line);
  return stderr
    .split("\n")
    .map((text) => text.replace(/^I\d{4} \d\d:\d\d:\d\d\.\d{6} +\d+ /, "").replace(/illiseconds=\d+/, "illiseconds=N"))
    .filter((text) => text !== "" && !text.startsWith("envvar.go"));
}
const response = (verb: string, path: string, status = "200 OK") =>
  `round_trippers.go:632] "Response" verb="${verb}" url="https://127.0.0.1:6443${path}" status="${status}" milliseconds=N`;

// The URLs are those that kubectl 1.36.2 asks for; the lines are of client-go transport/round_trippers.go.
describe("-v=6", () => {
  it.each([
    [
      "get svc,deploy -l app=x --field-selector metadata.name=a -v=6",
      [
        response(
          "GET",
          "/api/v1/namespaces/default/services?fieldSelector=metadata.name%3Da&labelSelector=app%3Dx&limit=500",
        ),
        response(
          "GET",
          "/apis/apps/v1/namespaces/default/deployments?fieldSelector=metadata.name%3Da&labelSelector=app%3Dx&limit=500",
        ),
        "No resources found in default namespace.",
      ],
    ],
    [
      "get svc -A --sort-by=.metadata.name --no-headers -v 6",
      [response("GET", "/api/v1/services?includeObject=Object")],
    ],
    [
      "drain docker-desktop --dry-run=client --chunk-size=2 --pod-selector=a=b -v=6",
      [
        response("GET", "/api/v1/nodes/docker-desktop"),
        response("GET", "/api/v1/pods?fieldSelector=spec.nodeName%3Ddocker-desktop&labelSelector=a%3Db&limit=2"),
      ],
    ],
    ["get svc -A --request-timeout=90 -v 6", [response("GET", "/api/v1/services?limit=500&timeout=1m30s")]],
    [
      "create cm a --request-timeout=1500ms -o name -v 6",
      [
        response(
          "POST",
          "/api/v1/namespaces/default/configmaps?fieldManager=kubectl-create&fieldValidation=Strict&timeout=1.5s",
          "201 Created",
        ),
      ],
    ],
    ["get svc -A -v 6", [response("GET", "/api/v1/services?limit=500")]],
    ["get node docker-desktop -o name --v=6", [response("GET", "/api/v1/nodes/docker-desktop")]],
    [
      "create deployment web --image=nginx -v=6",
      [
        response(
          "POST",
          "/apis/apps/v1/namespaces/default/deployments?fieldManager=kubectl-create&fieldValidation=Strict",
          "201 Created",
        ),
      ],
    ],
    [
      "get svc nope -v=6",
      [
        response("GET", "/api/v1/namespaces/default/services/nope", "404 Not Found"),
        "helpers.go:246] server response object: %s[{",
        '  "kind": "Status",',
        '  "apiVersion": "v1",',
        '  "metadata": {},',
        '  "status": "Failure",',
        '  "message": "services \\"nope\\" not found",',
        '  "reason": "NotFound",',
        '  "details": {',
        '    "name": "nope",',
        '    "kind": "services"',
        "  },",
        '  "code": 404',
        "}]",
        'Error from server (NotFound): services "nope" not found',
      ],
    ],
  ])("%s", async (line, wanted) => {
    expect(await log(line)).toEqual(wanted);
  });

  it("a Service is exposed, scaled and deleted", async () => {
    await kubectl.ok("create deployment web --image=nginx");
    const deployment = "/apis/apps/v1/namespaces/default/deployments/web";
    expect(await log("expose deployment web --port 80 -v=6")).toEqual([
      response("GET", deployment),
      response("POST", "/api/v1/namespaces/default/services?fieldManager=kubectl-expose", "201 Created"),
    ]);
    expect(await log("scale deployment web --replicas=2 -v=6")).toEqual([
      response("GET", deployment),
      response("PATCH", `${deployment}/scale`),
    ]);
    expect(await log("delete svc web -v=6")).toEqual([
      response("DELETE", "/api/v1/namespaces/default/services/web"),
      response("GET", "/api/v1/namespaces/default/services/web", "404 Not Found"),
    ]);
  });

  it("begins with the configuration's file and the feature gates", async () => {
    const { stderr } = await kubectl.run("get svc -v=6");
    expect(
      stderr
        .split("\n")
        .slice(0, 10)
        .map((line) => line.split("] ")[1]),
    ).toEqual(
      [
        ["AtomicFIFO", true],
        ["ClientsAllowCARotation", true],
        ["ClientsAllowCBOR", false],
        ["ClientsAllowTLSCacheGC", true],
        ["ClientsPreferCBOR", false],
        ["InOrderInformers", true],
        ["InOrderInformersBatchProcess", true],
        ["InformerResourceVersion", true],
        ["UnlockWhileProcessingFIFO", true],
        ["WatchListClient", true],
      ].map(([feature, enabled]) => `"Feature gate default state" feature="${feature}" enabled=${enabled}`),
    );
  });

  it.each(["-v=3", "-v=0"])("nothing at %j", async (flag) => {
    expect(await log(`get svc nope ${flag}`)).toEqual(['Error from server (NotFound): services "nope" not found']);
  });
});

const TABLE =
  "application/json;as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json";
const AGENT = "kubectl/v1.36.2 (linux/amd64) kubernetes/$Format";

it("-v=7 has the headers that are sent, and no body", async () => {
  expect(await log("get svc nope -v=7")).toEqual([
    'round_trippers.go:527] "Request" verb="GET" url="https://127.0.0.1:6443/api/v1/namespaces/default/services/nope" headers=<',
    `\tAccept: ${TABLE}`,
    `\tUser-Agent: ${AGENT}`,
    " >",
    'round_trippers.go:632] "Response" status="404 Not Found" milliseconds=N',
    "helpers.go:246] server response object: %s[{",
    ...(await log("get svc nope -v=4")).slice(1),
  ]);
});

it("-v=8 has headers and bodies of both sides", async () => {
  const lines = await log("delete ns nope -v=8");
  expect(lines.filter((line) => !line.startsWith("\tDate: ")).slice(0, 15)).toEqual([
    'helper.go:113] "Request Body" body="{\\"propagationPolicy\\":\\"Background\\"}"',
    'round_trippers.go:527] "Request" verb="DELETE" url="https://127.0.0.1:6443/api/v1/namespaces/nope" headers=<',
    "\tAccept: application/json",
    "\tContent-Type: application/json",
    `\tUser-Agent: ${AGENT}`,
    " >",
    'round_trippers.go:632] "Response" status="404 Not Found" headers=<',
    "\tCache-Control: no-cache, private",
    "\tContent-Length: 188",
    "\tContent-Type: application/json",
    " > milliseconds=N",
    'helper.go:113] "Response Body" body=<',
    '\t{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"namespaces \\"nope\\" not found","reason":"NotFound","details":{"name":"nope","kind":"namespaces"},"code":404}',
    " >",
    "helpers.go:246] server response object: %s[{",
  ]);
});

it("a long body is cut at -v=8 and, later, at -v=9", async () => {
  await kubectl.ok(["create", "configmap", "long", `--from-literal=a=${"x".repeat(12_000)}`]);
  const texts = await Promise.all(
    [8, 9].map(async (v) => (await log(`get cm long -o yaml -v=${v}`)).find((line) => line.includes("Response Body"))),
  );
  expect(texts.map((text) => text?.slice(text.lastIndexOf(" [")))).toEqual([
    ' [truncated 11371 chars]"',
    ' [truncated 2155 chars]"',
  ]);
});

it("-v=9 tells how curl would ask", async () => {
  expect((await log("get svc nope -o name -v=9")).slice(0, 5)).toEqual([
    'helper.go:113] "Request Body" body=""',
    'round_trippers.go:527] "Request" curlCommand=<',
    `\tcurl -v -XGET  -H "Accept: application/json" -H "User-Agent: ${AGENT}" 'https://127.0.0.1:6443/api/v1/namespaces/default/services/nope'`,
    " >",
    'round_trippers.go:560] "HTTP Trace: Dial succeed" network="tcp" address="127.0.0.1:6443"',
  ]);
});
