import { describe, expect, it } from "vitest";
import type { KubeObject } from "../../src/api/object.ts";
import type { Snapshot } from "../../src/api/snapshot.ts";
import { findProgram, hasProgram, WORKSTATION } from "../../src/programs/catalogue.ts";
import { CLIENT, dnsCluster } from "../support/dns-cluster.ts";
import { type ProgramSetting, runProgram } from "../support/program.ts";

const cluster = dnsCluster();

async function run(command: string, setting: Partial<ProgramSetting> = {}, snapshot: Snapshot = cluster) {
  const words = command.split(" ");
  const busybox = words[0] === "busybox";
  const [name = "", ...argv] = busybox ? words.slice(1) : words;
  const program = await findProgram(name, busybox ? { base: "busybox" } : WORKSTATION);
  const { stdout, stderr, status } = await runProgram(program!, argv, { snapshot, where: CLIENT, ...setting });
  return { stdout, stderr, status };
}

describe("wget (GNU 1.21.3, src/http.c; run against a plain server in the POSIX locale)", () => {
  it("tells the whole story of a page", async () => {
    const got = await run("wget -O- http://web/");
    const size = got.stdout.length;
    expect(got.stderr).toBe(
      [
        "--2026-11-22 15:00:00--  http://web/",
        "Resolving web (web)... 10.96.50.1",
        "Connecting to web (web)|10.96.50.1|:80... connected.",
        "HTTP request sent, awaiting response... 200 OK",
        `Length: ${size} [text/html]`,
        "Saving to: 'STDOUT'",
        "",
        "     0K                                                       100%  977K=0s",
        "",
        `2026-11-22 15:00:00 (977 KB/s) - written to stdout [${size}/${size}]`,
        "",
        "",
      ].join("\n"),
    );
    expect(got.status).toBe(0);
    expect(got.stdout).toContain("<h1>Welcome to nginx!</h1>");
  });
  it("a page that is not there", async () => {
    expect(await run("wget -O- http://web/nothere")).toEqual({
      stdout: "",
      stderr:
        "--2026-11-22 15:00:00--  http://web/nothere\nResolving web (web)... 10.96.50.1\n" +
        "Connecting to web (web)|10.96.50.1|:80... connected.\n" +
        "HTTP request sent, awaiting response... 404 Not Found\n2026-11-22 15:00:00 ERROR 404: Not Found.\n\n",
      status: 8,
    });
  });
  it("a name that is not there", async () => {
    expect(await run("wget http://nothere")).toEqual({
      stdout: "",
      stderr:
        "--2026-11-22 15:00:00--  http://nothere/\nResolving nothere (nothere)... failed: Name or service not known.\n" +
        "wget: unable to resolve host address 'nothere'\n",
      status: 4,
    });
  });
  it("a time-out is tried again", async () => {
    expect((await run("wget -t 2 http://web:81")).stderr).toBe(
      "--2026-11-22 15:00:00--  http://web:81/\nResolving web (web)... 10.96.50.1\n" +
        "Connecting to web (web)|10.96.50.1|:81... failed: Connection timed out.\nRetrying.\n\n" +
        "--2026-11-22 15:00:00--  (try: 2)  http://web:81/\n" +
        "Connecting to web (web)|10.96.50.1|:81... failed: Connection timed out.\nGiving up.\n\n",
    );
  });
  it("wrong options", async () => {
    const usage = "Usage: wget [OPTION]... [URL]...\n\nTry `wget --help' for more options.\n";
    expect(await run("wget --foo")).toEqual({
      stdout: "",
      stderr: `wget: unrecognized option '--foo'\n${usage}`,
      status: 2,
    });
    // src/init.c cmd_spec_header
    expect(await run("wget --header=foo http://web/")).toEqual({
      stdout: "",
      stderr: "wget: --header: Invalid header 'foo'.\n",
      status: 2,
    });
    expect(await run("wget")).toEqual({ stdout: "", stderr: `wget: missing URL\n${usage}`, status: 1 });
  });
  it("files are named after the page, and never overwritten", async () => {
    const program = await findProgram("wget", WORKSTATION);
    const got = await runProgram(program!, ["-q", "http://web/"], {
      snapshot: cluster,
      where: CLIENT,
      files: { "index.html": "mine" },
    });
    expect(got.files.get("index.html")).toBe("mine");
    expect(got.files.get("index.html.1")).toContain("Welcome to nginx!");
  });
});

