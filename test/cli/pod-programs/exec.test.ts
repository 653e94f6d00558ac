import { beforeAll, describe, expect, test } from "vitest";
import { Kubectl } from "../../support/kubectl.ts";

const POD = `
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {color: blue, size: "7"}
---
apiVersion: v1
kind: Pod
metadata: {name: two, labels: {app: two}}
spec:
  initContainers:
  - {name: setup, image: busybox, command: ["true"]}
  containers:
  - name: web
    image: nginx:1.29.4
    volumeMounts: [{name: config, mountPath: /config}, {name: scratch, mountPath: /scratch}]
  - name: side
    image: busybox
    command: ["sleep", "infinity"]
    volumeMounts: [{name: scratch, mountPath: /in}]
  volumes:
  - {name: config, configMap: {name: settings}}
  - {name: scratch, emptyDir: {}}
`;

const kubectl = new Kubectl({ files: { "pod.yaml": POD } });
beforeAll(async () => {
  await kubectl.ok("apply -f pod.yaml");
});

const DEFAULTED = 'Defaulted container "web" out of: web, side, setup (init)\n';

// Texts: kubectl pkg/cmd/exec/exec.go, pkg/cmd/util/podcmd, client-go tools/remotecommand/v4.go.
describe("exec", () => {
  test("the first container, of which it tells", async () => {
    expect(await kubectl.run("exec two -- cat /config/color /etc/hostname")).toEqual({
      stdout: "bluetwo\n",
      stderr: DEFAULTED,
      status: 0,
    });
  });
  test("-c names another, -q says nothing", async () => {
    expect(await kubectl.ok("exec two -c side -- hostname")).toBe("two\n");
    expect(await kubectl.ok("exec two -q -- hostname")).toBe("two\n");
  });
  test("a container that is not there", async () => {
    expect(await kubectl.run("exec two -c nope -- hostname")).toEqual({
      stdout: "",
      stderr: "error: container nope is not valid for pod two out of: web, side, setup (init)\n",
      status: 1,
    });
  });
  test("an init container that has ended", async () => {
    expect(await kubectl.run("exec two -c setup -- hostname")).toEqual({
      stdout: "",
      stderr: 'error: unable to upgrade connection: container not found ("setup")\n',
      status: 1,
    });
  });
  test("the exit status of the program", async () => {
    expect(await kubectl.run("exec two -c side -- cat /nope")).toEqual({
      stdout: "",
      stderr: "cat: can't open '/nope': No such file or directory\ncommand terminated with exit code 1\n",
      status: 1,
    });
  });
  test("a program that the image does not have (docker's words on docker-desktop)", async () => {
    expect(await kubectl.run("exec two -c side -- curl web")).toEqual({
      stdout:
        'OCI runtime exec failed: exec failed: unable to start container process: exec: "curl": executable file not found in $PATH: unknown\r\n',
      stderr: "command terminated with exit code 127\n",
      status: 127,
    });
  });
  test("a container without a shell", async () => {
    expect(await kubectl.run("exec -n kube-system deploy/coredns -- sh")).toEqual({
      stdout:
        'OCI runtime exec failed: exec failed: unable to start container process: exec: "sh": executable file not found in $PATH: unknown\r\n',
      stderr: "command terminated with exit code 127\n",
      status: 127,
    });
  });
  test("without --", async () => {
    expect(await kubectl.run("exec two hostname")).toEqual({
      stdout: "",
      stderr:
        "error: exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead\nSee 'kubectl exec -h' for help and examples\n",
      status: 1,
    });
  });
  test("without a command, without a pod", async () => {
    expect((await kubectl.run("exec two")).stderr).toBe(
      "error: you must specify at least one command for the container\n",
    );
    expect((await kubectl.run("exec -- hostname")).stderr).toBe(
      "error: pod, type/name or --filename must be specified\n",
    );
    expect((await kubectl.run("exec nope -- hostname")).stderr).toBe(
      'Error from server (NotFound): pods "nope" not found\n',
    );
  });
  test("a Service without a selector has no pod", async () => {
    expect((await kubectl.run("exec svc/kubernetes -- hostname")).stderr).toBe(
      "error: cannot attach to *v1.Service: invalid service 'kubernetes': Service is defined without a selector\n",
    );
  });
  test("what is in the image and not simulated is refused by name", async () => {
    expect(await kubectl.run("exec two -c side -- ps")).toEqual({
      stdout: "",
      stderr: "error: kubemu does not simulate the program ps\n",
      status: 1,
    });
  });
});

