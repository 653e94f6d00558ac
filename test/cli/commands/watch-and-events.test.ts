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
