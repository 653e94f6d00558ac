import { recordLine, recordTarget } from "../admin/record/record.ts";
import { decodeText } from "../api/encoding/text.ts";
import { goErrno } from "../platform/errno.ts";
import type { OutputStream, Platform, Streams } from "../platform/platform.ts";
import { type RunDependencies, runCommandLine } from "./run.ts";

/**
 * `runCommandLine`, and a line in the log when `kubemu record` keeps one for this state file: what was printed is printed as ever, and
 * told there too. `kubemu record` itself is not logged.
 */
export async function runRecorded(
  argv: readonly string[],
  dependencies: RunDependencies,
  stateFile: string,
): Promise<number> {
  const { platform } = dependencies;
  const log = argv[0] === "record" ? undefined : recordTarget(platform.files, stateFile);
  if (log === undefined) return await runCommandLine(argv, dependencies);
  const began = platform.clock.now();
  let stdout = "";
  let stderr = "";
  // All but the two outputs is the real streams' own.
  const streams: Streams = Object.create(platform.streams, {
    out: { value: copying(platform.streams.out, (text) => (stdout += text)) },
    err: { value: copying(platform.streams.err, (text) => (stderr += text)) },
  });
  const copied: Platform = { ...platform, streams };
  const status = await runCommandLine(argv, { ...dependencies, platform: copied });
  try {
    platform.files.append(log, recordLine(began, argv, status, stdout, stderr));
  } catch (error) {
    const reason = goErrno(error);
    if (reason === undefined) throw error;
    platform.streams.err.write(`error: cannot write the log ${log}: ${reason}\n`);
    return status === 0 ? 1 : status;
  }
  return status;
}

function copying(stream: OutputStream, keep: (text: string) => void): OutputStream {
  return {
    get isTerminal() {
      return stream.isTerminal;
    },
    get columns() {
      return stream.columns;
    },
    write(text) {
      keep(typeof text === "string" ? text : decodeText(text));
      stream.write(text);
    },
  };
}
