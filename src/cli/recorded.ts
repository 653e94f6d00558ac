import { recordLine, recordTarget } from "../admin/record/record.ts";
import { decodeText } from "../api/encoding/text.ts";
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
  const streams = new CopiedStreams(platform.streams);
  const copied: Platform = { ...platform, streams };
  const status = await runCommandLine(argv, { ...dependencies, platform: copied });
  try {
    platform.files.append(log, recordLine(began, argv, status, streams.stdout, streams.stderr));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    platform.streams.err.write(`error: cannot write the log ${log}: ${code}\n`);
    return status === 0 ? 1 : status;
  }
  return status;
}

/** Streams that keep a copy of what is written. */
class CopiedStreams implements Streams {
  readonly out: OutputStream;
  readonly err: OutputStream;
  stdout = "";
  stderr = "";
  readonly #real: Streams;

  constructor(real: Streams) {
    this.#real = real;
    this.out = copying(real.out, (text) => {
      this.stdout += text;
    });
    this.err = copying(real.err, (text) => {
      this.stderr += text;
    });
  }

  get inputIsTerminal(): boolean {
    return this.#real.inputIsTerminal;
  }
  readInput(): Promise<Buffer> {
    return this.#real.readInput();
  }
  readLine(): ReturnType<Streams["readLine"]> {
    return this.#real.readLine();
  }
  get input(): NodeJS.ReadStream {
    return this.#real.input;
  }
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
