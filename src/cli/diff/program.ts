import { goErrno } from "../../platform/errno.ts";
import type { CommandContext } from "../command.ts";
import { CommandError } from "../command.ts";
import { SilentExit } from "../errors.ts";

/**
 * Compares two folders with `diff -u -N` or $KUBECTL_EXTERNAL_DIFF. Throws SilentExit(1) when they differ, CommandError when the
 * program fails. Models DiffProgram of kubectl pkg/cmd/diff/diff.go.
 */
export async function runDiff(from: string, to: string, context: CommandContext): Promise<void> {
  const { env } = context.processes;
  let program = "diff";
  let args = ["-u", "-N", from, to];
  if (env.KUBECTL_EXTERNAL_DIFF) {
    const [first = "", ...words] = env.KUBECTL_EXTERNAL_DIFF.split(" ");
    program = first;
    args = [from, to, ...words.filter((word) => /^[a-zA-Z0-9-=]+$/.test(word))];
  }
  await context.flush();
  let status: number;
  try {
    status = context.processes.run(program, args).status;
  } catch (error) {
    throw new CommandError(`failed to run "${program}": ${startProblem(program, error)}`);
  }
  if (status === 1) throw new SilentExit(1);
  if (status !== 0) throw new CommandError(`failed to run "${program}": exit status ${status}`);
}

/** How k8s.io/utils/exec says that a program cannot be started. */
function startProblem(program: string, error: unknown): string {
  const why = goErrno(error);
  if (why === undefined) throw error;
  const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT";
  return isMissing && !program.includes("/") ? "executable file not found in $PATH" : `fork/exec ${program}: ${why}`;
}
