import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The launcher that is published; `npm run build` has made what it runs. */
export const LAUNCHER = new URL("../../bin/kubemu.js", import.meta.url).pathname;

export interface Ended {
  stdout: string;
  stderr: string;
  /** As a shell tells it: 128 + the number of a signal. */
  status: number;
}

export interface Started {
  child: ChildProcess;
  ended: Promise<Ended>;
}

const SIGNALS: Record<string, number> = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGPIPE: 13, SIGTERM: 15 };

/** Starts kubemu as a process of its own (standard input stays open where `input` is undefined), with an environment that holds nothing of the user's but PATH. */
export function start(argv: readonly string[], env: Record<string, string>, input?: string): Started {
  const child = spawn(process.execPath, [LAUNCHER, ...argv], {
    env: { PATH: process.env.PATH, HOME: "/nonexistent", ...env },
    stdio: "pipe",
  });
  let stdout = "";
  let stderr = "";
  child.stdout!.on("data", (data) => {
    stdout += data;
  });
  child.stderr!.on("data", (data) => {
    stderr += data;
  });
  child.stdin!.on("error", () => {});
  if (input !== undefined) child.stdin!.end(input);
  const ended = new Promise<Ended>((resolve) =>
    child.on("close", (code, signal) => resolve({ stdout, stderr, status: code ?? 128 + (SIGNALS[signal!] ?? 0) })),
  );
  return { child, ended };
}

export function run(argv: readonly string[], env: Record<string, string> = {}, input = ""): Promise<Ended> {
  return start(argv, env, input).ended;
}

/** A new folder below the system's temporary one. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), "kubemu-"));
}

/** Runs all, `width` of them at a time. */
export async function inParallel<T>(width: number, work: readonly (() => Promise<T>)[]): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  const worker = async () => {
    for (let i = next++; i < work.length; i = next++) results[i] = await work[i]!();
  };
  await Promise.all(Array.from({ length: width }, worker));
  return results;
}

/** True for the runs that take minutes: `npm run test:nightly`. */
export const NIGHTLY = process.env.KUBEMU_NIGHTLY === "1";
