import { expect, it } from "vitest";
import { Kubectl } from "../support/kubectl.ts";

// The reasons and messages are those of kubernetes pkg/kubelet/kubelet_pods.go (makeEnvironmentVariables) and pkg/volume/{configmap,secret}.

const pod = (container: string, volumes = "[]") =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: main, image: nginx, ${container}}], volumes: ${volumes}}\n`;
const STATE = ["get", "pod", "p", "-o", "jsonpath={.status.phase} {.status.containerStatuses[0].state.waiting}"];
const WARNINGS = [
  "get",
  "events",
  "-o",
  'jsonpath={range .items[?(@.type=="Warning")]}{.reason}: {.message} {.involvedObject.fieldPath}{"\\n"}{end}',
];

it.each([
  ["envFrom: [{configMapRef: {name: conf}}]", 'configmap "conf" not found', "create configmap conf --from-literal=a=b"],
  ["envFrom: [{secretRef: {name: conf}}]", 'secret "conf" not found', "create secret generic conf --from-literal=a=b"],
  [
    "env: [{name: A, valueFrom: {configMapKeyRef: {name: conf, key: a}}}]",
    'configmap "conf" not found',
    "create configmap conf --from-literal=a=b",
  ],
])("a container with %s cannot be made before it is there", async (container, message, mend) => {
  const kubectl = new Kubectl({ files: { "p.yaml": pod(container) } });
  await kubectl.ok("apply -f p.yaml");
  expect(await kubectl.ok(STATE)).toBe(
    `Pending {"message":${JSON.stringify(message)},"reason":"CreateContainerConfigError"}`,
  );
  expect(await kubectl.ok(WARNINGS)).toBe(`Failed: Error: ${message} spec.containers{main}\n`);
  await kubectl.ok(mend);
  expect(await kubectl.ok(STATE)).toBe("Running ");
});

it("tells of a key that is not there", async () => {
  const env = "env: [{name: A, valueFrom: {secretKeyRef: {name: s, key: b}}}]";
  const kubectl = new Kubectl({ files: { "p.yaml": pod(env) } });
  await kubectl.ok("create secret generic s --from-literal=a=b");
  await kubectl.ok("apply -f p.yaml");
  expect(await kubectl.ok(WARNINGS)).toBe(
    "Failed: Error: couldn't find key b in Secret default/s spec.containers{main}\n",
  );
});

it.each([
  ["[{name: v, configMap: {name: conf}}]", 'MountVolume.SetUp failed for volume "v" : configmap "conf" not found'],
  ["[{name: v, secret: {secretName: conf}}]", 'MountVolume.SetUp failed for volume "v" : secret "conf" not found'],
])("a volume of %s holds the pod back", async (volumes, message) => {
  const kubectl = new Kubectl({ files: { "p.yaml": pod("volumeMounts: [{name: v, mountPath: /v}]", volumes) } });
  await kubectl.ok("apply -f p.yaml");
  expect(await kubectl.ok(STATE)).toBe('Pending {"reason":"ContainerCreating"}');
  expect(await kubectl.ok(WARNINGS)).toBe(`FailedMount: ${message} \n`);
  kubectl.now += 60_000;
  await kubectl.ok(volumes.includes("secret") ? "create secret generic conf" : "create configmap conf");
  expect(await kubectl.ok(STATE)).toBe("Running ");
  const started = "jsonpath={.status.containerStatuses[0].state.running.startedAt}";
  expect(await kubectl.ok(["get", "pod", "p", "-o", started])).toBe("2026-11-22T15:01:03Z");
});

it("does without what is optional, and keeps running without what has gone", async () => {
  const volumes = "[{name: v, configMap: {name: conf}}, {name: o, secret: {secretName: none, optional: true}}]";
  const env = "envFrom: [{configMapRef: {name: none, optional: true}}]";
  const kubectl = new Kubectl({ files: { "p.yaml": pod(env, volumes) } });
  await kubectl.ok("create configmap conf");
  await kubectl.ok("apply -f p.yaml");
  expect(await kubectl.ok(STATE)).toBe("Running ");
  await kubectl.ok("delete configmap conf");
  await kubectl.ok("label pod p a=b");
  expect(await kubectl.ok(STATE)).toBe("Running ");
});

it("pulls another image at once where the first could not be pulled", async () => {
  const text = pod("").replace("image: nginx", 'image: "gcr.io/google-samples/hello-app:9.0"');
  const kubectl = new Kubectl({ files: { "p.yaml": text } });
  await kubectl.ok("apply -f p.yaml");
  expect(await kubectl.ok("get pod p --no-headers")).toBe("p     0/1   ErrImagePull   0     1s\n");
  await kubectl.ok("set image pod/p main=gcr.io/google-samples/hello-app:2.0");
  expect(await kubectl.ok("get pod p --no-headers")).toBe("p     1/1   Running   0     3s\n");
});
