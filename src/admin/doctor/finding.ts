import type { KubeObject } from "../../api/object.ts";
import type { Snapshot } from "../../api/snapshot.ts";
import type { Service } from "../../api/types/core.ts";

/** `error`: something does not work. `hint`: it works, but not in the way that people often try. */
export type Severity = "error" | "hint";

/** One thing that the doctor has to say. */
export interface Finding {
  severity: Severity;
  /** What kind of thing it is, for scripts: `selector-matches-nothing`. */
  code: string;
  /** What it is about: `service/web`, `pod/web-1`, `deployment/coredns`. */
  object: string;
  /** "" for what has none. */
  namespace: string;
  problem: string;
  /** Command lines that mend it, or that show more where only a person can tell. */
  fix: string[];
}

/** One Service under examination. */
export interface Case {
  snapshot: Snapshot;
  service: Service;
  name: string;
  namespace: string;
  /** The namespace that a command line without `-n` means. */
  currentNamespace: string;
}

/** Makes findings about one object. */
export type Make = (code: string, problem: string, ...fix: string[]) => Finding;

/** A finding about the Service itself. */
export function about(
  { name, namespace }: Case,
  severity: Severity,
  code: string,
  problem: string,
  ...fix: string[]
): Finding {
  return { severity, code, object: `service/${name}`, namespace, problem, fix };
}

/** ` -n shop` where the namespace is not the current one. */
export function inNamespace({ namespace, currentNamespace }: Pick<Case, "namespace" | "currentNamespace">): string {
  return namespace === currentNamespace ? "" : ` -n ${namespace}`;
}

/** A word as a POSIX shell reads it back. */
export function shellWord(text: string): string {
  return /^[A-Za-z0-9_./:=@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** `kubectl patch service web -p '…'`. */
export function patchService(subject: Case, patch: unknown, ...flags: string[]): string {
  const extra = flags.map((flag) => ` ${flag}`).join("");
  return `kubectl patch service ${subject.name}${inNamespace(subject)}${extra} -p ${shellWord(JSON.stringify(patch))}`;
}

/** A JSON patch that replaces one field of a port. */
export function replacePort(subject: Case, index: number, field: string, value: unknown): string {
  return patchService(subject, [{ op: "replace", path: `/spec/ports/${index}/${field}`, value }], "--type=json");
}

/** `printf %s '…' | kubectl apply -f -`: an object as one line that can be typed. */
export function applyObject(object: KubeObject): string {
  return `printf %s ${shellWord(JSON.stringify(object))} | kubectl apply -f -`;
}
