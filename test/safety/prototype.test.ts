import { afterEach, expect, test } from "vitest";
import { Kubectl } from "../support/kubectl.ts";

// Names of what every JavaScript object has are keys like others: in manifests, patches, overrides and arguments.

const INHERITED = ["polluted", "0"] as const;
const clean = Object.getOwnPropertyNames(Object.prototype).length;
afterEach(() => {
  expect(Object.getOwnPropertyNames(Object.prototype).length).toBe(clean);
  for (const key of INHERITED) expect(({} as Record<string, unknown>)[key]).toBeUndefined();
});

async function cluster(): Promise<Kubectl> {
  const kubectl = new Kubectl({
    files: {
      "patch.yaml": "data:\n  __proto__: file\n  constructor: file\n",
      "values.env": "__proto__=x\nconstructor=y\n",
    },
  });
  await kubectl.ok("create configmap cm --from-literal=a=b");
  await kubectl.ok("create deployment web --image=nginx");
  return kubectl;
}

const DATA = '{"data":{"__proto__":"x","constructor":"y","hasOwnProperty":"z"}}';
const dataOf = async (kubectl: Kubectl, name = "cm") =>
  await kubectl.ok(["get", "configmap", name, "-o", "jsonpath={.data}"]);

test.each([
  ["strategic", DATA, '{"__proto__":"x","a":"b","constructor":"y","hasOwnProperty":"z"}'],
  ["merge", DATA, '{"__proto__":"x","a":"b","constructor":"y","hasOwnProperty":"z"}'],
  [
    "json",
    '[{"op":"add","path":"/data/__proto__","value":"q"},{"op":"copy","from":"/data/__proto__","path":"/data/constructor"},' +
      '{"op":"test","path":"/data/constructor","value":"q"},{"op":"move","from":"/data/constructor","path":"/data/valueOf"}]',
    '{"__proto__":"q","a":"b","valueOf":"q"}',
  ],
])("a %s patch stores and takes away such keys", async (type, patch, expected) => {
  const kubectl = await cluster();
  expect(await kubectl.ok(["patch", "configmap", "cm", `--type=${type}`, "-p", patch])).toBe("configmap/cm patched\n");
  expect(await dataOf(kubectl)).toBe(expected);
  const remove =
    type === "json"
      ? '[{"op":"remove","path":"/data/__proto__"},{"op":"remove","path":"/data/valueOf"}]'
      : '{"data":{"__proto__":null,"constructor":null,"hasOwnProperty":null}}';
  await kubectl.ok(["patch", "configmap", "cm", `--type=${type}`, "-p", remove]);
  expect(await dataOf(kubectl)).toBe('{"a":"b"}');
});

test.each(["/data/toString", "/constructor/prototype/polluted", "/__proto__/polluted"])(
  "a JSON patch finds nothing at %s",
  async (path) => {
    const kubectl = await cluster();
    for (const op of ["remove", "replace", "test"]) {
      const { stdout, status } = await kubectl.run([
        "patch",
        "configmap",
        "cm",
        "--type=json",
        "-p",
        JSON.stringify([{ op, path, value: 1 }]),
      ]);
      expect([op, stdout, status]).toEqual([op, "", 1]);
    }
    expect(await dataOf(kubectl)).toBe('{"a":"b"}');
  },
);

test("a field that is none is told of and dropped, wherever it stands", async () => {
  const kubectl = await cluster();
  const patch =
    '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"metadata":{"__proto__":{"polluted":1}}}';
  expect(await kubectl.run(["patch", "configmap", "cm", "--type=merge", "-p", patch])).toEqual({
    stdout: "configmap/cm patched (no change)\n",
    stderr:
      'Warning: unknown field "__proto__"\nWarning: unknown field "constructor"\nWarning: unknown field "metadata.__proto__"\n',
    status: 0,
  });
});