describe("shells", () => {
  const sh = (container: string, script: string) =>
    kubectl.run(["exec", "two", "-c", container, "--", "sh", "-c", script]);

  test("pipes, loops, variables, our programs", async () => {
    expect(
      await sh("web", 'for i in 1 2; do X=$i; curl -s localhost | grep -c nginx; done; echo "$X $HOSTNAME"'),
    ).toEqual({
      stdout: "6\n6\n2 two\n",
      stderr: "",
      status: 0,
    });
  });
  test("what is written to nginx's folder is what it answers, as long as the container lives", async () => {
    await sh(
      "web",
      "echo hi > /usr/share/nginx/html/index.html; mkdir /usr/share/nginx/html/a; echo x > /usr/share/nginx/html/a/b.txt",
    );
    expect(await kubectl.ok("exec two -c web -- curl -s localhost")).toBe("hi\n");
    expect(await kubectl.ok(["exec", "two", "-c", "side", "--", "wget", "-q", "-O-", "http://localhost/a/b.txt"])).toBe(
      "x\n",
    );
    await sh("web", "rm /usr/share/nginx/html/index.html");
    expect((await kubectl.run("exec two -c web -- curl -s -o /dev/null -w %{http_code} localhost")).stdout).toBe("404");
  });
  test("an emptyDir belongs to the pod, a ConfigMap cannot be written to", async () => {
    await sh("web", "echo shared > /scratch/file");
    expect((await sh("side", "cat /in/file; ls /in")).stdout).toBe("shared\nfile\n");
    expect(await sh("web", "echo x > /config/color")).toEqual({
      stdout: "",
      stderr: "sh: 1: cannot create /config/color: Read-only file system\ncommand terminated with exit code 1\n",
      status: 1,
    });
  });
  test("each shell has its own words (dash, BusyBox, bash)", async () => {
    expect((await sh("web", "foo")).stderr).toBe("sh: 1: foo: not found\ncommand terminated with exit code 127\n");
    expect((await sh("side", "foo")).stderr).toBe("sh: foo: not found\ncommand terminated with exit code 127\n");
  });
  test("a file that is written in one pod is not there in the next of that name", async () => {
    await kubectl.ok("delete pod two --now");
    await kubectl.ok("apply -f pod.yaml");
    expect((await kubectl.run("exec two -c web -- curl -s -o /dev/null -w %{http_code} localhost")).stdout).toBe("200");
  });
});

// containerd internal/cri: exec with a terminal appends TERM, a container with one has it from its start.
test("a terminal brings TERM", async () => {
  const kubectl = new Kubectl();
  await kubectl.ok("run web --image=nginx");
  const names = (text: string) => [...text.matchAll(/^([A-Z]+)=/gm)].map(([, name]) => name);
  expect(names((await kubectl.run("exec -ti web -- env", "", [])).stdout)).toEqual([
    "PATH",
    "HOSTNAME",
    "TERM",
    "HOME",
  ]);
  expect(names((await kubectl.run("exec web -- env")).stdout)).toEqual(["PATH", "HOSTNAME", "HOME"]);
  await kubectl.ok([
    "run",
    "tty",
    "--image=nginx",
    '--overrides={"spec":{"containers":[{"name":"tty","image":"nginx","tty":true}]}}',
  ]);
  expect(names((await kubectl.run("exec tty -- env")).stdout)).toEqual(["PATH", "TERM", "HOSTNAME", "HOME"]);
});

// POSIX: exit ends the shell wherever it stands in a line, but not from within a subshell.
test.each([
  ["exit 3", 3],
  ["false; exit", 1],
  ["true && exit 4", 4],
  ["false || exit 5; echo unseen", 5],
  ["if true; then exit 6; fi", 6],
])("a shell at a terminal ends with '%s'", async (line, status) => {
  const ran = await kubectl.run("exec -it two -c side -- sh", "", [line, "echo unseen"]);
  expect(ran).toEqual({
    stdout: `/ # ${line}\n`,
    stderr: `command terminated with exit code ${status}\n`,
    status,
  });
});

test.each(["(exit 3)", "false && exit 3", "echo exit >/dev/null", "x=exit; echo $KUBEMU_WENT_ON | tr -d '\\n'"])(
  "a shell at a terminal goes on after '%s'",
  async (line) => {
    const ran = await kubectl.run("exec -it two -c side -- sh", "", [line, "echo seen", "exit 0"]);
    expect(ran).toEqual({ stdout: `/ # ${line}\n/ # echo seen\nseen\n/ # exit 0\n`, stderr: "", status: 0 });
  },
);
