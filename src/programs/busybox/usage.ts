import { Exit } from "../exit.ts";
import type { ProgramContext } from "../program.ts";

/** The first line of BusyBox's own messages of usage (Debian 12, as recorded). */
const BANNER = "BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.";

/** Models bb_show_usage of BusyBox 1.35 libbb/appletlib.c: an applet's usage, then exit 1. */
export function showUsage(context: ProgramContext, usage: string): never {
  context.err(`${BANNER}\n\nUsage: ${usage}\n`);
  throw new Exit(1);
}
