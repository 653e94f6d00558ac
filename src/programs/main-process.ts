import { decodeText } from "../api/encoding/text.ts";
import { instanceOf, restartsOf } from "../api/kinds/pod/runtime.ts";
import { containersOf } from "../api/kinds/pod/state.ts";
import type { Snapshot } from "../api/snapshot.ts";
import type { Container, Pod } from "../api/types/core.ts";
import { behindEntryScript, commandOf, processOf } from "../images/catalogue.ts";
import type { Effect } from "../network/effects.ts";
import { statusOf } from "./container-log.ts";

/** Containers of a pod whose main process is a program that is still to be run, in that manner. */
export function pendingPrograms(snapshot: Snapshot, pod: Pod, manner: "atStart" | "attached"): Container[] {
  return containersOf(pod).filter((container) => {
    const { lifetime } = processOf(snapshot, pod, container);
    return "runs" in lifetime && lifetime.program === manner && pending(snapshot, pod, container);
  });
}

function pending(snapshot: Snapshot, pod: Pod, { name }: Container): boolean {
  const running = statusOf(pod, name)?.state?.running;
  return running !== undefined && instanceOf(snapshot, pod, name)?.exit === undefined;
}

/** The command line of a container's main process, without the image's own wrapper around it. */
export function mainCommand(snapshot: Snapshot, container: Container): string[] {
  const argv = commandOf(snapshot, container);
  const program = [...behindEntryScript(argv)];
  // curlimages/curl: `curl` stands before arguments that begin with a dash, as most entry scripts do.
  return argv[0] === "/entrypoint.sh" && program[0]?.startsWith("-") ? ["curl", ...program] : program;
}

/** Collects what a main process prints, as the lines of its container's log. */
export class LogCollector {
  private readonly pod: Pod;
  private readonly container: string;
  private readonly at: number;
  private readonly parts: { stream: "stdout" | "stderr"; text: string }[] = [];

  constructor(pod: Pod, container: string, at: number) {
    this.pod = pod;
    this.container = container;
    this.at = at;
  }

  add(stream: "stdout" | "stderr", data: string | Uint8Array): void {
    const text = typeof data === "string" ? data : decodeText(data);
    const last = this.parts.at(-1);
    if (last?.stream === stream) last.text += text;
    else this.parts.push({ stream, text });
  }

  effects(): Effect[] {
    const { namespace = "default", name = "", uid = "" } = this.pod.metadata;
    return this.parts
      .filter(({ text }) => text !== "")
      .map(({ stream, text }) => ({
        kind: "log",
        namespace,
        pod: name,
        podUid: uid,
        container: this.container,
        stream,
        lines: (text.endsWith("\n") ? text.slice(0, -1) : text).split("\n"),
        ...(text.endsWith("\n") ? {} : { open: true }),
        at: this.at,
      }));
  }

  /** The main process has ended. */
  exit(code: number): Effect {
    const { namespace = "default", name = "", uid = "" } = this.pod.metadata;
    const { container, at } = this;
    return {
      kind: "exit",
      namespace,
      pod: name,
      podUid: uid,
      container,
      restart: restartsOf(this.pod, container),
      code,
      at,
    };
  }
}
