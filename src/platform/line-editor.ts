import type { LineEditor } from "./platform.ts";

/**
 * What of a text stands on the terminal's last row, where the cursor is behind it; undefined where that cannot be said: the text fills the
 * row, or not each character of it takes one column.
 */
export function lastRow(text: string, columns: number): string | undefined {
  if (text === "") return "";
  if (!/^[ -~]*$/.test(text)) return undefined;
  return text.slice(text.length - (text.length % columns)) || undefined;
}

/** Lines typed at this terminal, with a history for the session. Ctrl-C drops the line. */
export function editLines(): LineEditor {
  const { createInterface } = process.getBuiltinModule("node:readline");
  const editor = createInterface({ input: process.stdin, output: process.stdout, terminal: true });
  let closed = false;
  const ended = new Promise<undefined>((resolve) =>
    editor.once("close", () => {
      closed = true;
      resolve(undefined);
    }),
  );
  return {
    read(prompt, before = "") {
      if (closed) return Promise.resolve(undefined);
      const line = new Promise<string | undefined>((resolve) => {
        const interrupted = () => {
          process.stdout.write("^C\n");
          editor.off("line", entered);
          resolve("");
        };
        const entered = (text: string) => {
          editor.off("SIGINT", interrupted);
          resolve(text);
        };
        editor.once("SIGINT", interrupted);
        editor.once("line", entered);
        // The editor draws its row anew from the first column on.
        const row = lastRow(before, process.stdout.columns || 80);
        if (row === undefined) process.stdout.write("\n");
        editor.setPrompt((row ?? "") + prompt);
        editor.prompt();
      });
      return Promise.race([line, ended]);
    },
    close() {
      editor.close();
      process.stdin.unref?.();
    },
  };
}
