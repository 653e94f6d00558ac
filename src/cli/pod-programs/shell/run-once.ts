import { decodeText, encodeText } from "../../../api/encoding/text.ts";
import type { RunNetwork } from "../../../programs/network-port.ts";
import type { Place } from "../../../programs/place.ts";
import { Shell } from "./shell.ts";

/** Runs one command of the shell's library in a place, at one instant. */
export async function runOnce(
  argv: readonly string[],
  at: { place: Place; network: RunNetwork; env: Readonly<Record<string, string>>; cwd: string; stdin: string },
): Promise<{ status: number; stdout: string; stderr: string }> {
  const { place, network, env, cwd, stdin } = at;
  const open = { place: { ...place, env, cwd }, network, snapshot: network.snapshot(), save: async () => {} };
  const shell = await Shell.start("sh", open, async () => {});
  const [name = "", ...args] = argv;
  const { stdout, stderr, status } = await shell.run(name, { args, stdin: encodeText(stdin) });
  return { stdout: decodeText(stdout), stderr, status };
}
