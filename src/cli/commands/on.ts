import { defineCommand, UsageError } from "../command.ts";
import { execute, NoSuchProgram } from "../pod-programs/execute.ts";
import { targetOf } from "../pod-programs/place-argument.ts";

interface Options {
  place: string;
  container: string;
  command: string[];
}

/** `kubemu on host|node/NAME|pod/NAME -- PROGRAM …`: a program as it would be typed in a shell on that machine. */
export default defineCommand<Options>({
  complete({ path, args, argsLenAtDash, flags }) {
    const usage = "expected 'on host|node/NAME|pod/NAME -- PROGRAM [args...]'";
    const command = argsLenAtDash < 0 ? args.slice(1) : args.slice(argsLenAtDash);
    const places = argsLenAtDash < 0 ? args.slice(0, 1) : args.slice(0, argsLenAtDash);
    if (places.length !== 1 || command.length === 0) throw new UsageError(path, usage);
    return { place: places[0]!, container: flags.string("container"), command };
  },
  async run({ place, container, command }, context) {
    const target = await targetOf(place, container, false, context);
    try {
      return await execute({ target, command, stdin: true, terminal: context.streams.inputIsTerminal }, context);
    } catch (error) {
      if (!(error instanceof NoSuchProgram)) throw error;
      const why = error.program.includes("/") ? "No such file or directory" : "command not found";
      context.streams.err.write(`bash: ${error.program}: ${why}\n`);
      return 127;
    }
  },
});
