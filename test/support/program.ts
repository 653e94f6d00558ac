import type { Snapshot } from "../../src/api/snapshot.ts";
import { hostsFile, resolvConf } from "../../src/network/dns/machine-files.ts";
import { lookupHost } from "../../src/network/dns/stub.ts";
import type { Location } from "../../src/network/location.ts";
import { connect } from "../../src/network/proxy/connect.ts";
import type { NetworkPort, Program, ProgramContext } from "../../src/programs/program.ts";

export interface ProgramRun {
  stdout: string;
  stderr: string;
  status: number;
}

export interface ProgramSetting {
  snapshot: Snapshot;
  where: Location;
  stdin?: string;
  env?: Record<string, string>;
  files?: Record<string, string>;
  isTerminal?: boolean;
  http?: NetworkPort["http"];
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
  const path = (to: string, port: number, protocol: "TCP" | "UDP" | "SCTP") =>
    connect(snapshot, { from: where, to, port, protocol });
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
    network: {
      snapshot: () => snapshot,
      connect: path,
      http: setting.http ?? (() => ({ kind: "closed", effects: [] })),
      resolve(name, family) {
        const found = lookupHost(snapshot, where, name, path, family ? { family } : {});
        return typeof found === "string" ? { addresses: [], failure: found } : found;
      },
      record() {},
    },
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
  return { stdout, stderr, status };
}
