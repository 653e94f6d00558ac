import { expect, it } from "vitest";
import { Kubectl } from "./support/kubectl.ts";

// Scripts as the documentation of Kubernetes has them (init containers, logging, shared volumes, Jobs): what they wait for, ask and write
// is the cluster's.

const pod = (name: string, fields: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, labels: {app: ${name}}}\nspec:\n${fields}`;
const PHASE = "get pod p --no-headers -o custom-columns=:.status.phase";

const WAITING = pod(
  "p",
  `  containers:
  - name: app
    image: busybox:1.28
    command: ['sh', '-c', 'echo The app is running! && sleep 3600']
  initContainers:
  - name: init-myservice
    image: busybox:1.28
    command: ['sh', '-c', "until nslookup myservice.$(cat /var/run/secrets/kubernetes.io/serviceaccount/namespace).svc.cluster.local; do echo waiting for myservice; sleep 2; done"]
`,
);
const NOT_YET = `Server:    10.96.0.10
Address 1: 10.96.0.10 kube-dns.kube-system.svc.cluster.local

nslookup: can't resolve 'myservice.default.svc.cluster.local'
waiting for myservice
`;

it("an init container waits for a Service, as long as it takes", async () => {
  const kubectl = new Kubectl({ files: { "p.yaml": WAITING } });
  await kubectl.ok("apply -f p.yaml");
  expect(await kubectl.ok("get pod p --no-headers")).toBe("p     0/1   Init:0/1   0     1s\n");
  kubectl.now += 3_000;
  expect(await kubectl.ok("logs p -c init-myservice")).toBe(NOT_YET.repeat(3));
  kubectl.now += 3_600_000;
  expect(await kubectl.ok("get pod p --no-headers")).toBe("p     0/1   Init:0/1   0     60m\n");
  // A log keeps the newest thousand lines.
  expect(await kubectl.ok("logs p -c init-myservice")).toBe(NOT_YET.repeat(200));
  await kubectl.ok("create service clusterip myservice --tcp=80");
  kubectl.now += 1_000;
  expect(await kubectl.ok("get pod p --no-headers")).toBe("p     1/1   Running   0     60m\n");
  const address = (await kubectl.ok("get svc myservice -o jsonpath={.spec.clusterIP}")).trim();
  expect((await kubectl.ok("logs p -c init-myservice")).split("\n").slice(-3)).toEqual([
    "Name:      myservice.default.svc.cluster.local",
    `Address 1: ${address} myservice.default.svc.cluster.local`,
    "",
  ]);
  expect(await kubectl.ok("logs p -c app")).toBe("The app is running!\n");
});

it("the loop ends at its next turn, whenever somebody looks", async () => {
  const looked = new Kubectl({ files: { "p.yaml": WAITING } });
  const unseen = new Kubectl({ files: { "p.yaml": WAITING } });
  for (const kubectl of [looked, unseen]) {
    await kubectl.ok("apply -f p.yaml");
    const began = kubectl.now;
    for (let i = 0; i < 6; i++) if (kubectl === looked) await kubectl.ok(`label pod p --overwrite turn=${i}`);
    kubectl.now = began + 6_000;
    await kubectl.ok("create service clusterip myservice --tcp=80");
    kubectl.now += 60_000;
  }
  const finished = "get pod p -o jsonpath={.status.initContainerStatuses[0].state.terminated.finishedAt}";
  const started = Date.parse(await looked.ok("get pod p -o jsonpath={.status.startTime}"));
  expect(Date.parse(await looked.ok(finished)) - started).toBe(8_000);
  expect(await unseen.ok(finished)).toBe(await looked.ok(finished));
  expect(await unseen.ok("logs p -c init-myservice")).toBe(await looked.ok("logs p -c init-myservice"));
});

it("a counter's log grows with the time", async () => {
  const counter = `i=0; while true; do echo "$i: $(date)"; i=$((i+1)); sleep 1; done`;
  const kubectl = new Kubectl();
  await kubectl.ok(["run", "counter", "--image=busybox:1.28", "--", "/bin/sh", "-c", counter]);
  const began = Date.parse(
    await kubectl.ok("get pod counter -o jsonpath={.status.containerStatuses[0].state.running.startedAt}"),
  );
  kubectl.now = began + 2_500;
  const time = (seconds: number) => new Date(began + seconds * 1000);
  const words = (date: Date) =>
    `${date.toUTCString().slice(0, 3)} ${date.toUTCString().slice(8, 11)} ${String(date.getUTCDate()).padStart(2)} ${date.toISOString().slice(11, 19)} UTC ${date.getUTCFullYear()}`;
  expect(await kubectl.ok("logs counter")).toBe([0, 1, 2].map((i) => `${i}: ${words(time(i))}\n`).join(""));
  expect(await kubectl.ok("logs counter --tail=1 --timestamps")).toBe(
    `${time(3).toISOString().replace("Z", "000000Z")} 3: ${words(time(3))}\n`,
  );
});

it("a page that a container writes is served: by the server behind it, and by another on the same volume", async () => {
  const shared = pod(
    "two",
    `  restartPolicy: Never
  volumes: [{name: shared-data, emptyDir: {}}]
  containers:
  - {name: web, image: nginx, volumeMounts: [{name: shared-data, mountPath: /usr/share/nginx/html}]}
  - name: writer
    image: debian
    volumeMounts: [{name: shared-data, mountPath: /pod-data}]
    command: ["/bin/sh"]
    args: ["-c", "echo Hello from the debian container > /pod-data/index.html"]
