import { expect, test } from "vitest";
import { Kubectl } from "../support/kubectl.ts";

const SAVED = "/state.json.snapshots/before.json";

async function saved(): Promise<{ kubectl: Kubectl; bytes: Buffer }> {
  const kubectl = new Kubectl();
  await kubectl.ok("create service clusterip web --tcp=80");
  await kubectl.ok("snapshot save before");
  await kubectl.ok("create namespace after");
  return { kubectl, bytes: kubectl.files.read(SAVED) };
}

const DAMAGE: [string, (bytes: Buffer) => Buffer | string][] = [
  ["empty", () => ""],
  ["cut off", (bytes) => bytes.subarray(0, 5000)],
  ["without its last line", (bytes) => bytes.subarray(0, bytes.length - 3)],
  ["another text", () => "{}\n"],
  [
    "with one other byte",
    (bytes) => {
      const other = Buffer.from(bytes);
      other[bytes.length >> 1]! ^= 1;
      return other;
    },
  ],
  ["of a newer format", (bytes) => bytes.toString("utf8").replace(/"formatVersion": \d+/, '"formatVersion": 99')],
];

test.each(DAMAGE)("a snapshot that is %s is refused as such, and the cluster stays", async (_, damage) => {
  const { kubectl, bytes } = await saved();
  kubectl.files.write(SAVED, damage(bytes));
  const before = kubectl.files.read("/state.json");
  for (const command of ["restore", "diff"])
    expect(await kubectl.run(`snapshot ${command} before`)).toEqual({
      stdout: "",
      stderr: `error: the snapshot ${SAVED} is damaged, or was saved by a newer kubemu; the cluster is left as it is\n`,
      status: 1,
    });
  expect(kubectl.files.read("/state.json").equals(before)).toBe(true);
});

test("restoring takes what came later away, and what is in a damaged cluster's place", async () => {
  const { kubectl } = await saved();
  kubectl.files.write("/state.json", "nonsense");
  expect((await kubectl.run("get services")).status).toBe(1);
  expect(await kubectl.run("snapshot restore nothere")).toEqual({
    stdout: "",
    stderr: 'Error from server (BadRequest): no snapshot "nothere": there are: before\n',
    status: 1,
  });
  expect(await kubectl.run("snapshot restore before")).toEqual({
    stdout: "snapshot/before restored\n",
    stderr: "",
    status: 0,
  });
  expect(await kubectl.ok("get namespaces,services -o name")).toBe(
    ["default", "kube-node-lease", "kube-public", "kube-system"].map((name) => `namespace/${name}\n`).join("") +
      "service/kubernetes\nservice/web\n",
  );
});
