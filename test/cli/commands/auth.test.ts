import { expect, test } from "vitest";
import { Kubectl } from "../../support/kubectl.ts";

// Texts of kubectl pkg/cmd/auth and of a recorded API server (fixtures/recordings/read-auth.transcript).

test("roles and bindings decide what somebody else may do", async () => {
  const kubectl = new Kubectl();
  await kubectl.ok("create role reader --verb=get,list --resource=services");
  await kubectl.ok("create rolebinding reader --role=reader --user=bob");
  expect(await kubectl.run("auth can-i list services --as=bob")).toEqual({ stdout: "yes\n", stderr: "", status: 0 });
  expect(await kubectl.run("auth can-i list pods --as=bob")).toEqual({ stdout: "no\n", stderr: "", status: 1 });
  expect(await kubectl.run("get services --as=bob -o name")).toEqual({
    stdout: "service/kubernetes\n",
    stderr: "",
    status: 0,
  });
  expect(await kubectl.run("delete service kubernetes --as=bob")).toEqual({
    stdout: "",
    stderr:
      'Error from server (Forbidden): services "kubernetes" is forbidden: User "bob" cannot delete resource "services" in API group "" in the namespace "default"\n',
    status: 1,
  });
});

test("a binding to a role that is not there says so", async () => {
  const kubectl = new Kubectl();
  await kubectl.ok("create rolebinding lost --role=nothere --user=bob");
  expect(await kubectl.run("auth can-i list pods --as=bob")).toEqual({
    stdout: 'no - RBAC: role.rbac.authorization.k8s.io "nothere" not found\n',
    stderr: "",
    status: 1,
  });
});

test.each([
  [
    "auth can-i",
    "error: you must specify two arguments: verb resource or verb resource/resourceName.\nSee 'kubectl auth can-i -h' for help and examples.\n",
  ],
  ["auth can-i --list pods", "error: list option must be specified with no arguments\n"],
  ["auth can-i get pods --no-headers", "error: --no-headers cannot be set without --list specified\n"],
  ["auth can-i --frob", "error: unknown flag: --frob\nSee 'kubectl auth can-i --help' for usage.\n"],
  [
    "auth whoami --as-group=dev",
    "error: requesting uid, groups or user-extra for docker-desktop without impersonating a user\n",
  ],
  ["auth reconcile", "error: must specify one of -f and -k\n"],
  ["create token nothere", 'error: failed to create token: serviceaccounts "nothere" not found\n'],
  ["create token default --duration=1500ms", "error: --duration cannot be expressed in units less than seconds\n"],
  ["create token", "error: exactly one NAME is required, got 0\nSee 'kubectl create token -h' for help and examples\n"],
])("refused: %s", async (line, stderr) => {
  expect(await new Kubectl().run(line)).toEqual({ stdout: "", stderr, status: 1 });
});

test("a token is its service account's", async () => {
  const kubectl = new Kubectl();
  const token = await kubectl.ok("create token default");
  const claims = JSON.parse(Buffer.from(token.split(".")[1]!, "base64url").toString("utf8"));
  expect(claims.sub).toBe("system:serviceaccount:default:default");
  expect(claims.exp - claims.iat).toBe(3600);
  const review = (text: string) =>
    JSON.stringify({ apiVersion: "authentication.k8s.io/v1", kind: "TokenReview", spec: { token: text } });
  const ask = ["create", "-f", "-", "-o", "jsonpath={.status.authenticated} {.status.user.username}{.status.error}"];
  expect(await kubectl.ok(ask, review(token))).toBe("true system:serviceaccount:default:default");
  expect(await kubectl.ok(ask, review(`${token}x`))).toBe(" invalid bearer token");
});
