import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { Kubectl } from "../support/kubectl.ts";

interface Recorded {
  recordedAt: string;
  certificates: Record<"nginx.crt" | "san.crt", string>;
  runs: { argv: string[]; exit: number; stdout: string; stderr: string }[];
}

// What curl 7.88.1 says of TLS: recorded, and compared with nginx pods that show the same certificates.
const recorded: Recorded = JSON.parse(readFileSync(new URL("../../fixtures/curl-tls.json", import.meta.url), "utf8"));

const HOSTS: Record<string, string> = {
  "my-nginx": "nginx",
  other: "nginx",
  "db.example.com": "san",
  "a.example.org": "san",
  "a.b": "san",
  plain: "plain",
};
const ADDRESSES: Record<string, string> = { nginx: "127.0.0.1", san: "127.0.0.2", plain: "127.0.0.3" };

function manifest(name: string, listen: string): string {
  const config = `server { listen ${listen}; root /usr/share/nginx/html; ${listen === "443 ssl" ? "ssl_certificate /etc/nginx/ssl/tls.crt; ssl_certificate_key /etc/nginx/ssl/tls.key;" : ""} }`;
  const pem = recorded.certificates[`${name}.crt` as "nginx.crt"] ?? "";
  return JSON.stringify({
    apiVersion: "v1",
    kind: "List",
    items: [
      {
        apiVersion: "v1",
        kind: "ConfigMap",
        metadata: { name },
        data: { "default.conf": config, "index.html": "hello\n" },
      },
      { apiVersion: "v1", kind: "Secret", metadata: { name }, stringData: { "tls.crt": pem, "tls.key": "key" } },
      {
        apiVersion: "v1",
        kind: "Service",
        metadata: { name },
        spec: { selector: { app: name }, ports: [{ port: 443 }] },
      },
      {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { name: `${name}-pod`, labels: { app: name } },
        spec: {
          containers: [
            {
              name: "nginx",
              image: "nginx",
              volumeMounts: [
                { name: "ssl", mountPath: "/etc/nginx/ssl" },
                { name: "conf", mountPath: "/etc/nginx/conf.d/default.conf", subPath: "default.conf" },
                { name: "conf", mountPath: "/usr/share/nginx/html/index.html", subPath: "index.html" },
              ],
            },
          ],
          volumes: [
            { name: "ssl", secret: { secretName: name } },
            { name: "conf", configMap: { name } },
          ],
        },
      },
    ],
  });
}

const kubectl = new Kubectl();
const resolve: string[] = [];

beforeAll(async () => {
  kubectl.now = Date.parse(recorded.recordedAt);
  for (const [name, listen] of [
    ["nginx", "443 ssl"],
    ["san", "443 ssl"],
    ["plain", "443"],
  ] as const)
    await kubectl.ok("apply -f -", manifest(name, listen));
  await kubectl.ok("run client --image=curlimages/curl --command -- sleep infinity");
  for (const [name, pem] of Object.entries(recorded.certificates))
    await kubectl.ok(["exec", "-i", "client", "--", "sh", "-c", `cat > /${name}`], pem);
  for (const [host, service] of Object.entries(HOSTS)) {
    const address = await kubectl.ok(["get", "service", service, "-o", "jsonpath={.spec.clusterIP}"]);
    resolve.push("--resolve", `${host}:443:${address}`);
    ADDRESSES[address] = ADDRESSES[service]!;
  }
});

/** Without what is not TLS: pinned names, the answer's own header lines, the addresses of both worlds. */
function told(stderr: string): string {
  return stderr
    .split("\n")
    .filter((line) => !/^(< |\* Added |\* Hostname |\* RESOLVE |command terminated)/.test(line))
    .join("\n")
    .replace(/0x[0-9a-f]+/g, "0x")
    .replace(/\d+\.\d+\.\d+\.\d+/g, (address) => ADDRESSES[address] ?? address);
}

describe("curl and TLS", () => {
  // Plain HTTP at the recorded server's port was hung up on; nginx says what is wrong.
  const plain = recorded.runs.filter(({ argv }) => argv.includes("http://my-nginx:443/"));

  it("plain HTTP at a port of nginx that speaks TLS", async () => {
    expect(plain.length).toBe(1);
    const ran = await kubectl.run(["exec", "client", "--", "curl", "-s", ...resolve, "http://my-nginx:443/"]);
    expect(ran).toEqual({
      stdout: [
        "<html>",
        "<head><title>400 The plain HTTP request was sent to HTTPS port</title></head>",
        "<body>",
        "<center><h1>400 Bad Request</h1></center>",
        "<center>The plain HTTP request was sent to HTTPS port</center>",
        "<hr><center>nginx/1.29.4</center>",
        "</body>",
        "</html>",
        "",
      ].join("\r\n"),
      stderr: "",
      status: 0,
    });
  });

  it.each(recorded.runs.filter((run) => !plain.includes(run)))("$argv", async ({ argv, exit, stdout, stderr }) => {
    const ran = await kubectl.run(["exec", "client", "--", "curl", ...resolve, ...argv]);
    const form = argv.includes("-d");
    // nginx answers 405 where the recorded server took a form.
    expect(told(ran.stderr)).toBe(form ? told(stderr).replace("{ [6 bytes", "{ [157 bytes") : told(stderr));
    if (!form) expect(ran.stdout).toBe(stdout);
    expect(ran.status).toBe(exit);
  });
});