describe("wget (BusyBox 1.35, networking/wget.c)", () => {
  it("a page", async () => {
    const got = await run("busybox wget -O- http://web/");
    const size = String(got.stdout.length).padStart(5);
    expect(got.stderr).toBe(
      "Connecting to web (10.96.50.1:80)\nwriting to stdout\n" +
        `-                    100% |********************************| ${size}  0:00:00 ETA\nwritten to stdout\n`,
    );
  });
  it("failures", async () => {
    expect((await run("busybox wget -O- http://web/nothere")).stderr).toBe(
      "Connecting to web (10.96.50.1:80)\nwget: server returned error: HTTP/1.1 404 Not Found\n",
    );
    expect((await run("busybox wget -O- http://10.244.0.2:81/")).stderr).toBe(
      "Connecting to 10.244.0.2:81 (10.244.0.2:81)\nwget: can't connect to remote host (10.244.0.2): Connection refused\n",
    );
    expect((await run("busybox wget -T 1 -qO- http://web:81/")).stderr).toBe("wget: download timed out\n");
  });
});

describe("nc (OpenBSD 1.219, netcat.c) and BusyBox's (nc_bloaty.c)", () => {
  it("an open port", async () => {
    expect(await run("nc -zv web 80")).toEqual({
      stdout: "",
      stderr: "Connection to web (10.96.50.1) 80 port [tcp/http] succeeded!\n",
      status: 0,
    });
    expect((await run("busybox nc -zv web 80")).stderr).toBe("web (10.96.50.1:80) open\n");
  });
  it("closed ones", async () => {
    expect(await run("nc -zv 10.244.0.2 81")).toEqual({
      stdout: "",
      stderr: "nc: connect to 10.244.0.2 port 81 (tcp) failed: Connection refused\n",
      status: 1,
    });
    expect((await run("nc -zvw1 web 81")).stderr).toBe(
      "nc: connect to web (10.96.50.1) port 81 (tcp) timed out: Operation now in progress\n",
    );
    expect((await run("nc -zv nothere 80")).stderr).toBe(
      'nc: getaddrinfo for host "nothere" port 80: Name or service not known\n',
    );
    expect((await run("nc -zv web foo")).stderr).toBe("nc: port number invalid: foo\n");
    expect((await run("nc web")).stderr).toBe("nc: missing port number\n");
    expect((await run("busybox nc -zvv 10.244.0.2 81")).stderr).toBe(
      "nc: 10.244.0.2 (10.244.0.2:81): Connection refused\n",
    );
  });
});

describe("ping (iputils 20221126) and BusyBox's", () => {
  it("a pod answers, a cluster IP does not", async () => {
    expect(await run("ping -c 2 -i 0.2 10.244.0.2")).toEqual({
      stdout:
        "PING 10.244.0.2 (10.244.0.2) 56(84) bytes of data.\n" +
        "64 bytes from 10.244.0.2: icmp_seq=1 ttl=64 time=0.050 ms\n" +
        "64 bytes from 10.244.0.2: icmp_seq=2 ttl=64 time=0.050 ms\n" +
        "\n--- 10.244.0.2 ping statistics ---\n2 packets transmitted, 2 received, 0% packet loss, time 200ms\n" +
        "rtt min/avg/max/mdev = 0.050/0.050/0.050/0.000 ms\n",
      stderr: "",
      status: 0,
    });
    expect(await run("ping -c 1 web")).toEqual({
      stdout:
        "PING web.default.svc.cluster.local (10.96.50.1) 56(84) bytes of data.\n" +
        "\n--- web.default.svc.cluster.local ping statistics ---\n" +
        "1 packets transmitted, 0 received, 100% packet loss, time 0ms\n\n",
      stderr: "",
      status: 1,
    });
  });
  it("names that are not there", async () => {
    expect(await run("ping -c 1 nothere")).toEqual({
      stdout: "",
      stderr: "ping: nothere: Name or service not known\n",
      status: 2,
    });
    expect((await run("busybox ping -c 1 nothere")).stderr).toBe("ping: bad address 'nothere'\n");
    expect((await run("ping")).stderr).toBe("ping: usage error: Destination address required\n");
  });
});

