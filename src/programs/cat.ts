import { notSimulated } from "../api/status.ts";
import type { Program, ProgramContext } from "./program.ts";

/** cat, with the words of coreutils or of BusyBox for what cannot be read. */
function cat(missing: (path: string, why: string) => string): Program {
  return {
    async run(argv, context) {
      const paths = argv.filter((word) => word !== "-u" && word !== "--");
      const option = paths.find((word) => /^-./.test(word));
      if (option !== undefined) {
        if (/^-[AbeEnstTv]+$/.test(option) || option.startsWith("--")) throw notSimulated(`cat ${option}`);
        context.err(`cat: invalid option -- '${option.charAt(1)}'\nTry 'cat --help' for more information.\n`);
        return 1;
      }
      let status = 0;
      for (const path of paths.length > 0 ? paths : ["-"]) {
        const text = path === "-" ? await context.stdin() : read(context, path);
        if (typeof text === "string") {
          context.err(missing(path, text));
          status = 1;
        } else context.out(text);
      }
      return status;
    },
  };
}

function read(context: ProgramContext, path: string): Uint8Array | string {
  if (context.files.isDirectory(path)) return "Is a directory";
  return context.files.read(path) ?? "No such file or directory";
}

export const program: Program = cat((path, why) => `cat: ${path}: ${why}\n`);

/** BusyBox opens a directory as it opens a file, and fails at reading it. */
export const busybox: Program = cat((path, why) =>
  why === "Is a directory" ? `cat: read error: ${why}\n` : `cat: can't open '${path}': ${why}\n`,
);