`,
  );
  const kubectl = new Kubectl({ files: { "two.yaml": shared } });
  await kubectl.ok("apply -f two.yaml");
  expect(await kubectl.ok("get pod two --no-headers")).toBe("two   1/2   NotReady   0     1s\n");
  expect(await kubectl.ok("exec two -c web -- curl -s localhost")).toBe("Hello from the debian container\n");
  const page = `echo "I am $(hostname)" > /usr/share/nginx/html/index.html && nginx -g 'daemon off;'`;
  await kubectl.ok([
    "create",
    "deployment",
    "who",
    "--image=nginx",
    "--replicas=2",
    "--port=80",
    "--",
    "sh",
    "-c",
    page,
  ]);
  await kubectl.ok("expose deployment who");
  const pods = (await kubectl.ok("get pods -l app=who -o name")).trim().split("\n");
  const answers = [];
  for (let i = 0; i < 8; i++) answers.push(await kubectl.ok("exec two -c web -- curl -s who"));
  expect([...new Set(answers)].sort()).toEqual(pods.map((name) => `I am ${name.slice("pod/".length)}\n`).sort());
});

it("a Job asks a Service and ends as what it is answered says", async () => {
  const kubectl = new Kubectl();
  await kubectl.ok("create deployment web --image=nginx --port=80");
  await kubectl.ok("expose deployment web");
  const ask = (path: string) =>
    `curl -sf web/${path} | grep -c Welcome && echo found || { echo "no ${path}"; exit 3; }`;
  for (const [name, path] of [
    ["good", ""],
    ["bad", "missing"],
  ] as const)
    await kubectl.ok(["create", "job", name, "--image=curlimages/curl", "--", "sh", "-c", ask(path)]);
  expect(await kubectl.ok("logs job/good")).toBe("2\nfound\n");
  expect(await kubectl.ok("get job good -o jsonpath={.status.succeeded}")).toBe("1");
  const exits = "jsonpath={.items[*].status.containerStatuses[*].state.terminated.exitCode}";
  expect(await kubectl.ok(["get", "pods", "-l", "job-name=bad", "-o", exits])).toMatch(/^3/);
});

it("what is printed stands in the log at its time, and a script that fails is started again", async () => {
  const kubectl = new Kubectl();
  const began = kubectl.now;
  const script = "echo one; sleep 4; echo two >&2; nosuch; exit 7";
  for (const [name, policy] of [
    ["once", "Never"],
    ["again", "Always"],
  ] as const)
    await kubectl.ok(["run", name, "--image=busybox", `--restart=${policy}`, "--", "sh", "-c", script]);
  expect(await kubectl.ok("logs once")).toBe("one\n");
  kubectl.now += 4_000;
  expect(await kubectl.ok("logs once")).toBe("one\ntwo\nsh: nosuch: not found\n");
  kubectl.now = began + 7_000;
  const last = "get pod again -o jsonpath={.status.containerStatuses[0].lastState.terminated.exitCode}";
  expect(await kubectl.ok(last)).toBe("7");
  expect(await kubectl.ok("logs again")).toBe("one\n");
  expect(await kubectl.ok("logs again --previous")).toBe("one\ntwo\nsh: nosuch: not found\n");
});

it("a script that is not followed runs on, or has done its work where others wait for its end", async () => {
  const kubectl = new Kubectl({
    files: {
      "p.yaml": pod(
        "p",
        "  containers: [{name: c, image: nginx}]\n  initContainers: [{name: i, image: busybox, command: [sh, -c, 'f() { echo hi; }; f']}]\n",
      ),
    },
  });
  await kubectl.ok("apply -f p.yaml");
  expect(await kubectl.ok(PHASE)).toBe("Running\n");
  await kubectl.ok(["create", "deployment", "q", "--image=busybox", "--", "sh", "-c", "f() { echo hi; }; f"]);
  kubectl.now += 60_000;
  expect(await kubectl.ok("get pods -l app=q -o jsonpath={.items[0].status.phase}")).toBe("Running");
  expect(await kubectl.ok("logs deploy/q")).toBe("");
});

it("what the script of an unknown image calls is a program that is known here, or a server of its own", async () => {
  const script = "until curl -sf http://config/; do sleep 3; done; python app.py --port 8080";
  const kubectl = new Kubectl();
  await kubectl.ok([
    "create",
    "deployment",
    "shop",
    "--image=example.com/shop",
    "--port=8080",
    "--",
    "sh",
    "-c",
    script,
  ]);
  await kubectl.ok("expose deployment shop --port=80 --target-port=8080");
  await kubectl.ok("run t --image=curlimages/curl -- sleep infinity");
  expect((await kubectl.run("exec t -- curl -s shop")).status).toBe(7);
  await kubectl.ok("create deployment config --image=nginx --port=80");
  await kubectl.ok("expose deployment config");
  kubectl.now += 3_000;
  expect(await kubectl.ok("exec t -- curl -s shop")).toMatch(/^shop-[a-z0-9]+-[a-z0-9]+\n$/);
  expect(await kubectl.ok("logs deploy/shop")).toContain("<title>Welcome to nginx!</title>");
});

it("after a long gap a loop that comes to an end has ended, and one whose turns differ goes on", async () => {
  const kubectl = new Kubectl();
  await kubectl.ok("create deployment web --image=nginx --port=80 --replicas=3");
  await kubectl.ok("expose deployment web");
  const ask = "wget -qO- web >/dev/null && echo $i";
  const scripts = {
    three: `for i in 1 2 3; do ${ask}; sleep 1; done; sleep 100; wget -qO- web >/dev/null; echo done`,
    count: `i=0; while [ $i -lt 3 ]; do ${ask}; i=$((i+1)); sleep 1; done; sleep 100; echo done; exit 4`,
    ever: `i=0; while true; do ${ask}; i=$((i+1)); sleep 10; done`,
  };
  for (const [name, script] of Object.entries(scripts))
    await kubectl.ok(["run", name, "--image=busybox", "--restart=Never", "--", "sh", "-c", script]);
  kubectl.now += 7 * 86_400_000;
  expect(await kubectl.ok("logs three")).toBe("1\n2\n3\ndone\n");
  expect(await kubectl.ok("logs count")).toBe("0\n1\n2\ndone\n");
  const phases =
    "custom-columns=:.metadata.name,:.status.phase,:.status.containerStatuses[0].state.terminated.exitCode";
  expect(await kubectl.ok(["get", "pods", "three", "count", "ever", "--no-headers", "-o", phases])).toBe(
    "three   Succeeded   0\ncount   Failed      4\never    Running     <none>\n",
  );
});

it("what a script writes decides its probes: endpoints come and go with it, and who is no longer alive is started again", async () => {
  const script = "sleep 20; touch /tmp/ready; sleep 20; rm /tmp/ready; sleep 3600";
  const container = (probe: string) => `  containers:
  - name: c
    image: busybox
    command: [sh, -c, '${script}']
    ${probe}: {exec: {command: [cat, /tmp/ready]}, periodSeconds: 5, initialDelaySeconds: 30}
    readinessProbe: {exec: {command: [cat, /tmp/ready]}, periodSeconds: 1}
