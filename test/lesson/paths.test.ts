import { expect, test } from "vitest";
import { Kubectl } from "../support/kubectl.ts";

// The lesson's paths: which address answers from where. What a real cluster does is in fixtures/conformance (traffic matrix); here the
// commands of the lesson are typed.

async function lesson(profile?: string): Promise<Kubectl> {
  const kubectl = new Kubectl(profile ? { profile } : {});
  for (const line of [
    "create deployment mydeploy --image=bretfisher/httpenv",
    "expose deployment/mydeploy --port 8888",
    "run shell --image=bretfisher/netshoot -- sleep infinity",
  ])
    expect((await kubectl.run(line)).stderr).toBe("");
  return kubectl;
}

async function value(kubectl: Kubectl, line: string): Promise<string> {
  const ran = await kubectl.run(line);
  expect(ran.stderr).toBe("");
  return ran.stdout.trim();
}

async function code(kubectl: Kubectl, line: string): Promise<string> {
  return (await kubectl.run([...line.split(" "), "-o", "/dev/null", "-w", "%{http_code} %{exitcode}"])).stdout;
}

test("in a pod the name, the full name and the ClusterIP answer", async () => {
  const kubectl = await lesson();
  const ip = await value(kubectl, "get svc mydeploy -o jsonpath={.spec.clusterIP}");
  for (const host of ["mydeploy", "mydeploy.default", "mydeploy.default.svc.cluster.local", ip])
    expect(await code(kubectl, `exec shell -- curl -s ${host}:8888`), host).toBe("200 0");
});

test("run --rm -it gives a pod for one command, and takes it away", async () => {
  const kubectl = await lesson();
  const ran = await kubectl.run(
    "run tmp-shell --rm -it --image bretfisher/netshoot -- curl -s -o /dev/null -w %{http_code} mydeploy:8888",
  );
  expect(ran.stdout).toBe('200pod "tmp-shell" deleted from default namespace\n');
  expect(ran.status).toBe(0);
  expect((await kubectl.run("get pod tmp-shell")).stderr).toBe(
    'Error from server (NotFound): pods "tmp-shell" not found\n',
  );
});

test("on kind the NodePort answers on all three nodes, and localhost refuses", async () => {
  const kubectl = await lesson("kind");
  await kubectl.run("expose deployment/mydeploy --port 8888 --name np --type NodePort");
  const port = await value(kubectl, "get svc np -o jsonpath={.spec.ports[0].nodePort}");
  const nodes = (await value(kubectl, "get nodes -o jsonpath={.items[*].status.addresses[0].address}")).split(" ");
  expect(nodes).toEqual(["172.18.0.2", "172.18.0.3", "172.18.0.4"]);
  for (const node of nodes) expect(await code(kubectl, `curl -s ${node}:${port}`), node).toBe("200 0");
  expect(await code(kubectl, `curl -s localhost:${port}`)).toBe("000 7");
});

test("on cloud the load balancer's name answers after its delay", async () => {
  const kubectl = await lesson("cloud");
  await kubectl.run("expose deployment/mydeploy --port 8888 --name lb --type LoadBalancer");
  expect(await value(kubectl, "get svc lb --no-headers -o custom-columns=X:.status.loadBalancer")).toBe("map[]");
  kubectl.now += 5000;
  const name = await value(kubectl, "get svc lb -o jsonpath={.status.loadBalancer.ingress[0].hostname}");
  expect(name.endsWith(".elb.amazonaws.com")).toBe(true);
  expect(await code(kubectl, `curl -s ${name}:8888`)).toBe("200 0");
});

test("an ExternalName that becomes a ClusterIP keeps its name: an address instead of a CNAME", async () => {
  const kubectl = await lesson();
  await kubectl.run("create service externalname my-db --external-name db.example.com");
  const ask = ["exec", "shell", "--", "dig", "+short", "my-db.default.svc.cluster.local"];
  expect((await kubectl.run(ask)).stdout).toBe("db.example.com.\n198.51.100.80\n");
  await kubectl.run("delete svc my-db");
  await kubectl.run("create service clusterip my-db --tcp=5432 --clusterip=10.96.20.20");
  expect((await kubectl.run(ask)).stdout).toBe("10.96.20.20\n");
  await kubectl.run("delete svc my-db");
  await kubectl.run("create service externalname my-db --external-name db.example.com");
  const patch = '{"spec":{"type":"ClusterIP","externalName":null,"ports":[{"port":5432}],"clusterIP":"10.96.20.21"}}';
  expect(await kubectl.run(["patch", "svc", "my-db", "-p", patch])).toEqual({
    stdout: "service/my-db patched\n",
    stderr: "",
    status: 0,
  });
  expect((await kubectl.run(ask)).stdout).toBe("10.96.20.21\n");
});

test("a wrong targetPort is refused as a real one is", async () => {
  const kubectl = await lesson();
  await kubectl.run("expose deployment/mydeploy --port 80 --target-port 9999 --name wrong");
  expect(await kubectl.run("exec shell -- curl -sS wrong")).toEqual({
    stdout: "",
    stderr:
      "curl: (7) Failed to connect to wrong port 80 after 0 ms: Couldn't connect to server\ncommand terminated with exit code 7\n",
    status: 7,
  });
});
