import type { Location } from "../../src/network/location.ts";
import { curl } from "../../src/programs/curl.ts";
import { type Resolver, RunNetwork } from "../../src/programs/network-port.ts";
import { FileError, type ProgramContext, type ProgramFiles } from "../../src/programs/program.ts";
import type { TestCluster } from "../network/cluster.ts";

/** Names of Services and of the outside world, without DNS: what getaddrinfo would answer in the end. */
export const plainNames: Resolver = (snapshot, _where, name, family) => {
  if (name.endsWith(".") || family === 6) return { addresses: [], failure: "notFound" };
  if (name === "localhost") return { addresses: ["127.0.0.1"] };
  const service = snapshot.get("services", "default", name.toLowerCase());
  const outside = snapshot.get("outside.kubemu.dev", "", name.toLowerCase());
  const address = (service?.spec as { clusterIP?: string } | undefined)?.clusterIP ?? outside?.address;
  return typeof address === "string" ? { addresses: [address] } : { addresses: [], failure: "notFound" };
};

export class MemoryFiles implements ProgramFiles {
  readonly files = new Map<string, Uint8Array>();
  private readonly folders = new Set<string>();
  read(path: string) {
    return this.files.get(path);
  }
  write(path: string, data: string | Uint8Array) {
    const folder = path.includes("/") ? path.replace(/\/[^/]*$/, "") : "";
    if (folder !== "" && !this.folders.has(folder)) throw new FileError("ENOENT", path);
    this.files.set(path, typeof data === "string" ? new TextEncoder().encode(data) : data);
  }
  append(path: string, data: string | Uint8Array) {
    const before = new TextDecoder().decode(this.files.get(path) ?? new Uint8Array());
    this.write(path, before + (typeof data === "string" ? data : new TextDecoder().decode(data)));
  }
  exists(path: string) {
    return this.files.has(path) || this.folders.has(path);
  }
  isDirectory(path: string) {
    return this.folders.has(path);
  }
  mkdir(path: string) {
    this.folders.add(path);
  }
}

export interface CurlRun {
  stdout: string;
  stderr: string;
  exit: number;
  files: MemoryFiles;
}

export async function runCurl(
  cluster: TestCluster,
  where: Location,
  argv: readonly string[],
  options: { files?: MemoryFiles; stdin?: string; isTerminal?: boolean; env?: Record<string, string> } = {},
): Promise<CurlRun> {
  const network = new RunNetwork(cluster, where, plainNames);
  const files = options.files ?? new MemoryFiles();
  const decoder = new TextDecoder();
  let stdout = "";
  let stderr = "";
  const context: ProgramContext = {
    where,
    out: (text) => {
      stdout += typeof text === "string" ? text : decoder.decode(text);
    },
    err: (text) => {
      stderr += text;
    },
    stdin: async () => new TextEncoder().encode(options.stdin ?? ""),
    isTerminal: options.isTerminal ?? false,
    network,
    files,
    env: options.env ?? {},
    cwd: "/",
    now: () => cluster.now,
  };
  const exit = await curl.run(argv, context);
  cluster.record(network.effects);
  return { stdout, stderr, exit, files };
}
