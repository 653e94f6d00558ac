import { expect, test } from "vitest";
import { deployment, service } from "../admin/situations.ts";
import { Kubectl } from "../support/kubectl.ts";

// kubernetes/examples guestbook/php-redis/guestbook.php: it writes to redis-leader and reads from redis-follower. Texts of an exception
// as PHP 7.4 shows one that nobody catches; Redis' own by src/server.c and src/redis-cli.c.
const GKE = "us-docker.pkg.dev/google-samples/containers/gke";
const MANIFEST = [
  deployment("redis-leader", "docker.io/redis:6.0.5"),
  service("redis-leader", "{selector: {app: redis-leader}, ports: [{port: 6379}]}"),
  deployment("redis-follower", `${GKE}/gb-redis-follower:v2`, { replicas: 2 }),
  service("redis-follower", "{selector: {app: redis-follower}, ports: [{port: 6379}]}"),
  deployment("frontend", `${GKE}/gb-frontend:v5`, { replicas: 3 }),
  service("frontend", "{type: LoadBalancer, selector: {app: frontend}, ports: [{port: 80}]}"),
].join("");

async function guestbook(): Promise<Kubectl> {
  const kubectl = new Kubectl({ files: { "all.yaml": MANIFEST } });
  await kubectl.run("apply -f all.yaml");
  await kubectl.run("wait --for=condition=Available deployment --all");
  return kubectl;
}
const get = "curl -s localhost/guestbook.php?cmd=get&key=messages";
const set = (value: string) => ["curl", "-s", `localhost/guestbook.php?cmd=set&key=messages&value=${value}`];

test("messages are written to the leader and read from every follower, by every front end", async () => {
  const kubectl = await guestbook();
  expect(await kubectl.run(get)).toEqual({ stdout: '{"data": ""}', stderr: "", status: 0 });
  expect((await kubectl.run(set("%2Chello,world+2"))).stdout).toBe('{"message": "Updated"}');
  for (let i = 0; i < 4; i++) expect((await kubectl.run(get)).stdout).toBe('{"data": ",hello,world 2"}');
  const kept = await kubectl.run("exec deployment/redis-leader -- redis-cli get guestbook");
  expect(kept.stdout).toBe(",hello,world 2\n");
});

const exception = (text: string) => `<br />
<b>Fatal error</b>:  Uncaught Predis\\Connection\\ConnectionException: ${text} in /var/www/html/Predis/Connection/AbstractConnection.php:155
Stack trace:
#0 {main}
  thrown in <b>/var/www/html/Predis/Connection/AbstractConnection.php</b> on line <b>155</b><br />
`;

test("without a leader nothing is written, while the followers go on serving what they have; a new leader is empty", async () => {
  const kubectl = await guestbook();
  await kubectl.run(set("kept"));
  await kubectl.run("exec deployment/redis-follower -- redis-cli get guestbook");
  await kubectl.run("scale deployment redis-leader --replicas=0");
  await kubectl.run("wait --for=delete pod -l app=redis-leader");
  expect((await kubectl.run(set("lost"))).stdout).toBe(exception("Connection refused [tcp://redis-leader:6379]"));
  const follower = await kubectl.run("exec deployment/redis-follower -- redis-cli get guestbook");
  expect(follower.stdout).toBe("kept\n");
  await kubectl.run("scale deployment redis-leader --replicas=1");
  await kubectl.run("wait --for=condition=Available deployment/redis-leader");
  expect((await kubectl.run(get)).stdout).toBe('{"data": ""}');
});

test("a Service that is not there is told by name", async () => {
  const kubectl = await guestbook();
  await kubectl.run("delete service redis-follower");
  expect((await kubectl.run(get)).stdout).toBe(
    exception("php_network_getaddresses: getaddrinfo failed: Name or service not known [tcp://redis-follower:6379]"),
  );
});

