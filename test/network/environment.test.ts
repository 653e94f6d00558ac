import { describe, expect, it } from "vitest";
import { Kubectl } from "../support/kubectl.ts";

// Rules: kubernetes pkg/kubelet/kubelet_pods.go (makeEnvironmentVariables, getServiceEnvVarMap), pkg/kubelet/envvars/envvars.go.

async function variables(kubectl: Kubectl, pod: string, filter: string): Promise<string[]> {
  const lines = (await kubectl.ok(`exec ${pod} -- printenv`)).trimEnd().split("\n");
  return lines.filter((line) => line.includes(filter));
}

describe("variables of Services", () => {
  it("are those of the Services that there were when the container started, whatever became of them", async () => {
    const kubectl = new Kubectl();
    await kubectl.ok("create service clusterip early --tcp=80:80 --clusterip=10.96.7.7");
    await kubectl.ok("run one --image=nginx");
    await kubectl.ok("create service clusterip late --tcp=81:81 --clusterip=10.96.8.8");
    await kubectl.ok("delete service early");
    await kubectl.ok("create service clusterip early --tcp=8080:80 --clusterip=10.96.9.9");
    await kubectl.ok("run two --image=nginx");
    await kubectl.ok("delete service late");
    expect(await variables(kubectl, "one", "EARLY")).toEqual([
      "EARLY_SERVICE_HOST=10.96.7.7",
      "EARLY_SERVICE_PORT=80",
      "EARLY_SERVICE_PORT_80_80=80",
      "EARLY_PORT=tcp://10.96.7.7:80",
      "EARLY_PORT_80_TCP=tcp://10.96.7.7:80",
      "EARLY_PORT_80_TCP_PROTO=tcp",
      "EARLY_PORT_80_TCP_PORT=80",
      "EARLY_PORT_80_TCP_ADDR=10.96.7.7",
    ]);
    expect(await variables(kubectl, "one", "LATE")).toEqual([]);
    expect(await variables(kubectl, "two", "EARLY_SERVICE")).toEqual([
      "EARLY_SERVICE_HOST=10.96.9.9",
      "EARLY_SERVICE_PORT=8080",
      "EARLY_SERVICE_PORT_8080_80=8080",
    ]);
    expect(await variables(kubectl, "two", "LATE_SERVICE_HOST")).toEqual(["LATE_SERVICE_HOST=10.96.8.8"]);
  });

  it("keep a port that was changed later, and take in no label that was", async () => {
    const kubectl = new Kubectl();
    await kubectl.ok("create service clusterip web --tcp=80:80");
    await kubectl.ok("label service web a=b");
    await kubectl.ok("run one --image=nginx");
    await kubectl.ok([
      "patch",
      "service",
      "web",
      "-p",
      '{"spec":{"ports":[{"port":80,"$patch":"delete"},{"port":90}]}}',
    ]);
    await kubectl.ok("label service web a=c --overwrite");
    await kubectl.ok("run two --image=nginx");
    expect(await variables(kubectl, "one", "WEB_SERVICE_PORT=")).toEqual(["WEB_SERVICE_PORT=80"]);
    expect(await variables(kubectl, "two", "WEB_SERVICE_PORT=")).toEqual(["WEB_SERVICE_PORT=90"]);
  });

  it("are those of the start of the container that runs now, not of the pod", async () => {
    const kubectl = new Kubectl();
    await kubectl.ok(["run", "again", "--image=busybox", "--", "sh", "-c", "sleep 60; exit 1"]);
    await kubectl.ok("create service clusterip web --tcp=80:80");
    expect(await variables(kubectl, "again", "WEB_SERVICE_PORT=")).toEqual([]);
    kubectl.now += 65_000;
    expect(
      await kubectl.ok(["get", "pod", "again", "-o", "jsonpath={.status.containerStatuses[0].restartCount}"]),
    ).toBe("1");
    expect(await variables(kubectl, "again", "WEB_SERVICE_PORT=")).toEqual(["WEB_SERVICE_PORT=80"]);
  });

  it("are of the pod's namespace, of `kubernetes` always, and no others with enableServiceLinks: false", async () => {
    const kubectl = new Kubectl();
    await kubectl.ok("create namespace shop");
    await kubectl.ok("create service clusterip db --tcp=5432 -n shop");
    await kubectl.ok("create service clusterip headless --tcp=80 --clusterip=None");
    await kubectl.ok("run here --image=nginx");
    await kubectl.ok("run there --image=nginx -n shop");
    await kubectl.ok([
      "run",
      "none",
      "--image=nginx",
      "-n",
      "shop",
      '--overrides={"spec":{"enableServiceLinks":false}}',
    ]);
    const hosts = async (line: string) =>
      (await kubectl.ok(`exec ${line} -- printenv`)).split("\n").filter((it) => it.includes("_SERVICE_HOST="));
    expect((await hosts("here")).map((it) => it.split("=")[0])).toEqual(["KUBERNETES_SERVICE_HOST"]);
    expect((await hosts("there -n shop")).map((it) => it.split("=")[0])).toEqual([
      "DB_SERVICE_HOST",
      "KUBERNETES_SERVICE_HOST",
    ]);
    expect((await hosts("none -n shop")).map((it) => it.split("=")[0])).toEqual(["KUBERNETES_SERVICE_HOST"]);
  });
});

describe("what the simulator keeps", () => {
  it("of pods and Services that are gone is thrown away", async () => {
    const kubectl = new Kubectl();
    const kept = () =>
      [...kubectl.read("/state.json").matchAll(/^"\/([a-z]+)\.kubemu\.dev\/([^"]+)"/gm)].map((m) => m[0]);
    await kubectl.ok("get nodes");
    const before = kept();
    await kubectl.ok("create service clusterip web --tcp=80:80");
    await kubectl.ok("run one --image=nginx --labels=app=web --port=80");
    await kubectl.ok("run two --image=nginx --labels=app=web --port=80");
    await kubectl.ok(["patch", "service", "web", "-p", '{"spec":{"sessionAffinity":"ClientIP"}}']);
    await kubectl.ok("exec one -- curl -s web");
    await kubectl.ok([
      "patch",
      "service",
      "web",
      "-p",
      '{"spec":{"ports":[{"port":80,"$patch":"delete"},{"port":90}]}}',
    ]);
    expect(kept().filter((key) => !before.includes(key))).toEqual([
      '"/affinities.kubemu.dev/default/web"',
      '"/connections.kubemu.dev/default/web"',
      '"/logs.kubemu.dev/default/two.two"',
      '"/runtime.kubemu.dev/default/one"',
      '"/runtime.kubemu.dev/default/two"',
      '"/servicehistory.kubemu.dev/default/web"',
    ]);
    await kubectl.ok("delete service web");
    await kubectl.ok("delete pod one two");
    // All that stays is how often that name has let go of an address.
    expect(kept().filter((key) => !before.includes(key))).toEqual(['"/released.kubemu.dev/services"']);
    expect(kept()).toHaveLength(before.length + 1);
  });
});
