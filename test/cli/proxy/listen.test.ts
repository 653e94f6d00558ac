import { expect, test } from "vitest";
import { HOME, Kubectl } from "../../support/kubectl.ts";

// What kubectl proxy 1.36.2 printed on a real cluster of that version.
const masked = (text: string) => text.replace(/^W\d{4} [0-9:.]+ +\d+ /gm, "KLOG ");

test("--unix-socket listens on a socket, and on no port", async () => {
  const kubectl = new Kubectl();
  let served: unknown[] = [];
  kubectl.whileServing = async () => {
    served = [...kubectl.served.keys()];
  };
  expect(await kubectl.run("proxy --unix-socket=s --port=8001 --disable-filter")).toEqual({
    stdout: "Starting to serve on s\n",
    stderr: "",
    status: 130,
  });
  expect(served).toEqual([`${HOME}/s`]);
});

test.each([
  ["--unix-socket=s --port=9001", "error: cannot set --unix-socket and --port at the same time\n"],
  ["--unix-socket=nodir/s", "error: listen unix nodir/s: bind: no such file or directory\n"],
])("proxy %s", async (flags, stderr) => {
  expect(await new Kubectl().run(`proxy ${flags}`)).toEqual({ stdout: "", stderr, status: 1 });
});

test("--keepalive has no connection to care for, --disable-filter and a server's path are warned of", async () => {
  const kubectl = new Kubectl();
  const stdout = "Starting to serve on 127.0.0.1:8001\n";
  const run = async (flags: string) => {
    const ran = await kubectl.run(`proxy ${flags}`);
    return { ...ran, stderr: masked(ran.stderr) };
  };
  expect(await run("--keepalive=5s --append-server-path")).toEqual({ stdout, stderr: "", status: 130 });
  expect(await run("--disable-filter")).toEqual({
    stdout,
    stderr:
      "KLOG proxy.go:177] Request filter disabled, your proxy is vulnerable to XSRF attacks, please be cautious\n",
    status: 130,
  });
  const server = "--server=https://127.0.0.1:6443/below";
  expect(await run(server)).toEqual({
    stdout,
    stderr:
      "KLOG proxy.go:172] Your kube context contains a server path /below, use --append-server-path to automatically append the path to each request\n",
    status: 130,
  });
  expect(await run(`${server} --append-server-path`)).toEqual({ stdout, stderr: "", status: 130 });
});
