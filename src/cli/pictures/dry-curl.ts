import { decodeText } from "../../api/encoding/text.ts";
import { findProgram, WORKSTATION } from "../../programs/catalogue.ts";
import type { CommandContext } from "../command.ts";
import { type OpenPlace, openPlace, programContext, type Target } from "../pod-programs/run-program.ts";

/** How curl would end. */
export interface CurlRun {
  exit: number;
  /** Of the HTTP answer; absent where there is none. */
  status?: number;
  /** What `-sS` prints on stderr, without the line's end. */
  message?: string;
}

/** Runs `curl -sS URL` somewhere, even in a pod that has none, and stores nothing of it. */
export async function dryCurl(
  url: string,
  target: Target,
  context: CommandContext,
): Promise<{ open: OpenPlace; curl: CurlRun }> {
  const open = await openPlace(target, context);
  const program = (await findProgram("curl", WORKSTATION))!;
  let out = "";
  let err = "";
  const streams = {
    out: (text: string | Uint8Array) => {
      out += typeof text === "string" ? text : decodeText(text);
    },
    err: (text: string) => {
      err += text;
    },
    stdin: async () => new Uint8Array(),
    isTerminal: false,
  };
  const exit = await program.run(["-sS", "-w", "\n%{http_code}", url], { ...programContext(open, streams), env: {} });
  const status = Number(out.slice(out.lastIndexOf("\n") + 1));
  const message = err.trimEnd();
  return { open, curl: { exit, ...(status > 0 ? { status } : {}), ...(message === "" ? {} : { message }) } };
}
