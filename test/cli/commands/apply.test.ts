import { describe, expect, test } from "vitest";
import { Kubectl } from "../../support/kubectl.ts";

// Texts: kubectl pkg/cmd/apply/apply.go; transcripts 16-apply, 17-validation and 33-apply-server-side. Patches: k8s.io/apimachinery
// pkg/util/strategicpatch (three-way merge) over the patch strategies of the OpenAPI schema.

const service = (spec: string, metadata = "{name: web}") =>
  `{apiVersion: v1, kind: Service, metadata: ${metadata}, spec: ${spec}}\n`;

async function applied(first: string, ...later: string[]): Promise<Kubectl> {
  const kubectl = new Kubectl();
  await kubectl.ok("apply -f -", first);
  for (const text of later) await kubectl.ok("apply -f -", text);
  return kubectl;
}

const read = (kubectl: Kubectl, path: string) => kubectl.ok(["get", "svc", "web", "-o", `jsonpath={${path}}`]);

describe("apply", () => {
  test("created, unchanged, configured", async () => {
    const kubectl = new Kubectl();
    const one = service("{selector: {app: web}, ports: [{port: 80}]}");
    expect(await kubectl.ok("apply -f -", one)).toBe("service/web created\n");
    expect(await kubectl.ok("apply -f -", one)).toBe("service/web unchanged\n");
    expect(await kubectl.ok("apply -f -", one.replace("80", "81"))).toBe("service/web configured\n");
    expect(await kubectl.ok("apply -f - --dry-run=client", one)).toBe("service/web configured (dry run)\n");
    expect(await kubectl.ok("apply -f - --dry-run=server", one)).toBe("service/web configured (server dry run)\n");
    expect(await kubectl.ok("apply -f - -o name", one)).toBe("service/web\n");
  });

  test("the annotation is the manifest as one line", async () => {
    const kubectl = await applied(service("{selector: {app: web}, ports: [{port: 80}]}"));
    expect(await read(kubectl, ".metadata.annotations")).toBe(
      '{"kubectl.kubernetes.io/last-applied-configuration":"{\\"apiVersion\\":\\"v1\\",\\"kind\\":\\"Service\\",\\"metadata\\":{\\"annotations\\":{},\\"name\\":\\"web\\",\\"namespace\\":\\"default\\"},\\"spec\\":{\\"ports\\":[{\\"port\\":80}],\\"selector\\":{\\"app\\":\\"web\\"}}}\\n"}',
    );
  });

  test("ports are merged by port", async () => {
    const kubectl = await applied(service("{ports: [{name: a, port: 80}, {name: b, port: 81}]}"));
    await kubectl.ok(["patch", "svc", "web", "-p", '{"spec":{"ports":[{"name":"c","port":82}]}}']);
    await kubectl.ok("apply -f -", service("{ports: [{name: b, port: 81, targetPort: 8081}, {name: d, port: 83}]}"));
    // 80 was the manifest's and went; 82 is somebody else's, stays, and stands first because a patch puts new items first.
    expect(await read(kubectl, ".spec.ports[*].port")).toBe("82 81 83");
    expect(await read(kubectl, ".spec.ports[*].targetPort")).toBe("82 8081 83");
  });

  test("fields that the manifest no longer has go, those of others stay", async () => {
    const kubectl = await applied(service("{ports: [{port: 80}]}", "{name: web, labels: {a: b, c: d}}"));
    await kubectl.ok([
      "patch",
      "svc",
      "web",
      "-p",
      '{"metadata":{"labels":{"x":"y"}},"spec":{"sessionAffinity":"ClientIP"}}',
    ]);
    await kubectl.ok("apply -f -", service("{ports: [{port: 80}]}", "{name: web, labels: {a: b}}"));
    expect(await read(kubectl, ".metadata.labels")).toBe('{"a":"b","x":"y"}');
    expect(await read(kubectl, ".spec.sessionAffinity")).toBe("ClientIP");
  });

  test("null takes a field away", async () => {
    const kubectl = await applied(
      service("{ports: [{port: 80}], selector: {app: web}}"),
      service("{ports: [{port: 80}], selector: null}"),
    );
    expect(await read(kubectl, ".spec.selector")).toBe("");
  });

  test("--overwrite=false refuses what others changed", async () => {
    const kubectl = await applied(service("{ports: [{port: 80}]}", "{name: web, labels: {a: b}}"));
    await kubectl.ok(["patch", "svc", "web", "-p", '{"metadata":{"labels":{"a":"x"}}}']);
    const ran = await kubectl.run(
      "apply -f - --overwrite=false --openapi-patch=false",
      service("{ports: [{port: 80}]}", "{name: web, labels: {a: c}}"),
    );
    expect(ran.status).toBe(1);
    expect(
      ran.stderr.startsWith(
        'error: error when applying patch:\n\nto:\nResource: "/v1, Resource=services", GroupVersionKind: "/v1, Kind=Service"\nName: "web", Namespace: "default"\nfor: "STDIN": error when patching "STDIN": creating patch with:\noriginal:\n',
      ),
    ).toBe(true);
  });

  test("what is immutable is told with its causes, and made anew with --force", async () => {
    const kubectl = await applied(service("{clusterIP: 10.96.20.20, ports: [{port: 80}]}"));
    const other = service("{clusterIP: 10.96.20.21, ports: [{port: 80}]}");
    expect(await kubectl.run("apply -f -", other)).toEqual({
      stdout: "",
      stderr:
        'The Service "web" is invalid: spec.clusterIPs[0]: Invalid value: ["10.96.20.21"]: may not change once set\n',
      status: 1,
    });
    expect(await kubectl.ok("apply -f - --force", other)).toBe("service/web configured\n");
    expect(await read(kubectl, ".spec.clusterIP")).toBe("10.96.20.21");
  });

  test("a missing annotation is warned of", async () => {
    const kubectl = new Kubectl();
    const text = service("{ports: [{port: 80}]}");
    await kubectl.ok("create -f -", text);
    expect(await kubectl.run("apply -f -", text)).toEqual({
      stdout: "service/web configured\n",
      stderr:
        "Warning: resource services/web is missing the kubectl.kubernetes.io/last-applied-configuration annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.\n",
      status: 0,
    });
  });

  test("a document that fails does not hold back the others", async () => {
    const kubectl = new Kubectl();
    const text = `${service("{ports: [{port: 80}]}")}---\n${service("{ports: []}", "{name: bad}")}---\n${service("{ports: [{port: 81}]}", "{name: last}")}`;
    expect(await kubectl.run("apply -f -", text)).toEqual({
      stdout: "service/web created\nservice/last created\n",
      stderr: 'The Service "bad" is invalid: spec.ports: Required value\n',
      status: 1,
    });
  });

  test("unknown fields: --validate", async () => {
    const kubectl = new Kubectl();
    const text = service("{portz: 1, ports: [{port: 80}]}");
    expect(await kubectl.run("apply -f -", text)).toEqual({
      stdout: "",
      stderr:
        'Error from server (BadRequest): error when creating "STDIN": Service in version "v1" cannot be handled as a Service: strict decoding error: unknown field "spec.portz"\n',
      status: 1,
    });
    expect(await kubectl.run("apply -f - --validate=warn", text)).toEqual({
      stdout: "service/web created\n",
      stderr: 'Warning: unknown field "spec.portz"\n',
      status: 0,
    });
    expect(await kubectl.run("apply -f - --validate=ignore", text.replace("80", "81"))).toMatchObject({
      status: 0,
      stderr: "",
    });
  });

  test("several objects are printed as a List", async () => {
    const kubectl = new Kubectl();
    const text = `${service("{ports: [{port: 80}]}")}---\n${service("{ports: [{port: 81}]}", "{name: b}")}`;
    const out = await kubectl.ok("apply -f - -o yaml --dry-run=client", text);
    expect(out.startsWith("apiVersion: v1\nitems:\n- apiVersion: v1\n  kind: Service\n")).toBe(true);
    expect(out.endsWith("kind: List\nmetadata: {}\n")).toBe(true);
  });

  // prune.go: what was applied before and is not among the files, of the kinds that are named.
  test("--prune takes away what the files have no more", async () => {
    const kubectl = new Kubectl();
    const one = service("{ports: [{port: 80}]}", "{name: one, labels: {set: x}}");
    const two = service("{ports: [{port: 80}]}", "{name: two, labels: {set: x}}");
    await kubectl.ok("apply -f -", `${one}---\n${two}`);
    const command = "apply -f - --prune -l set=x --prune-allowlist=core/v1/Service";
    expect(await kubectl.ok(`${command} --dry-run=client`, one)).toBe(
      "service/one unchanged (dry run)\nservice/two pruned (dry run)\n",
    );
    expect(await kubectl.ok(command, one)).toBe("service/one unchanged\nservice/two pruned\n");
    expect(await kubectl.ok("get svc -l set=x -o name")).toBe("service/one\n");
  });
});

