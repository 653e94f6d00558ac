import { expect, test } from "vitest";
import { Kubectl } from "../../support/kubectl.ts";

/** What follows `__completeNoDesc`, and what kubectl 1.36.2 printed for it on a cluster with these objects. */
const ASKED: [argv: string[], words: string[], directive: number][] = [
  [["ge"], ["get"], 4],
  [["cur"], [], 4],
  [["create", "s"], ["secret", "service", "serviceaccount"], 4],
  [["rollout", ""], ["history", "pause", "restart", "resume", "status", "undo"], 4],
  [["get", "pods,serv"], ["pods,serviceaccounts", "pods,services", "pods,servicecidrs.networking.k8s.io"], 4],
  [["get", "svc", "k"], ["kubernetes"], 4],
  [["get", "svc", "kubernetes", ""], [], 4],
  [["get", "svc/"], ["svc/kubernetes"], 4],
  [["-n", "kube-system", "get", "svc", ""], ["kube-dns"], 4],
  [["get", "-n", "kube-p"], ["kube-public"], 4],
  [["get", "--output=w"], ["wide"], 4],
  [["get", "--sh"], ["--show-kind", "--show-labels", "--show-managed-fields"], 4],
  [["get", "foo", ""], [], 4],
  [["foo", ""], [], 0],
  [["apply", "-f", ""], ["json", "yaml", "yml"], 8],
  [["scale", ""], ["--replicas", "deployment", "replicaset", "replicationcontroller", "statefulset"], 4],
  [["scale", "--replicas=3", "deploy"], ["deployment"], 4],
  [["create", "deployment", "--"], ["--image"], 4],
  [["rollout", "restart", "deploy/x", ""], ["deployment/", "daemonset/", "statefulset/"], 6],
  [["port-forward", "svc/kubernetes", "80:"], ["80:443"], 4],
  [["config", "use-context", ""], ["docker-desktop"], 4],
  [["patch", "--subresource", ""], ["status", "scale", "resize"], 4],
  [["get", "--help", ""], [], 4],
  [["wait", ""], [], 0],
  [["help", "create", "s"], ["secret", "service", "serviceaccount"], 4],
];

test.each(ASKED)("%j", async (argv, words, directive) => {
  const { stdout, status } = await new Kubectl().run(["__completeNoDesc", ...argv]);
  expect(stdout).toBe(`${words.map((word) => `${word}\n`).join("")}:${directive}\n`);
  expect(status).toBe(0);
});

test.each([
  [["cp", ""], ["default/", "kube-node-lease/", "kube-public/", "kube-system/", "web:", "./", "/"], 2],
  [["cp", "we"], ["web:", "west.txt", "wexford/"], 2],
  [["cp", "d"], ["default/"], 2],
  [["cp", "default/w"], ["default/web:"], 2],
  [["cp", "default/"], ["default/web:"], 2],
  [["cp", "zz"], [], 2],
  [["cp", "./"], [], 2],
  [["cp", "web:/"], [], 2],
  [["cp", "web:/etc/hosts", ""], [], 2],
])("%j: pods, namespaces and what lies here", async (argv, words, directive) => {
  const kubectl = new Kubectl({ files: { "west.txt": "", "wexford/a": "" } });
  kubectl.files.mkdir("/home/user/wexford");
  await kubectl.ok("run web --image=nginx");
  const { stdout } = await kubectl.run(["__completeNoDesc", ...argv]);
  expect(stdout).toBe(`${words.map((word) => `${word}\n`).join("")}:${directive}\n`);
});

test.each([
  [["snapshot", "restore", ""], ["before", "later"], 4],
  [["snapshot", "diff", "l"], ["later"], 4],
  [["snapshot", "restore", "before", ""], [], 4],
  [["outside", "remove", ""], ["a.example", "db.example.com"], 4],
  [["image", "remove", ""], ["shop"], 4],
  [["doctor", "svc/k"], ["svc/kubernetes"], 4],
  [["doctor", "svc/kubernetes", ""], [], 4],
  [["doctor", "-n", "kube-system", ""], ["svc/kube-dns"], 4],
  [["minikube", "service", ""], ["kubernetes"], 4],
  [["settings", ""], ["list", "set"], 4],
  [["settings", "set", "pod-s"], ["pod-start=", "pod-stop="], 6],
  [["reset", "--profile="], ["docker-desktop", "bare", "kind", "linux", "cloud"], 4],
  [["trace", "http://x", "--from", ""], ["host", "node/docker-desktop", "pod/web"], 4],
  [["trace", "http://x", "-o", "m"], ["mermaid"], 4],
  [["dns", "-o", ""], ["table", "zone", "json"], 4],
])("%j: kubemu's own", async (argv, words, directive) => {
  const kubectl = new Kubectl({ env: { KUBEMU_COMPLETE_OWN: "1" } });
  await kubectl.ok("run web --image=nginx");
  for (const name of ["before", "later"]) await kubectl.ok(`snapshot save ${name}`);
  await kubectl.ok("outside add a.example 192.0.2.1");
  await kubectl.ok("image add shop --port 80 --http x");
  const { stdout } = await kubectl.run(["__completeNoDesc", ...argv]);
  expect(stdout).toBe(`${words.map((word) => `${word}\n`).join("")}:${directive}\n`);
});

test("kubemu's own commands are offered when the word is kubemu", async () => {
  const kubectl = new Kubectl({ env: { KUBEMU_COMPLETE_OWN: "1" } });
  expect((await kubectl.run("__completeNoDesc cur")).stdout).toBe("curl\n:4\n");
});

// Models cobra's CompErrorln and the last line of initCompleteCmd.
test("a flag that is none is told of on stderr", async () => {
  expect(await new Kubectl().run(["__complete", "get", "--foo=x", ""])).toEqual({
    stdout: ":0\n",
    stderr:
      "[Debug] [Error] Error while parsing flags from args [--foo=x]: unknown flag: --foo\nCompletion ended with directive: ShellCompDirectiveDefault\n",
    status: 0,
  });
});

test.each([
  ["completion", "error: Shell not specified.\nSee 'kubectl completion -h' for help and examples\n"],
  ["completion foo", "error: Unsupported shell type \"foo\".\nSee 'kubectl completion -h' for help and examples\n"],
  ["completion powershell", "error: kubemu does not simulate completion for PowerShell\n"],
])("%s", async (line, stderr) => {
  expect(await new Kubectl().run(line)).toEqual({ stdout: "", stderr, status: 1 });
});
