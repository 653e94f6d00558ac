import { notSimulated } from "../api/status.ts";
import type { Program } from "./program.ts";

/** env of coreutils without a command: the environment, a line a variable, in the process's own order. */
export const program: Program = {
  async run(argv, context) {
    const changed = new Map(Object.entries(context.env));
    for (let i = 0; i < argv.length; i++) {
      const word = argv[i] ?? "";
      if (word === "-i" || word === "-" || word === "--ignore-environment") changed.clear();
      else if (word === "-u") changed.delete(argv[++i] ?? "");
      else if (/^[^-=][^=]*=/.test(word))
        changed.set(word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1));
      else if (/^-[^-0iuCSv]/.test(word)) {
        context.err(`env: invalid option -- '${word.charAt(1)}'\nTry 'env --help' for more information.\n`);
        return 125;
      } else throw notSimulated(`env ${word}`);
    }
    for (const [name, value] of changed) context.out(`${name}=${value}\n`);
    return 0;
  },
};
