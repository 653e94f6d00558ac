import { expect, test } from "vitest";
import { Kubectl } from "../support/kubectl.ts";

const manifest = (apiVersion: string, kind: string, rest: object) =>
  JSON.stringify({ apiVersion, kind, metadata: { name: "a" }, ...rest });

// What is not simulated is refused by name; nothing is stored.
test.each([
  [
    manifest("apiextensions.k8s.io/v1", "CustomResourceDefinition", { spec: {} }),
    'error: error when creating "STDIN": kubemu does not simulate CustomResourceDefinitions\n',
  ],
])("refused by name: %s", async (text, stderr) => {
  const kubectl = new Kubectl();
  expect(await kubectl.run(["create", "--validate=false", "-f", "-"], text)).toEqual({ stdout: "", stderr, status: 1 });
});

// Recorded from kubectl 1.36 and a real API server: what comes back is a Status, which has no name.
test("a binding gives a pod its node, once", async () => {
  const kubectl = new Kubectl();
  const binding = manifest("v1", "Binding", { target: { name: "docker-desktop" } });
  const spec = { schedulerName: "mine", containers: [{ name: "c", image: "nginx" }] };
  await kubectl.ok(["create", "-f", "-"], manifest("v1", "Pod", { spec }));
  expect(await kubectl.run(["create", "-f", "-"], binding)).toEqual({
    stdout: "status/<unknown> created\n",
    stderr: "",
    status: 0,
  });
  const where = await kubectl.ok(["get", "pod", "a", "-o", "jsonpath={.spec.nodeName}"]);
  expect(where).toBe("docker-desktop");
  expect(await kubectl.run(["create", "-f", "-"], binding)).toEqual({
    stdout: "",
    stderr:
      'Error from server (Conflict): error when creating "STDIN": Operation cannot be fulfilled on pods/binding "a": pod a is already assigned to node "docker-desktop"\n',
    status: 1,
  });
});

// Recorded from a real API server, which says where it is itself.
test("discovery tells the address of the API server", async () => {
  expect(await new Kubectl().ok(["get", "--raw", "/api"])).toBe(
    '{"kind":"APIVersions","versions":["v1"],"serverAddressByClientCIDRs":[{"clientCIDR":"0.0.0.0/0","serverAddress":"192.168.65.3:6443"}]}\n',
  );
});

// Models SetDefaults_PersistentVolumeClaim and its like of kubernetes pkg/apis/core/v1/defaults.go.
test.each([
  [
    manifest("v1", "PersistentVolumeClaim", {
      spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
    }),
    "pvc -o jsonpath={.spec.volumeMode},{.status.phase}",
    "Filesystem,Pending",
  ],
  [
    manifest("v1", "PersistentVolume", {
      spec: { accessModes: ["ReadWriteOnce"], capacity: { storage: "1Gi" }, hostPath: { path: "/x" } },
    }),
    "pv -o jsonpath={.spec.volumeMode},{.spec.persistentVolumeReclaimPolicy},{.status.phase}",
    "Filesystem,Retain,Available",
  ],
  [
    manifest("storage.k8s.io/v1", "StorageClass", { provisioner: "p" }),
    "sc -o jsonpath={.reclaimPolicy},{.volumeBindingMode}",
    "Delete,Immediate",
  ],
])("defaults: %s", async (text, line, expected) => {
  const kubectl = new Kubectl();
  await kubectl.ok(["create", "-f", "-"], text);
  const words = line.split(" ");
  const { stdout } = await kubectl.run(["get", words[0]!, "a", ...words.slice(1)]);
  expect(stdout).toBe(expected);
});

// Models the field label conversion of kubernetes pkg/registry/core/event/strategy.go (ToSelectableFields).
test("events by what they are about", async () => {
  const kubectl = new Kubectl();
  await kubectl.ok("create deployment web --image=nginx");
  const { stdout } = await kubectl.run(
    "get events --field-selector involvedObject.kind=Deployment,involvedObject.name=web -o jsonpath={.items[*].reason}",
  );
  expect(stdout).toBe("ScalingReplicaSet");
});

// apimachinery's labels.Parse in apiserver pkg/endpoints/handlers/get.go; transcript 32.
test("a selector that is none is a bad request", async () => {
  const kubectl = new Kubectl();
  expect(await kubectl.run(["get", "svc", "-l", "a b"])).toEqual({
    stdout: "",
    stderr:
      'Error from server (BadRequest): Unable to find "/v1, Resource=services" that match label selector "a b", field selector "": unable to parse requirement: found \'b\', expected: in, notin, =, ==, !=, gt, lt\n',
    status: 1,
  });
});

const pod = (spec: object) => manifest("v1", "Pod", { spec: { containers: [{ name: "c", image: "nginx" }], ...spec } });
const forbidden = (text: string) =>
  `Error from server (Forbidden): error when creating "STDIN": pods "a" is forbidden: ${text}\n`;

// As a real server 1.36.2 answers. An overhead is looked at when all else is valid: plugin/pkg/admission/runtimeclass.
test.each([
  [
    pod({ overhead: { cpu: "1" } }),
    forbidden("pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead"),
  ],
  [
    pod({ overhead: { cpu: "-1" } }),
    'The Pod "a" is invalid: spec.overhead.limits[cpu]: Invalid value: "-1": must be greater than or equal to 0\n',
  ],
  [pod({ runtimeClassName: "" }), 'Error from server: error when creating "STDIN": resource name may not be empty\n'],
  [
    pod({ serviceAccountName: "a/b" }),
    forbidden("error looking up service account default/a/b: invalid resource name \"a/b\": [may not contain '/']"),
  ],
])("what admission says of a pod: %s", async (text, stderr) => {
  const kubectl = new Kubectl();
  expect(await kubectl.run(["create", "-f", "-"], text)).toEqual({ stdout: "", stderr, status: 1 });
});

// What a dry run answers has been through the store's codec, which sets defaults: pkg/registry/generic/registry/dryrun.go.
test("labels that a Job takes over from its template are in a dry run, too", async () => {
  const kubectl = new Kubectl();
  const { stdout } = await kubectl.run(
    "create job a --image=nginx --dry-run=server -o jsonpath={.metadata.labels.job-name}",
  );
  expect(stdout).toBe("a");
});
