import { describe, expect, test } from "vitest";
import { HOME, Kubectl } from "../../support/kubectl.ts";

const SERVICE =
  "{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {selector: {app: web}, ports: [{port: 80}]}}\n";

async function cluster(): Promise<Kubectl> {
  const kubectl = new Kubectl({ files: { "a.yaml": SERVICE } });
  await kubectl.ok("create -f a.yaml");
  return kubectl;
}

// Texts: transcript 18-patch-label-annotate; apiserver pkg/endpoints/handlers/patch.go; strategicpatch.
describe("patch", () => {
  const patch = async (kubectl: Kubectl, text: string, ...more: string[]) =>
    kubectl.run(["patch", "svc", "web", "-p", text, ...more]);
  const spec = (kubectl: Kubectl, path: string) => kubectl.ok(["get", "svc", "web", "-o", `jsonpath={${path}}`]);

  test("$patch: replace, $patch: delete, $retainKeys, $setElementOrder", async () => {
    const kubectl = await cluster();
    await patch(kubectl, "spec: {ports: [{name: a, port: 81}, {name: b, port: 82}, {$patch: replace}]}");
    expect(await spec(kubectl, ".spec.ports[*].port")).toBe("81 82");
    await patch(kubectl, "spec: {ports: [{port: 81, $patch: delete}]}");
    expect(await spec(kubectl, ".spec.ports[*].port")).toBe("82");
    await patch(kubectl, "spec: {ports: [{name: c, port: 83}], $setElementOrder/ports: [{port: 82}, {port: 83}]}");
    expect(await spec(kubectl, ".spec.ports[*].port")).toBe("82 83");
    await kubectl.ok("create deployment d --image=nginx");
    await kubectl.ok(["patch", "deploy", "d", "-p", "spec: {strategy: {$retainKeys: [type], type: Recreate}}"]);
    expect(await kubectl.ok("get deploy d -o jsonpath={.spec.strategy}")).toBe('{"type":"Recreate"}');
  });

  test("unknown fields are warned of, wrong values told by the field `patch`", async () => {
    const kubectl = await cluster();
    expect(await patch(kubectl, '{"spec":{"nothing":1}}', "--type=merge")).toEqual({
      stdout: "service/web patched (no change)\n",
      stderr: 'Warning: unknown field "spec.nothing"\n',
      status: 0,
    });
  });

  test("no JSON", async () => {
    const kubectl = await cluster();
    const why = "invalid character 'b' looking for beginning of object key string";
    expect((await patch(kubectl, "{bad")).stderr).toBe(`Error from server (BadRequest): ${why}\n`);
    expect((await patch(kubectl, "{bad", "--type=merge")).stderr).toBe(
      `Error from server (BadRequest): error decoding patch: ${why}\n`,
    );
  });

  test("--local works on the file alone", async () => {
    const kubectl = new Kubectl({ files: { "a.yaml": SERVICE } });
    expect(
      await kubectl.ok(["patch", "--local", "-f", "a.yaml", "-p", '{"spec":{"type":"NodePort"}}', "-o", "yaml"]),
    ).toBe(
      "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  ports:\n  - port: 80\n  selector:\n    app: web\n  type: NodePort\n",
    );
  });
});

// Texts: kubectl pkg/cmd/replace/replace.go; transcript 16-apply.
describe("replace", () => {
  test("in place, by force, and what is not there", async () => {
    const kubectl = await cluster();
    expect(await kubectl.ok("replace -f a.yaml")).toBe("service/web replaced\n");
    const forced = 'service "web" deleted from default namespace\nservice/web replaced\n';
    expect(await kubectl.ok("replace --force -f a.yaml")).toBe(forced);
    expect(await kubectl.ok("replace --force -f -", SERVICE)).toBe(forced);
    kubectl.write("b.yaml", SERVICE.replace("name: web", "name: nothere"));
    // A PUT makes a Service that is not there (AllowCreateOnUpdate), but no ConfigMap.
    expect(await kubectl.ok("replace -f b.yaml")).toBe("service/nothere replaced\n");
    kubectl.write("c.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: nothere}\n");
    expect((await kubectl.run("replace -f c.yaml")).stderr).toBe(
      'Error from server (NotFound): error when replacing "c.yaml": configmaps "nothere" not found\n',
    );
  });
});

// Texts and file names: kubectl pkg/cmd/diff/diff.go.
describe("diff", () => {
  test("two folders are given to diff, whose status 1 says that they differ", async () => {
    const kubectl = new Kubectl({ files: { "a.yaml": SERVICE.replace("80", "80, targetPort: 8080") } });
    await kubectl.ok("apply -f a.yaml");
    kubectl.write("a.yaml", SERVICE.replace("80", "80, targetPort: 8081"));
    const contents: string[] = [];
    kubectl.program = (program, [flag, other, live, merged]) => {
      expect([program, flag, other]).toEqual(["diff", "-u", "-N"]);
      for (const folder of [live!, merged!]) {
        expect(kubectl.files.list(folder)).toEqual(["v1.Service.default.web"]);
        contents.push(kubectl.read(`${folder}/v1.Service.default.web`));
      }
      return { status: 1, stdout: "differences\n" };
    };
    expect(await kubectl.run("diff -f a.yaml")).toEqual({ stdout: "differences\n", stderr: "", status: 1 });
    expect(contents[1]).toBe(contents[0]!.replace("targetPort: 8080\n", "targetPort: 8081\n"));
    expect(kubectl.files.list("/tmp")).toEqual([]);
  });

  test("a Secret's values are hidden", async () => {
    const kubectl = await cluster();
    await kubectl.ok("create secret generic s --from-literal=a=1 --from-literal=b=2");
    const secret = await kubectl.ok(
      "create secret generic s --from-literal=a=1 --from-literal=b=3 --dry-run=client -o yaml",
    );
    kubectl.files.write(`${HOME}/s.yaml`, secret);
    const contents: string[] = [];
    kubectl.program = (_, [, , live, merged]) => {
      for (const folder of [live!, merged!]) contents.push(kubectl.read(`${folder}/v1.Secret.default.s`));
      return { status: 1, stdout: "" };
    };
    await kubectl.run("diff -f s.yaml");
    expect(contents[0]!.split("kind:")[0]).toBe("apiVersion: v1\ndata:\n  a: '***'\n  b: '*** (before)'\n");
    expect(contents[1]!.split("kind:")[0]).toBe("apiVersion: v1\ndata:\n  a: '***'\n  b: '*** (after)'\n");
  });

  test("failures end with 2", async () => {
    const kubectl = await cluster();
    expect(await kubectl.run("diff -f nothere.yaml")).toEqual({
      stdout: "",
      stderr: 'error: the path "nothere.yaml" does not exist\n',
      status: 2,
    });
    expect(await kubectl.run("diff -f a.yaml")).toEqual({
      stdout: "",
      stderr: 'error: failed to run "diff": executable file not found in $PATH\n',
      status: 2,
    });
  });
});
