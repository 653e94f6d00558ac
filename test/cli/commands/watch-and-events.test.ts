import { beforeEach, describe, expect, it } from "vitest";
import { Kubectl } from "../../support/kubectl.ts";

let kubectl: Kubectl;
beforeEach(() => {
  kubectl = new Kubectl();
});

const failure = (stderr: string) => ({ stdout: "", stderr, status: 1 });

// kubectl pkg/cmd/get/get.go (watch); the clock is held, so that a watch ends when nothing more can happen.
describe("get --watch", () => {
  /** A job whose pod ends five seconds after its start. */
  const job = () => kubectl.ok(["create", "job", "pi", "--image=busybox", "--", "sleep", "5"]);

  it("prints the list, then each change, under one header", async () => {
    await job();
    expect(await kubectl.ok("get jobs -w")).toBe(
      "NAME   STATUS    COMPLETIONS   DURATION   AGE\n" +
        "pi     Running   0/1           1s         1s\n" +
        "pi     Complete   1/1           5s         5s\n",
    );
  });

  it("prints the changes alone with --watch-only", async () => {
    await job();
    expect(await kubectl.ok("get jobs --watch-only")).toBe(
      "NAME   STATUS     COMPLETIONS   DURATION   AGE\npi     Complete   1/1           5s         5s\n",
    );
  });

  it("says what happened with --output-watch-events", async () => {
    await job();
    expect(await kubectl.ok("get jobs pi -w --output-watch-events")).toBe(
      "EVENT      NAME   STATUS    COMPLETIONS   DURATION   AGE\n" +
        "ADDED      pi     Running   0/1           1s         1s\n" +
        "MODIFIED   pi     Complete   1/1           5s         5s\n",
    );
  });

  it("aligns custom columns of all that is there, and prints their header once", async () => {
    await job();
    expect(await kubectl.ok("get jobs -w -o custom-columns=NAME:.metadata.name,DONE:.status.succeeded")).toBe(
      "NAME   DONE\npi     <none>\npi     1\n",
    );
    await kubectl.ok("create job longer-name --image=busybox");
    expect(await kubectl.ok("get jobs -w -o custom-columns=NAME:.metadata.name,KIND:.kind")).toBe(
      "NAME          KIND\nlonger-name   Job\npi            Job\n",
    );
  });

  it("gives templates the object, and with --output-watch-events the event", async () => {
    await job();
    expect(await kubectl.ok(["get", "jobs", "-w", "--output-watch-events", "-o", 'jsonpath={.type}{"\\n"}'])).toBe(
      "ADDED\nMODIFIED\n",
    );
    expect(await kubectl.ok("get jobs -w -o name")).toBe("job.batch/pi\n");
    expect(await kubectl.ok("get jobs -w -o name --output-watch-events")).toBe("job.batch/pi\n");
  });

  it("prints JSON events on a line each, and YAML objects one by one", async () => {
    await kubectl.ok("create configmap a --from-literal=k=v");
    const [line, ...rest] = (await kubectl.ok("get configmap a -w -o json --output-watch-events")).split("\n");
    expect(rest).toEqual([""]);
    expect(line!.slice(0, 73)).toBe('{"type":"ADDED","object":{"apiVersion":"v1","data":{"k":"v"},"kind":"Conf');
    const { object } = JSON.parse(line!);
    expect(Object.keys(object.metadata)).toContain("managedFields");
    expect((await kubectl.ok("get configmaps -w -o yaml")).split("\n").filter((text) => /^\S/.test(text))).toEqual([
      "apiVersion: v1",
      "data:",
      "kind: ConfigMap",
      "metadata:",
      "---",
      "apiVersion: v1",
      "data:",
      "kind: ConfigMap",
      "metadata:",
    ]);
  });

  it("ends after --request-timeout", async () => {
    await job();
    expect(await kubectl.ok("get jobs -w --request-timeout=2s")).toBe(
      "NAME   STATUS    COMPLETIONS   DURATION   AGE\npi     Running   0/1           1s         1s\n",
    );
  });

  // cli-runtime pkg/resource/builder.go and result.go (Watch).
  it.each([
    ["get svc,deploy -w", failure("error: you may only specify a single resource type\n")],
    ["get all -w", failure("error: you may only specify a single resource type\n")],
    ["get svc/a deploy/b -w", failure("error: you may only specify a single resource type\n")],
    ["get pods nothere -w", failure('Error from server (NotFound): pods "nothere" not found\n')],
    ["get pods nothere -w --ignore-not-found", { stdout: "", stderr: "", status: 0 }],
    ["get pods -w", { stdout: "", stderr: "", status: 0 }],
    [
      "get pods --output-watch-events",
      failure("error: --output-watch-events option can only be used with --watch or --watch-only\n"),
    ],
  ])("%s", async (line, ran) => {
    expect(await kubectl.run(line)).toEqual(ran);
  });

  it("prints several named objects and then watches none of them", async () => {
    await kubectl.ok("create configmap a");
    await kubectl.ok("create configmap b");
    expect(await kubectl.run("get configmaps a b -w -o name")).toEqual({
      stdout: "configmap/a\nconfigmap/b\n",
      stderr: "error: you may only watch a single resource or type of resource at a time\n",
      status: 1,
    });
  });
});

