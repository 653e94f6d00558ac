import { expect, test } from "vitest";
import { ATTACHED } from "../../support/attached.ts";
import { Kubectl } from "../../support/kubectl.ts";

// Texts: kubectl pkg/cmd/debug/debug.go and pkg/cmd/attach/attach.go; what the kubelet reports: pkg/kubelet/kubelet_pods.go. The
// objects and the refusals are held by fixtures/recordings/verbs7-debug*.

async function web(): Promise<Kubectl> {
  const kubectl = new Kubectl();
  await kubectl.ok("run web --image=nginx");
  await kubectl.ok("expose pod web --port 80");
  return kubectl;
}

test("a container that is added is on the pod's network, runs once, has a log, and is told of", async () => {
  const kubectl = await web();
  const ran = await kubectl.run(
    "debug web --image=curlimages/curl -c look -i -- curl -s -o /dev/null -w %{http_code}\\n localhost",
  );
  expect(ran).toEqual({ stdout: "200\n", stderr: ATTACHED, status: 0 });
  expect(await kubectl.ok("logs web -c look")).toBe("200\n");
  const status =
    "jsonpath={.status.phase} {.status.ephemeralContainerStatuses[0].state.terminated.reason} {.status.ephemeralContainerStatuses[0].restartCount}";
  expect(await kubectl.ok(["get", "pod", "web", "-o", status])).toBe("Running Completed 0");
  expect(await kubectl.ok("get pods --no-headers")).toBe("web   1/1   Running   0     5s\n");
  const described = await kubectl.ok("describe pod web");
  expect(described.slice(described.indexOf("Ephemeral Containers:")).split("\n").slice(0, 3)).toEqual([
    "Ephemeral Containers:",
    "  look:",
    expect.stringContaining("    Container ID:  docker://"),
  ]);
  expect(described).toContain('kubelet            spec.ephemeralContainers{look}: Pulling image "curlimages/curl"\n');
});

test("one that waits for its input can be entered by exec and attach", async () => {
  const kubectl = await web();
  expect(await kubectl.ok("debug web --image=busybox -c look -it --attach=false")).toBe("");
  expect(await kubectl.ok("exec web -c look -- hostname")).toBe("web\n");
  expect(await kubectl.run("exec web -c gone -- hostname")).toEqual({
    stdout: "",
    stderr: "error: container gone is not valid for pod web out of: web, look (ephem)\n",
    status: 1,
  });
  expect(await kubectl.ok("logs web -c look")).toBe("");
});

test("without -c the name has five random characters", async () => {
  const kubectl = await web();
  const told = await kubectl.ok("debug web --image=busybox");
  const [name] = (await kubectl.ok(["get", "pod", "web", "-o", "jsonpath={.spec.ephemeralContainers[*].name}"])).split(
    " ",
  );
  expect(told).toBe(`Defaulting debug container name to ${name}.\n`);
  expect(name).toMatch(/^debugger-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
});

test("a pod on a node has the node's name, its network and those of its files that are known", async () => {
  const kubectl = await web();
  const ran = await kubectl.run("debug node/docker-desktop --image=busybox -i -q -- cat /host/etc/hostname");
  expect(ran).toEqual({ stdout: "docker-desktop\n", stderr: "", status: 0 });
  expect(await kubectl.run("debug node/docker-desktop --image=busybox -i -q -- chroot /host")).toEqual({
    stdout: "",
    stderr: "error: kubemu does not simulate the program chroot\n",
    status: 1,
  });
});

test("an image that cannot be pulled is told of; a held clock does not wait for ever", async () => {
  const kubectl = await web();
  const ran = await kubectl.run("debug web --image=gcr.io/google-samples/hello-app:9.9 -c look -i");
  expect(ran.status).toBe(1);
  const [warning, end] = ran.stderr.split("\n");
  expect(
    warning!.startsWith(
      'Warning: container look: failed to pull and unpack image "gcr.io/google-samples/hello-app:9.9"',
    ),
  ).toBe(true);
  expect(end).toBe("error: kubemu does not simulate waiting for a container that does not start");
});
