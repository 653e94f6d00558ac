import { expect, test } from "vitest";
import { Kubectl } from "../../support/kubectl.ts";

async function withTools(): Promise<Kubectl> {
  const kubectl = new Kubectl();
  await kubectl.run("run tools --image=busybox --command -- sleep infinity");
  await kubectl.run("wait --for=condition=Ready pod/tools");
  return kubectl;
}

// A script that waits hands on what it has printed; what reads another command's output is run as a whole. Both end up alike.
test.each([
  ["for i in 1 2; do echo $i; sleep 1; done; exit 3", "1\n2\n", 3],
  ["for i in $(seq 1 2); do echo $i; sleep 1; done; exit 3", "1\n2\n", 3],
  ["for i in 2 1; do echo $i; sleep 1; done | sort", "1\n2\n", 0],
  ["sleep 1; echo é > /tmp/f; cat /tmp/f; false || echo no", "é\nno\n", 0],
])("sh -c '%s'", async (script, stdout, status) => {
  const kubectl = await withTools();
  const ran = await kubectl.run(["exec", "tools", "--", "sh", "-c", script]);
  expect([ran.stdout, ran.status]).toEqual([stdout, status]);
});

test("what the commands of a loop say of failures comes in its place", async () => {
  const kubectl = await withTools();
  const ran = await kubectl.run(["exec", "tools", "--", "sh", "-c", "for i in 1 2; do nosuch; sleep 1; done"]);
  expect(ran.stderr).toBe("sh: nosuch: not found\nsh: nosuch: not found\n");
});
