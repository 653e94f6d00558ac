import { expect, test } from "vitest";
import { ATTACHED } from "../../support/attached.ts";
import { Kubectl } from "../../support/kubectl.ts";

// Texts: kubectl pkg/cmd/attach/attach.go (Run), pkg/cmd/exec/exec.go (SetupTTY), pkg/cmd/run/run.go.

const NO_TTY = "Unable to use a TTY - input is not a terminal or the right kind of file\n";

async function web(): Promise<Kubectl> {
  const kubectl = new Kubectl();
  await kubectl.ok("create deployment web --image=bretfisher/httpenv");
  await kubectl.ok("expose deployment/web --port 8888");
  return kubectl;
}

test("run -it --rm runs a program in a pod of its own, with its variables, and takes the pod away", async () => {
  const kubectl = await web();
  const ran = await kubectl.run(
    "run tmp-shell --rm -it --image bretfisher/netshoot -- curl -s -o /dev/null -w %{http_code}\\n web:8888",
  );
  expect(ran).toEqual({
    stdout: '200\npod "tmp-shell" deleted from default namespace\n',
    stderr: NO_TTY + ATTACHED,
    status: 0,
  });
  expect(await kubectl.run("get pod tmp-shell")).toEqual({
    stdout: "",
    stderr: 'Error from server (NotFound): pods "tmp-shell" not found\n',
    status: 1,
  });
});

test("with --restart=Never the exit status is the program's, and the pod that stays has its log", async () => {
  const kubectl = await web();
  const ran = await kubectl.run("run once -i --restart=Never --image=curlimages/curl -- -sS nowhere");
  expect(ran).toEqual({
    stdout: "",
    stderr: `${ATTACHED}curl: (6) Could not resolve host: nowhere\npod default/once terminated (Error)\n`,
    status: 6,
  });
  expect(await kubectl.ok("logs once")).toBe("curl: (6) Could not resolve host: nowhere\n");
  expect(await kubectl.ok(["get", "pod", "once", "-o", "jsonpath={.status.phase}"])).toBe("Failed");
});

test("without -i the program runs when the container starts: its log and its end are there", async () => {
  const kubectl = await web();
  await kubectl.ok("run job --restart=Never --image=busybox -- wget -q -O- http://web:8888/nope");
  expect(await kubectl.ok(["get", "pod", "job", "-o", "jsonpath={.status.phase}"])).toBe("Succeeded");
  expect((JSON.parse(await kubectl.ok("logs job")) as { HOSTNAME: string }).HOSTNAME.startsWith("web-")).toBe(true);
});

test("--attach of a program that has ended shows its log", async () => {
  const kubectl = await web();
  expect(
    await kubectl.run(
      "run a --attach --restart=Never --image=busybox -- nslookup -type=a kubernetes.default.svc.cluster.local.",
    ),
  ).toEqual({
    stdout:
      "Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\nName:\tkubernetes.default.svc.cluster.local\nAddress: 10.96.0.1\n\n",
    stderr: "",
    status: 0,
  });
});

test("a shell that is attached to reads its input as a script", async () => {
  const kubectl = await web();
  const ran = await kubectl.run("run sh --rm -i --restart=Never --image=busybox -- sh", "echo $HOSTNAME\nexit 3\n");
  expect(ran).toEqual({
    stdout: 'sh\npod "sh" deleted from default namespace\n',
    stderr: `${ATTACHED}pod default/sh terminated (Error)\n`,
    status: 3,
  });
});

test("an image that cannot be pulled is waited for as long as --pod-running-timeout says", async () => {
  const kubectl = await web();
  const began = kubectl.now;
  const ran = await kubectl.run(
    "run bad -i --restart=Never --pod-running-timeout=20s --image=gcr.io/google-samples/kubernetes-bootcamp:v10",
  );
  expect(ran).toEqual({ stdout: "", stderr: "error: timed out waiting for the condition\n", status: 1 });
  expect(kubectl.now - began).toBe(21_000);
});
