import { expect, test } from "vitest";
import { HOME, Kubectl } from "../../support/kubectl.ts";

// kubectl pkg/cmd/cp/cp.go; GNU tar 1.34 in the Debian image, BusyBox 1.36 in the other.
async function pods(): Promise<Kubectl> {
  const kubectl = new Kubectl({ files: { "a.txt": "one\n", "dir/b.txt": "two\n", "dir/sub/c.txt": "three\n" } });
  kubectl.files.mkdir(`${HOME}/dir/empty`);
  await kubectl.run("run web --image=nginx");
  await kubectl.run("run box --image=busybox --command -- sleep infinity");
  await kubectl.run("run bare --image=traefik/whoami");
  await kubectl.run("wait --for=condition=Ready pod --all");
  return kubectl;
}
const quiet = { stdout: "", stderr: "", status: 0 };

test("a file into a pod, under its own name and another, and back", async () => {
  const kubectl = await pods();
  expect(await kubectl.run("cp a.txt web:/tmp")).toEqual(quiet);
  expect(await kubectl.run("cp a.txt default/web:/usr/share/nginx/html/index.html")).toEqual(quiet);
  expect((await kubectl.run("exec web -- cat /tmp/a.txt")).stdout).toBe("one\n");
  expect((await kubectl.run("exec web -- curl -s localhost")).stdout).toBe("one\n");
  expect(await kubectl.run("cp web:/tmp/a.txt back.txt")).toEqual({
    ...quiet,
    stdout: "tar: Removing leading `/' from member names\n",
  });
  expect(kubectl.read("back.txt")).toBe("one\n");
  expect(await kubectl.run("cp web:tmp/a.txt again.txt")).toEqual(quiet);
  expect(kubectl.read("again.txt")).toBe("one\n");
});

test("a folder with all that is in it, there and back", async () => {
  const kubectl = await pods();
  expect(await kubectl.run("cp dir box:/tmp/")).toEqual(quiet);
  expect(
    (await kubectl.run(["exec", "box", "--", "sh", "-c", "cat /tmp/dir/b.txt /tmp/dir/sub/c.txt; ls /tmp/dir"])).stdout,
  ).toBe("two\nthree\nb.txt\nempty\nsub\n");
  expect(await kubectl.run("cp box:/tmp/dir/ out/here")).toEqual({
    ...quiet,
    stdout: "tar: removing leading '/' from member names\n",
  });
  expect([kubectl.read("out/here/b.txt"), kubectl.read("out/here/sub/c.txt")]).toEqual(["two\n", "three\n"]);
  expect(kubectl.files.isDirectory(`${HOME}/out/here/empty`)).toBe(true);
});

test.each([
  ["cp a.txt", "error: source and destination are required\n"],
  ["cp a.txt b.txt", "error: one of src or dest must be a remote file specification\n"],
  ["cp web:/a box:/b", "error: one of src or dest must be a local file specification\n"],
  ["cp :/a b", "error: filespec must match the canonical format: [[namespace/]pod:]file/path\n"],
  ["cp a/b/c:/a b", "error: filespec must match the canonical format: [[namespace/]pod:]file/path\n"],
  ["cp web: b", "error: filepath can not be empty\n"],
  ["cp nothing.txt web:/tmp", "error: nothing.txt doesn't exist in local filesystem\n"],
  ["cp a.txt nopod:/tmp", 'Error from server (NotFound): pods "nopod" not found\n'],
  ["cp nopod:/tmp/a a.txt", 'Error from server (NotFound): pods "nopod" not found\n'],
  ["cp a.txt web:/tmp -c other", "error: container other is not valid for pod web out of: web\n"],
  ["cp web:/etc/hosts dir", "tar: Removing leading `/' from member names\nerror: open dir: is a directory\n"],
  ["cp --retries=2 web:/etc/hosts hosts", "error: kubemu does not simulate kubectl cp --retries\n"],
])("kubectl %s", async (command, said) => {
  const kubectl = await pods();
  const { stdout, stderr, status } = await kubectl.run(command);
  expect([stdout + stderr, status]).toEqual([said, 1]);
});

test.each([
  [
    "cp web:/nothing x",
    "tar: Removing leading `/' from member names\ntar: /nothing: Cannot stat: No such file or directory\ntar: Exiting with failure status due to previous errors\n",
    "command terminated with exit code 2\n",
    2,
  ],
  [
    "cp box:/nothing x",
    "tar: /nothing: No such file or directory\ntar: error exit delayed from previous errors\n",
    "command terminated with exit code 1\n",
    1,
  ],
  [
    "cp a.txt web:/no/where",
    "",
    "tar: /no: Cannot open: No such file or directory\ntar: Error is not recoverable: exiting now\ncommand terminated with exit code 2\n",
    2,
  ],
  [
    "cp a.txt box:/no/where",
    "",
    "tar: can't change directory to '/no': No such file or directory\ncommand terminated with exit code 1\n",
    1,
  ],
  [
    "cp a.txt bare:/tmp",
    'OCI runtime exec failed: exec failed: unable to start container process: exec: "tar": executable file not found in $PATH: unknown\r\n',
    "command terminated with exit code 127\n",
    127,
  ],
])("kubectl %s: tar's own words", async (command, stdout, stderr, status) => {
  const kubectl = await pods();
  expect(await kubectl.run(command)).toEqual({ stdout, stderr, status });
});

test("what is mounted for reading alone is not written", async () => {
  const kubectl = new Kubectl({ files: { "a.txt": "one\n" } });
  await kubectl.run("create configmap settings --from-literal=a=b");
  const pod = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "web" },
    spec: {
      containers: [
        { name: "c", image: "nginx", volumeMounts: [{ name: "v", mountPath: "/settings" }] },
        { name: "d", image: "busybox", command: ["sleep", "infinity"] },
      ],
      volumes: [{ name: "v", configMap: { name: "settings" } }],
    },
  };
  kubectl.write("pod.json", JSON.stringify(pod));
  await kubectl.run("apply -f pod.json");
  await kubectl.run("wait --for=condition=Ready pod/web");
  expect(await kubectl.run("cp a.txt web:/settings")).toEqual({
    stdout: "",
    stderr:
      'Defaulted container "c" out of: c, d\ntar: a.txt: Cannot open: Read-only file system\ntar: Exiting with failure status due to previous errors\ncommand terminated with exit code 2\n',
    status: 2,
  });
  expect((await kubectl.run("cp web:/settings/a a.out")).stdout).toBe(
    'Defaulted container "c" out of: c, d\ntar: Removing leading `/\' from member names\n',
  );
  expect(kubectl.read("a.out")).toBe("b");
});

// GNU tar takes `../` off the names as it takes the root off.
test("a name that leads out of the folder is taken below it", async () => {
  const kubectl = await pods();
  expect(await kubectl.run("cp web:../../etc/hostname name")).toEqual({
    ...quiet,
    stdout: "tar: Removing leading `../../' from member names\n",
  });
  expect(kubectl.read("name")).toBe("web\n");
});