describe("apply's other forms", () => {
  const text = service("{ports: [{port: 80}]}");

  test("view-last-applied", async () => {
    const kubectl = await applied(text);
    expect(await kubectl.ok("apply view-last-applied svc/web")).toBe(
      "apiVersion: v1\nkind: Service\nmetadata:\n  annotations: {}\n  name: web\n  namespace: default\nspec:\n  ports:\n  - port: 80\n",
    );
    // apply_view_last_applied.go wraps an error that is none: a name without the annotation prints nothing.
    expect(await kubectl.run("apply view-last-applied svc/kubernetes")).toEqual({ stdout: "", stderr: "", status: 0 });
    expect(await kubectl.run("apply view-last-applied svc/web -o wide")).toEqual({
      stdout: "",
      stderr:
        "error: Unexpected -o output mode: wide, the flag 'output' must be one of yaml|json\nSee 'kubectl apply view-last-applied -h' for help and examples\n",
      status: 1,
    });
    expect(await kubectl.run("apply view-last-applied svc/nothere")).toEqual({
      stdout: "",
      stderr: 'Error from server (NotFound): services "nothere" not found\n',
      status: 1,
    });
  });

  test("set-last-applied", async () => {
    const kubectl = new Kubectl({ files: { "a.yaml": text } });
    await kubectl.ok("create -f a.yaml");
    expect(await kubectl.run("apply set-last-applied -f a.yaml")).toEqual({
      stdout: "",
      stderr:
        "error: no last-applied-configuration annotation found on resource: web, to create the annotation, run the command with --create-annotation\n",
      status: 1,
    });
    expect(await kubectl.ok("apply set-last-applied -f a.yaml --create-annotation")).toBe("service/web configured\n");
    expect(await kubectl.ok("apply set-last-applied -f a.yaml")).toBe("set-last-applied web: no changes required.\n");
  });

  test("edit-last-applied", async () => {
    const kubectl = await applied(text);
    kubectl.env.EDITOR = "ed";
    kubectl.program = (_, [path]) => {
      kubectl.write(path!, kubectl.read(path!).replace("port: 80", "port: 90"));
      return { status: 0, stdout: "" };
    };
    expect(await kubectl.ok("apply edit-last-applied svc/web")).toBe("service/web edited\n");
    expect(await kubectl.ok("apply view-last-applied svc/web")).toContain("port: 90\n");
    expect(await kubectl.run("apply edit-last-applied svc/kubernetes")).toEqual({
      stdout: "",
      stderr:
        "error: no last-applied-configuration annotation found on resources, to create the annotation, use command `kubectl apply set-last-applied --create-annotation`\n",
      status: 1,
    });
  });
});
