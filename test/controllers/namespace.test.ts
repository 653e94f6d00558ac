import { expect, test } from "vitest";
import { Kubectl } from "../support/kubectl.ts";

const MANIFESTS = `apiVersion: v1
kind: Namespace
metadata:
  name: shop
---
apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: shop
spec:
  ports:
  - port: 80
`;

// As a real cluster prints it: its controller turns to the namespace after the client has sent the next request.
test("a namespace and what is in it are deleted by one command", async () => {
  const kubectl = new Kubectl({ files: { "shop.yaml": MANIFESTS } });
  await kubectl.ok("apply -f shop.yaml");
  expect(await kubectl.run("delete -f shop.yaml")).toEqual({
    stdout: 'namespace "shop" deleted\nservice "web" deleted from shop namespace\n',
    stderr: "",
    status: 0,
  });
  expect(await kubectl.run("get ns shop")).toEqual({
    stdout: "",
    stderr: 'Error from server (NotFound): namespaces "shop" not found\n',
    status: 1,
  });
});

test("without waiting it is seen to go", async () => {
  const kubectl = new Kubectl({ files: { "shop.yaml": MANIFESTS } });
  await kubectl.ok("apply -f shop.yaml");
  await kubectl.ok("delete ns shop --wait=false");
  kubectl.now -= 1000;
  expect((await kubectl.run("get ns shop -o jsonpath={.status.phase}")).stdout).toBe("Terminating");
});
