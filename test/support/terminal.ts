import type { Admin } from "../../src/admin/admin.ts";
import type { Kubeconfig } from "../../src/api/kubeconfig.ts";
import type { ApiClient } from "../../src/apiserver/client.ts";
import { runCommandLine } from "../../src/cli/run.ts";
import type { Files, OutputStream, Platform } from "../../src/platform/platform.ts";

export interface Ran {
  stdout: string;
  stderr: string;
  status: number;
}

/** A member that a test does not expect to be used: it throws when it is. */
function absent<T extends object>(what: string): T {
  return new Proxy({} as T, {
    get(_, name) {
      throw new Error(`the test gave no ${what}.${String(name)}`);
    },
  });
}

export const DOCKER_DESKTOP: Kubeconfig = {
  apiVersion: "v1",
  kind: "Config",
  preferences: {},
  clusters: [{ name: "docker-desktop", cluster: { server: "https://127.0.0.1:6443" } }],
  users: [{ name: "docker-desktop", user: {} }],
  contexts: [{ name: "docker-desktop", context: { cluster: "docker-desktop", user: "docker-desktop" } }],
  "current-context": "docker-desktop",
};

/** Files in memory, by absolute path; a path that ends in a slash is a folder. */
export function memoryFiles(content: Record<string, string>): Files {
  const folder = (path: string) => `${path.replace(/\/$/, "")}/`;
  const isDirectory = (path: string) => Object.keys(content).some((name) => name.startsWith(folder(path)));
  const fail = (path: string): never => {
    throw Object.assign(new Error(`ENOENT: no such file or directory, open '${path}'`), { code: "ENOENT" });
  };
  return {
    ...absent<Files>("files"),
    read: (path) => Buffer.from(content[path] ?? fail(path)),
    exists: (path) => content[path] !== undefined || isDirectory(path),
    isDirectory,
    readlink: () => undefined,
    list: (path) => [
      ...new Set(
        Object.keys(content)
          .filter((name) => name.startsWith(folder(path)) && name !== folder(path))
          .map((name) => name.slice(folder(path).length).split("/")[0]!),
      ),
    ],
    stat: fail,
    write: (path, data) => {
      content[path] = data.toString();
    },
  };
}

export interface TerminalOptions {
  client?: ApiClient;
  admin?: Partial<Admin>;
  files?: Files;
  /** Standard input. */
  input?: string;
  env?: Record<string, string>;
  /** Milliseconds since 1970. */
  now?: number;
}

/** Runs one command line against a fake cluster and tells what it printed. */
export async function runLine(argv: string[], options: TerminalOptions = {}): Promise<Ran> {
  const ran: Ran = { stdout: "", stderr: "", status: 0 };
  const stream = (name: "stdout" | "stderr"): OutputStream => ({
    write: (text) => {
      ran[name] += text.toString();
    },
    isTerminal: false,
    columns: 80,
  });
  const platform: Platform = {
    clock: { now: () => options.now ?? 0, sleep: async () => {}, virtual: true },
    files: options.files ?? memoryFiles({}),
    streams: {
      out: stream("stdout"),
      err: stream("stderr"),
      readInput: async () => Buffer.from(options.input ?? ""),
      inputIsTerminal: false,
      readLine: async () => (options.input ?? "").split("\n")[0]!,
      editLines() {
        throw new Error("no terminal in this test");
      },
      input: absent<NodeJS.ReadStream>("input"),
    },
    processes: {
      ...absent<Platform["processes"]>("processes"),
      pid: 1,
      hostname: "test",
      env: options.env ?? {},
      cwd: "/home/user",
    },
    net: absent<Platform["net"]>("net"),
    random: { seed: () => "test" },
  };
  ran.status = await runCommandLine(argv, {
    platform,
    connect: () => ({
      client: options.client ?? absentClient(),
      admin: {
        ...absent<Admin>("admin"),
        stateFile: "/state.json",
        kubeconfig: async () => DOCKER_DESKTOP,
        ...options.admin,
      },
      impersonate: async () => {
        throw new Error("the test gave nobody to act as");
      },
      signIn: async () => options.client ?? absentClient(),
      http: async () => {
        throw new Error("the test gave no http");
      },
      commit: async () => {},
    }),
  });
  return ran;
}

function absentClient(): ApiClient {
  const call = async (): Promise<never> => {
    throw new Error("the test gave no client");
  };
  const stream = (): never => {
    throw new Error("the test gave no client");
  };
  return {
    get: call,
    list: call,
    getTable: call,
    listTable: call,
    create: call,
    update: call,
    patch: call,
    delete: call,
    deleteCollection: call,
    watch: stream,
    watchTable: stream,
    raw: call,
    takeWarnings: () => [],
  };
}