describe("small programs", () => {
  it("hostname, printenv, env, cat", async () => {
    expect((await run("hostname")).stdout).toBe("web-54fccd96df-bwkxd\n");
    expect((await run("hostname -i")).stdout).toBe("10.244.0.1\n");
    const database = { kind: "pod", namespace: "shop", name: "db-0" } as const;
    expect((await run("hostname -f", { where: database })).stdout).toBe("db-0.db.shop.svc.cluster.local\n");
    const env = { A: "1", WEB_SERVICE_HOST: "10.96.50.1" };
    expect(await run("printenv WEB_SERVICE_HOST", { env })).toEqual({ stdout: "10.96.50.1\n", stderr: "", status: 0 });
    expect((await run("printenv __proto__", { env })).status).toBe(1);
    expect((await run("env", { env })).stdout).toBe("A=1\nWEB_SERVICE_HOST=10.96.50.1\n");
    expect((await run("cat /nope")).stderr).toBe("cat: /nope: No such file or directory\n");
    expect((await run("busybox cat /nope")).stderr).toBe("cat: can't open '/nope': No such file or directory\n");
  });
  it("what an image has", () => {
    expect(hasProgram("nslookup", { base: "busybox" })).toBe(true);
    expect(hasProgram("/bin/cat", { base: "debian" })).toBe(true);
    expect(hasProgram("dig", { base: "debian" })).toBe(false);
    expect(hasProgram("dig", { base: "alpine", extra: ["dig"] })).toBe(true);
    expect(hasProgram("cat", { base: "none" })).toBe(false);
    expect(hasProgram("constructor", { base: "busybox" })).toBe(false);
  });
});

describe("dig -f (dig.c parse_args, printgreeting)", () => {
  const name = "web.default.svc.cluster.local";

  it("asks for what each line says; what the options are is told once", async () => {
    const names = `# those that are there\n\n${name}\n; not there\nnone.${name} AAAA +noquestion\n`;
    const got = await run("dig @10.96.0.10 +nocomments +nostats -f names", { files: { names } });
    const greeting = /^\n(; <<>> DiG \S+ <<>>) .*\n/.exec(got.stdout)?.[1];
    const soa = got.stdout.slice(got.stdout.indexOf("cluster.local.\t\t"));
    expect(got.stdout).toBe(
      [
        "",
        `${greeting} ${name}`,
        "; (1 server found)",
        ";; global options: +cmd",
        `;${name}.\tIN\tA`,
        `${name}. 30 IN\tA\t10.96.50.1`,
        `${greeting} none.${name} AAAA +noquestion`,
        soa,
      ].join("\n"),
    );
    expect(got).toMatchObject({ stderr: "", status: 0 });
  });

  it("a file that is not there", async () => {
    expect(await run("dig -f names")).toEqual({
      stdout: "",
      stderr: "names: No such file or directory\ndig: couldn't open specified batch file\n",
      status: 10,
    });
  });
});

describe("without a pod of CoreDNS nobody answers for the kube-dns Service", () => {
  const silent = dnsCluster((objects: KubeObject[]) => objects.filter((it) => it.metadata.name !== "coredns-0"));
  it("a Service with no endpoints rejects (dighost.c recv_done, udp)", async () => {
    const lost = ";; communications error to 10.96.0.10#53: connection refused\n";
    expect(await run("nslookup web", {}, silent)).toEqual({
      stdout: `${lost.repeat(3)};; no servers could be reached\n\n`,
      stderr: "",
      status: 1,
    });
    expect(await run("host web", {}, silent)).toEqual({
      stdout: `${lost.repeat(2)};; no servers could be reached\n`,
      stderr: "",
      status: 1,
    });
    expect((await run("dig +short web", {}, silent)).status).toBe(9);
    expect((await run("ping -c 1 web", {}, silent)).stderr).toBe("ping: web: Temporary failure in name resolution\n");
  });
});