test("the page, its script, and what is not there", async () => {
  const kubectl = await guestbook();
  const page = await kubectl.run("curl -s localhost/");
  expect(page.stdout.split("\n").slice(0, 3)).toEqual([
    '<html ng-app="redis">',
    "  <head>",
    "    <title>Guestbook</title>",
  ]);
  expect((await kubectl.run("curl -s -o /dev/null -w %{http_code} localhost/controllers.js")).stdout).toBe("200");
  expect((await kubectl.run("curl -s -o /dev/null -w %{http_code} localhost/nothing")).stdout).toBe("404");
});

test.each([
  ["ping", "PONG\n"],
  ["set k v", "OK\n"],
  ["get k", "\n"],
  ["incr n", "1\n"],
  ["append k abc", "3\n"],
  ["strlen k", "0\n"],
  ["exists a b", "0\n"],
  ["dbsize", "0\n"],
  ["keys *", "\n"],
  ["type k", "none\n"],
  ["get", "ERR wrong number of arguments for 'get' command\n\n"],
  ["nosuch a b", "ERR unknown command 'nosuch', with args beginning with: 'a' 'b' \n\n"],
  ["lpush l 1", "ERR kubemu does not simulate LPUSH\n\n"],
])("redis-cli %s in a fresh Redis", async (command, stdout) => {
  const kubectl = new Kubectl();
  await kubectl.run("run redis --image=redis");
  await kubectl.run("wait --for=condition=Ready pod/redis");
  expect(await kubectl.run(`exec redis -- redis-cli ${command}`)).toEqual({ stdout, stderr: "", status: 0 });
});

test("what Redis holds lasts from command to command, and ends with its pod", async () => {
  const kubectl = new Kubectl();
  const fresh = async () => {
    await kubectl.run("run redis --image=redis");
    await kubectl.run("wait --for=condition=Ready pod/redis");
  };
  await fresh();
  const cli = async (command: string) => (await kubectl.run(`exec redis -- redis-cli ${command}`)).stdout;
  expect([await cli("set b 1"), await cli("set a x"), await cli("keys *"), await cli("incr b")]).toEqual([
    "OK\n",
    "OK\n",
    "a\nb\n",
    "2\n",
  ]);
  expect([await cli("incr a"), await cli("del a b"), await cli("dbsize"), await cli("set c 3")]).toEqual([
    "ERR value is not an integer or out of range\n\n",
    "2\n",
    "0\n",
    "OK\n",
  ]);
  await kubectl.run("delete pod redis");
  await fresh();
  expect(await cli("dbsize")).toBe("0\n");
});

test("redis-cli from elsewhere, with and without somebody there", async () => {
  const kubectl = new Kubectl();
  await kubectl.run("run redis --image=redis --port=6379 --expose");
  await kubectl.run("wait --for=condition=Ready pod/redis");
  await kubectl.run("run other --image=redis");
  await kubectl.run("wait --for=condition=Ready pod/other");
  expect((await kubectl.run("exec other -- redis-cli -h redis ping")).stdout).toBe("PONG\n");
  expect(await kubectl.run("exec other -- redis-cli -h nowhere ping")).toEqual({
    stdout: "",
    stderr:
      "Could not connect to Redis at nowhere:6379: Name or service not known\ncommand terminated with exit code 1\n",
    status: 1,
  });
  await kubectl.run("delete pod redis");
  expect((await kubectl.run("exec other -- redis-cli -h redis ping")).stderr).toBe(
    "Could not connect to Redis at redis:6379: Connection refused\ncommand terminated with exit code 1\n",
  );
});

// The server's own count is part of its log line.
test("kubernetes-bootcamp counts its requests", async () => {
  const kubectl = new Kubectl();
  await kubectl.run("create deployment kubernetes-bootcamp --image=gcr.io/google-samples/kubernetes-bootcamp:v1");
  await kubectl.run("wait --for=condition=Available deployment/kubernetes-bootcamp");
  for (let i = 0; i < 3; i++) await kubectl.run("exec deployment/kubernetes-bootcamp -- curl -s http://localhost:8080");
  const { stdout } = await kubectl.run("logs deployment/kubernetes-bootcamp --tail=3");
  const totals = stdout
    .trim()
    .split("\n")
    .map((line) => line.split(" | ")[1]);
  expect(totals).toEqual(["Total Requests: 1", "Total Requests: 2", "Total Requests: 3"]);
});
