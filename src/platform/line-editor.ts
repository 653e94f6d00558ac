import type { LineEditor } from "./platform.ts";

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
    read(prompt) {
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
        editor.setPrompt(prompt);
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
