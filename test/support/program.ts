import type { Snapshot } from "../../src/api/snapshot.ts";
import { hostsFile, resolvConf } from "../../src/network/dns/machine-files.ts";
import type { Location } from "../../src/network/location.ts";
import { RunNetwork } from "../../src/programs/network-port.ts";
import type { Program, ProgramContext } from "../../src/programs/program.ts";
import { clusterNames } from "../../src/programs/resolver.ts";

export interface ProgramRun {
  stdout: string;
  stderr: string;
  status: number;
  /** What files there are afterwards. */
  files: ReadonlyMap<string, string>;
}

export interface ProgramSetting {
  snapshot: Snapshot;
  where: Location;
  stdin?: string;
  env?: Record<string, string>;
  files?: Record<string, string>;
  isTerminal?: boolean;
  now?: number;
}

/** Runs a program as `exec POD -- PROGRAM …` would, on a snapshot that does not change. */
export async function runProgram(
  program: Program,
  argv: readonly string[],
  setting: ProgramSetting,
): Promise<ProgramRun> {
  const { snapshot, where } = setting;
  let stdout = "";
  let stderr = "";
  const files = new Map(
    Object.entries({
      "/etc/resolv.conf": resolvConf(snapshot, where),
      "/etc/hosts": hostsFile(snapshot, where),
      ...setting.files,
    }),
  );
  const decoder = new TextDecoder();
  const text = (data: string | Uint8Array) => (typeof data === "string" ? data : decoder.decode(data));
  const context: ProgramContext = {
    where,
    out: (data) => {
      stdout += text(data);
    },
    err: (data) => {
      stderr += data;
    },
    stdin: async () => new TextEncoder().encode(setting.stdin ?? ""),
    isTerminal: setting.isTerminal ?? false,
    network: new RunNetwork(snapshot, where, clusterNames),
    files: {
      read: (name) => (files.has(name) ? new TextEncoder().encode(files.get(name)) : undefined),
      write: (name, data) => void files.set(name, text(data)),
      append: (name, data) => void files.set(name, (files.get(name) ?? "") + text(data)),
      exists: (name) => files.has(name),
      isDirectory: () => false,
      mkdir: () => {},
    },
    env: setting.env ?? {},
    cwd: "/",
    now: () => setting.now ?? snapshot.now,
  };
  const status = await program.run(argv, context);
  return { stdout, stderr, status, files };
}