test("--patch-file, manifests and files of values", async () => {
  const kubectl = await cluster();
  await kubectl.ok("patch configmap cm --patch-file patch.yaml");
  expect(await dataOf(kubectl)).toBe('{"__proto__":"file","a":"b","constructor":"file"}');
  await kubectl.ok("create configmap env --from-env-file=values.env");
  expect(await dataOf(kubectl, "env")).toBe('{"__proto__":"x","constructor":"y"}');
  const manifest = `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"m"},${DATA.slice(1)}`;
  expect(await kubectl.ok("apply -f -", manifest)).toBe("configmap/m created\n");
  expect(await kubectl.ok("apply -f -", manifest)).toBe("configmap/m unchanged\n");
  expect(await kubectl.ok("apply -f -", manifest.replace('"__proto__":"x",', ""))).toBe("configmap/m configured\n");
  expect(await dataOf(kubectl, "m")).toBe('{"constructor":"y","hasOwnProperty":"z"}');
  expect(await kubectl.ok("apply --server-side --force-conflicts -f -", manifest)).toBe(
    "configmap/m serverside-applied\n",
  );
  expect(await dataOf(kubectl, "m")).toBe('{"__proto__":"x","constructor":"y","hasOwnProperty":"z"}');
});

const NAME_PART =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character " +
  "(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

test.each([
  ["label configmap cm __proto__=x", 'ConfigMap "cm"', "metadata.labels"],
  ["annotate configmap cm __proto__=x", 'ConfigMap "cm"', "metadata.annotations"],
  [
    'run p --image=nginx --overrides={"metadata":{"annotations":{"__proto__":"a"}},"__proto__":{"polluted":1}}',
    'Pod "p"',
    "metadata.annotations",
  ],
  ["run p --image=nginx --labels=__proto__=a", 'Pod "p"', "metadata.labels"],
])("%s is refused by its name", async (line, what, field) => {
  expect(await (await cluster()).run(line)).toEqual({
    stdout: "",
    stderr: `The ${what} is invalid: ${field}: Invalid value: "__proto__": ${NAME_PART}\n`,
    status: 1,
  });
});

test.each([
  ["label configmap cm constructor=x", "configmap/cm labeled\n"],
  ["label configmap cm toString-", 'label "toString" not found.\nconfigmap/cm not labeled\n'],
  ["annotate configmap cm constructor=x", "configmap/cm annotated\n"],
  [
    "set env deployment/web __proto__=x constructor=y --list",
    "# Deployment web, container nginx\n__proto__=x\nconstructor=y\n",
  ],
  ['expose deployment web --port=80 --overrides={"__proto__":{"polluted":1}}', "service/web exposed\n"],
  ["expose deployment web --port=80 --selector=constructor=a", "service/web exposed\n"],
  ["get configmap cm -o jsonpath={.constructor}{.data.__proto__}", ""],
  ["get configmap cm -o custom-columns=A:.constructor,B:.data.__proto__ --no-headers", "<none>   <none>\n"],
  ["get configmap cm -o go-template={{.constructor}}{{.data.__proto__}}", "<no value><no value>"],
  ["get configmap -l !toString -o name", "configmap/cm\nconfigmap/kube-root-ca.crt\n"],
  ["config set-context __proto__ --namespace=constructor", 'Context "__proto__" created.\n'],
  ["outside add constructor 192.0.2.1", "outside/constructor added\n"],
])("%s", async (line, stdout) => {
  expect(await (await cluster()).run(line)).toEqual({ stdout, stderr: "", status: 0 });
});

test.each([
  ["get constructor", 'error: the server doesn\'t have a resource type "constructor"\n'],
  [
    "get configmap --context toString",
    "Error in configuration: context was not found for specified context: toString\n",
  ],
  ["set image deployment/web constructor=nginx", 'error: unable to find container named "constructor"\n'],
  ["constructor", 'error: unknown command "constructor" for "kubectl"\n'],
  ["get configmap --constructor", "error: unknown flag: --constructor\nSee 'kubectl get --help' for usage.\n"],
  ["snapshot restore constructor", 'Error from server (BadRequest): no snapshot "constructor": none is saved\n'],
])("%s is not known", async (line, stderr) => {
  expect(await (await cluster()).run(line)).toEqual({ stdout: "", stderr, status: 1 });
});