// kubectl pkg/cmd/events.
describe("events", () => {
  it.each([
    ["events --for pod/web", { stdout: "", stderr: "No events found in default namespace.\n", status: 0 }],
    ["events -n other", { stdout: "", stderr: "No events found in other namespace.\n", status: 0 }],
    ["events --for pod", failure("error: --for must be in resource/name form\n")],
    ["events --for a/b/c", failure("error: arguments in resource/name form may not have more than one slash\n")],
    ["events --for nothing/a", failure('the server doesn\'t have a resource type "nothing"\n')],
    ["events --types=Normal,Odd", failure("error: valid --types are Normal or Warning\n")],
    ["events -A --types=Warning", { stdout: "", stderr: "No events found.\n", status: 0 }],
    ["events -n other -w", { stdout: "", stderr: "", status: 0 }],
  ])("%s", async (line, ran) => {
    expect(await kubectl.run(line)).toEqual(ran);
  });

  const event = (name: string, time: string, fields: object) =>
    JSON.stringify({
      apiVersion: "v1",
      kind: "Event",
      metadata: { name },
      involvedObject: { apiVersion: "v1", kind: "Pod", name: "web", namespace: "default" },
      firstTimestamp: "2026-11-22T14:00:00Z",
      lastTimestamp: time,
      type: "Normal",
      reason: "Tested",
      message: " told \n",
      ...fields,
    });
  const create = async () => {
    await kubectl.ok("create -f -", event("b", "2026-11-22T14:50:00Z", { type: "Warning", count: 3 }));
    await kubectl.ok(
      "create -f -",
      event("a", "2026-11-22T14:40:00Z", { involvedObject: { kind: "Job", name: "pi" } }),
    );
  };
  const NEW = "10m (x3 over 60m)   Warning   Tested   Pod/web   told\n";

  it("prints a table, the last seen last", async () => {
    await create();
    expect(await kubectl.ok("events --no-headers")).toBe(
      "60m                 Normal    Tested           Job/pi                told\n" +
        "10m (x3 over 60m)   Warning   Tested           Pod/web               told\n" +
        "26s                 Normal    RegisteredNode   Node/docker-desktop   Node docker-desktop event: Registered Node docker-desktop in Controller\n",
    );
    expect(await kubectl.ok("events --for pod/web -A")).toBe(
      `NAMESPACE   LAST SEEN           TYPE      REASON   OBJECT    MESSAGE\ndefault     ${NEW}`,
    );
  });

  it("goes on with --watch, and leaves the other types out", async () => {
    await create();
    expect(await kubectl.ok("events --for pods/web --types=warning,normal -w")).toBe(
      `LAST SEEN           TYPE      REASON   OBJECT    MESSAGE\n${NEW}`,
    );
    expect(await kubectl.ok("events --for pods/web --types=normal -w")).toBe("");
  });

  it("prints data as kubectl's own types write them, and no names of a list", async () => {
    await create();
    const list = await kubectl.ok("events --for po/web -o json");
    expect(list.slice(0, 111)).toBe(
      '{\n    "kind": "EventList",\n    "apiVersion": "v1",\n    "metadata": {},\n    "items": [\n        {\n            "ki',
    );
    expect(JSON.parse(list).items).toHaveLength(1);
    expect(await kubectl.ok("events --for po/web -o name")).toBe("");
    expect(await kubectl.ok("events --for po/web -o name -w")).toBe("event/b\n");
    expect(await kubectl.ok("events --for po/web -o jsonpath={.items[*].reason}")).toBe("Tested");
  });
});

// kubectl pkg/cmd/top, on a cluster without a metrics server.
describe("top", () => {
  it.each([
    ["top node", "error: Metrics API not available\n"],
    ["top pod web", "error: Metrics API not available\n"],
    ["top pods --sort-by=age", "error: --sort-by accepts only cpu or memory\n"],
    ["top node a -l a=b", "error: only one of NAME or --selector can be provided\n"],
    ["top pod a --field-selector=a=b", "error: only one of NAME or selector can be provided\n"],
    ["top pod a b", "error: pod [NAME | -l label]\nSee 'kubectl top pod -h' for help and examples\n"],
  ])("%s", async (line, stderr) => {
    expect(await kubectl.run(line)).toEqual(failure(stderr));
  });
});
