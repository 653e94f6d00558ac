import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { TestCluster } from "../network/cluster.ts";
import { FIXTURE_MANIFEST, withoutSpeeds } from "./curl-fixture.ts";
import { MemoryFiles, runCurl } from "./run-curl.ts";

// Recorded with curl 7.88.1 in a network of its own, where a server as kubemu/curl-fixture listens on 10.96.8.1:80, and nobody answers
// at 192.0.2.9: curl-web.json what scripts do, curl-edges.json URLs, numbers, headers and options at their limits.
interface Run {
  command: string;
  stdout: string;
  stderr: string;
  exit: number;
  files: Record<string, string>;
}
function recorded(name: string): Run[] {
  const file = new URL(`../../fixtures/${name}`, import.meta.url);
  return (JSON.parse(readFileSync(file, "utf8")) as { runs: Run[] }).runs;
}

/** The files that were there. */
const FILES: Readonly<Record<string, string>> = {
  "body.txt": "line one\nline two\n",
  "data.json": '{"k":1}\n',
  empty: "",
  "headers.txt": "X-One: 1\nX-Two: 2\n",
  "fmt.txt": "%{http_code} from file\\n",
  "c.cfg": '# config\nsilent\nurl = "web/echo"\nheader = "X-C: \\"q\\" \\\\t"\n-d a=1\nuser-agent cfg/1\n',
  "cookies.txt":
    "# Netscape HTTP Cookie File\nweb\tFALSE\t/\tFALSE\t0\tsid\t42\n#HttpOnly_web\tFALSE\t/echo\tFALSE\t2147483647\thid\tx\n.other\tTRUE\t/\tFALSE\t0\tno\tno\n",
  "hc.txt": "Set-Cookie: a=b\nSet-Cookie: c=d; path=/echo\n",
};

/** `printf 'INPUT' | NAME=VALUE curl …` as a shell takes it apart. */
function parse(command: string): { stdin: string; env: Record<string, string>; argv: string[] } {
  const [, input = "", rest = ""] = /^(?:printf '([^']*)' \| )?(.*)$/s.exec(command) ?? [];
  const words = [...rest.matchAll(/(?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s"'\\])+/gs)].map(([word]) =>
    word.replace(
      /"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)/gs,
      (_, double?: string, single?: string, escaped?: string) =>
        double?.replace(/\\(["\\$`])/g, "$1") ?? single ?? escaped ?? "",
    ),
  );
  const curl = words.indexOf("curl");
  const env = Object.fromEntries(words.slice(0, curl).map((word) => word.split(/=(.*)/s) as [string, string]));
  return { stdin: input.replaceAll("\\n", "\n"), env, argv: words.slice(curl + 1) };
}

/** What the recorder's machine adds: speeds, milliseconds, addresses of memory, boundaries drawn by lot. */
const settled = (text: string) =>
  withoutSpeeds(text.replace(/(--:--:--) .{5} {5}/g, "$1 SPEED     "))
    .replace(/(SPEED {2}).{5}( [ -])/g, "$1SPEED$2")
    .replace(/bundle for host: 0x[0-9a-f]+/g, "bundle for host: 0x0")
    .replace(/after \d+ ms/g, "after N ms")
    .replace(/timed out after \d+/g, "timed out after N")
    .replace(/-{24}[0-9a-f]{16}/g, "BOUNDARY");

describe.each(["curl-web.json", "curl-edges.json"])("%s", (name) => {
  for (const run of recorded(name))
    it(run.command, async () => {
      const cluster = new TestCluster("bare").apply(FIXTURE_MANIFEST);
      const { stdin, env, argv } = parse(run.command);
      const files = new MemoryFiles();
      for (const [name, content] of Object.entries(FILES)) files.write(name, content);
      const where = { kind: "pod", namespace: "default", name: "client-0" } as const;
      const seen = await runCurl(cluster, where, argv, { files, stdin, env });
      const written = [...files.files].filter(([name]) => !Object.hasOwn(FILES, name));
      const decoder = new TextDecoder();
      expect({
        stdout: settled(seen.stdout),
        stderr: settled(seen.stderr),
        exit: seen.exit,
        files: Object.fromEntries(written.map(([name, data]) => [name, settled(decoder.decode(data))])),
      }).toEqual({
        stdout: settled(run.stdout),
        stderr: settled(run.stderr),
        exit: run.exit,
        files: Object.fromEntries(Object.entries(run.files).map(([name, text]) => [name, settled(text)])),
      });
    });
});
