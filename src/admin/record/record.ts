import { timestamp } from "../../api/snapshot.ts";
import type { Files } from "../../platform/platform.ts";
import { unlinkIfPossible } from "../../store/lock.ts";

/** One line of the log. */
export interface RecordedCommand {
  /** RFC 3339: when it began. */
  time: string;
  /** Without the program's name. */
  argv: readonly string[];
  exit: number;
  stdout: string;
  stderr: string;
}

/**
 * Where the commands on a state file are logged: a mark beside it, `state.json.record`, that holds the log's path. Beside and not inside,
 * so that a command that never opens the cluster (help, a wrong flag) is logged too, and `kubemu reset` changes nothing about it.
 */
function recordMark(stateFile: string): string {
  return `${stateFile}.record`;
}

/** The log's path; undefined when none is kept. A disk that cannot be read is told by the command itself, in its own words. */
export function recordTarget(files: Files, stateFile: string): string | undefined {
  const mark = recordMark(stateFile);
  try {
    return files.exists(mark) ? files.read(mark).toString("utf8").trimEnd() : undefined;
  } catch {
    return undefined;
  }
}

export function startRecord(files: Files, stateFile: string, log: string): void {
  const mark = recordMark(stateFile);
  const folder = mark.slice(0, mark.lastIndexOf("/"));
  if (folder !== "" && !files.exists(folder)) files.mkdir(folder, 0o700);
  // It must be possible to write there before a command depends on it.
  files.append(log, "");
  try {
    files.write(mark, `${log}\n`, 0o600);
  } catch (error) {
    unlinkIfPossible(files, mark);
    throw error;
  }
}

/** The log's path; undefined when none was kept. */
export function stopRecord(files: Files, stateFile: string): string | undefined {
  const log = recordTarget(files, stateFile);
  if (log !== undefined) files.unlink(recordMark(stateFile));
  return log;
}

export function recordLine(
  began: number,
  argv: readonly string[],
  exit: number,
  stdout: string,
  stderr: string,
): string {
  const line: RecordedCommand = { time: timestamp(began), argv, exit, stdout, stderr };
  return `${JSON.stringify(line)}\n`;
}
