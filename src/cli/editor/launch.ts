import { goQuote } from "../../api/encoding/go-quote.ts";
import { type CommandContext, CommandError } from "../command.ts";
import { temporaryPath } from "../temporary.ts";

/** `$KUBE_EDITOR`, `$EDITOR` or vi, as the words of a command; a text with quotes goes to the shell. Models editor.NewDefaultEditor. */
function editorOf(env: Readonly<Record<string, string | undefined>>): { words: string[]; shell: boolean } {
  const editor = env.KUBE_EDITOR || env.EDITOR || "vi";
  if (!editor.includes(" ")) return { words: [editor], shell: false };
  if (!/["'\\]/.test(editor)) return { words: editor.split(" "), shell: false };
  return { words: [env.SHELL || "/bin/bash", "-c", editor], shell: true };
}

/**
 * Lets the user edit a text in a file of its own, which stays. Throws CommandError when the editor fails.
 * Models kubectl pkg/cmd/util/editor (LaunchTempFile, Launch).
 */
export async function editText(
  text: string,
  suffix: string,
  context: CommandContext,
): Promise<{ text: string; path: string }> {
  const path = temporaryPath("kubectl-edit-", suffix, context);
  // Nobody else's file of that name is written to.
  context.files.writeNew(path, text, 0o600);
  // The editor has the terminal to itself, and what was done before it is done.
  await context.flush();
  const { words, shell } = editorOf(context.processes.env);
  const [program = "", ...args] = shell
    ? [...words.slice(0, -1), `${words.at(-1)} ${goQuote(path)}`]
    : [...words, path];
  let status: number;
  try {
    status = context.processes.run(program, args).status;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" && !program.includes("/")) {
      throw new CommandError(`unable to launch the editor ${goQuote(words.join(" "))}`);
    }
    if (code !== undefined) throw editorFailed(words);
    throw error;
  }
  if (status !== 0) throw editorFailed(words);
  return { text: context.files.read(path).toString("utf8"), path };
}

function editorFailed(words: readonly string[]): CommandError {
  return new CommandError(`there was a problem with the editor ${goQuote(words.join(" "))}`);
}
