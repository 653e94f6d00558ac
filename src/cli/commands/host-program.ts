import { SHIM_FOLDER } from "../../admin/env/shims.ts";
import { defineCommand } from "../command.ts";
import { openPlace, ownStreams, runProgram } from "../pod-programs/run-program.ts";

interface Options {
  name: string;
  argv: readonly string[];
}

/** `kubemu curl …`, `kubemu dig …`: a program on the machine that the user types on, its arguments undigested. */
export default defineCommand<Options>({
  complete: ({ path, args }) => ({ name: path, argv: args }),
  async run({ name, argv }, context) {
    const open = await openPlace({ kind: "host" }, context);
    if (context.processes.env[SHIM_FOLDER]) {
      const { handOver } = await import("../real-program.ts");
      const status = await handOver(name, argv, open, context);
      if (status !== undefined) return status;
    }
    return await runProgram(name, argv, open, ownStreams(context, true));
  },
});