`;
  const kubectl = new Kubectl({ files: { "p.yaml": pod("p", container("livenessProbe")) } });
  await kubectl.ok("apply -f p.yaml");
  const began = Date.parse(await kubectl.ok("get pod p -o jsonpath={.status.startTime}"));
  await kubectl.ok("expose pod p --port=80");
  const addresses: string[] = [];
  for (const seconds of [10, 19, 21, 39, 41]) {
    kubectl.now = began + seconds * 1000;
    addresses.push(
      await kubectl.ok(
        "get endpointslices -l kubernetes.io/service-name=p -o jsonpath={.items[*].endpoints[*].conditions.ready}",
      ),
    );
  }
  expect(addresses).toEqual(["false", "false", "true", "true", "false"]);
  // Three probes fail, at 40, 45 and 50; a shell does not listen to SIGTERM for the grace period of 30 seconds.
  kubectl.now = began + 82_000;
  const { exitCode, finishedAt } = JSON.parse(
    await kubectl.ok("get pod p -o jsonpath={.status.containerStatuses[0].lastState.terminated}"),
  );
  expect(exitCode).toBe(137);
  expect(Date.parse(finishedAt) - began).toBe(80_000);
});

it("a postStart hook writes the page; a container whose hook fails is stopped", async () => {
  const hooked = (name: string, script: string) =>
    pod(
      name,
      `  containers: [{name: web, image: nginx, lifecycle: {postStart: {exec: {command: [/bin/sh, -c, '${script}']}}}}]\n`,
    );
  const files = {
    "good.yaml": hooked("good", "echo Hi from $(hostname) > /usr/share/nginx/html/index.html"),
    "bad.yaml": hooked("bad", "exit 1"),
  };
  const kubectl = new Kubectl({ files });
  await kubectl.ok("apply -f good.yaml -f bad.yaml");
  expect(await kubectl.ok("exec good -- curl -s localhost")).toBe("Hi from good\n");
  expect(await kubectl.ok("get pod bad --no-headers")).toMatch(/^bad +0\/1 +CrashLoopBackOff /);
  expect(await kubectl.ok(["events", "--for", "pod/bad", "--types=Warning", "--no-headers"])).toContain(
    "Warning   FailedPostStartHook   Pod/bad   PostStartHook failed",
  );
});

it("what is known of nothing does its work where others wait for its end, and serves where it declares a port", async () => {
  const guessed = pod(
    "p",
    `  initContainers:
  - {name: migrate, image: example.com/migrate}
  - {name: wait, image: "mysql:8", command: [sh, -c, "until mysqladmin ping -h db --silent; do sleep 1; done"]}
  containers: [{name: c, image: nginx}]
