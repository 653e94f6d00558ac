import { getKey } from "../api/json.ts";
import type { Program } from "./program.ts";

/** printenv of coreutils: all variables, or the values of those named; 1 when one of them is not set. */
export const program: Program = {
  async run(argv, context) {
    const ends = argv[0] === "-0" || argv[0] === "--null" ? "\0" : "\n";
    const names = ends === "\0" ? argv.slice(1) : argv;
    if (names.length === 0) {
      for (const [name, value] of Object.entries(context.env)) context.out(`${name}=${value}${ends}`);
      return 0;
    }
    let status = 0;
    for (const name of names) {
      const value = getKey(context.env, name);
      if (typeof value === "string") context.out(`${value}${ends}`);
      else status = 1;
    }
    return status;
  },
};
