import { keyedInt } from "../api/keyed-random.ts";
import type { CommandContext } from "./command.ts";

/** A path in the folder for temporary files that nothing has yet: Go's os.CreateTemp and os.MkdirTemp, without creating it. */
export function temporaryPath(
  prefix: string,
  suffix: string,
  { files, processes, clock }: Pick<CommandContext, "files" | "processes" | "clock">,
): string {
  const folder = (processes.env.TMPDIR || "/tmp").replace(/(.)\/+$/, "$1");
  for (let attempt = 0; ; attempt++) {
    const number = keyedInt(4_000_000_000, "temporary", prefix, processes.pid, clock.now(), attempt);
    const path = `${folder}/${prefix}${number}${suffix}`;
    if (!files.exists(path)) return path;
  }
}