`,
  );
  const kubectl = new Kubectl({ files: { "p.yaml": guessed } });
  await kubectl.ok("apply -f p.yaml");
  expect(await kubectl.ok(PHASE)).toBe("Running\n");
  await kubectl.ok(["create", "job", "pi", "--image=perl:5.34.0", "--", "perl", "-wle", "print 3"]);
  expect(await kubectl.ok("get job pi --no-headers")).toMatch(/^pi +Complete +1\/1 /);
  await kubectl.ok("run tool --image=example.com/tool --restart=Never");
  await kubectl.ok("run server --image=example.com/server --restart=Never --port=8080");
  await kubectl.ok("create deployment app --image=example.com/app");
  const phases = "custom-columns=:.metadata.labels.run,:.status.phase";
  expect(await kubectl.ok(["get", "pods", "-l", "run", "--no-headers", "-o", phases])).toBe(
    "server   Running\ntool     Succeeded\n",
  );
  expect(await kubectl.ok("get deployment app --no-headers")).toMatch(/^app +1\/1 /);
});

it("pg_isready waits for a database", async () => {
  const wait = "until pg_isready -h db -p 5432; do echo waiting for database; sleep 2; done";
  const kubectl = new Kubectl();
  await kubectl.ok(["run", "p", "--image=postgres", "--restart=Never", "--", "sh", "-c", wait]);
  await kubectl.ok("create deployment db --image=postgres --port=5432");
  await kubectl.ok("expose deployment db");
  kubectl.now += 1_000;
  expect(await kubectl.ok("logs p")).toBe(
    "db:5432 - no response\nwaiting for database\ndb:5432 - no response\nwaiting for database\ndb:5432 - accepting connections\n",
  );
  expect(await kubectl.ok(PHASE)).toBe("Succeeded\n");
  expect(await kubectl.run("exec deploy/db -- pg_isready -q -h nowhere")).toMatchObject({ stdout: "", status: 2 });
  expect(await kubectl.ok("exec deploy/db -- pg_isready")).toBe("/var/run/postgresql:5432 - accepting connections\n");
});
