import { goQuote } from "../../api/status.ts";
import type { Pod } from "../../api/types/core.ts";
import { type CommandContext, CommandError, defineCommand, UsageError } from "../command.ts";
import { chooseContainer } from "../pod-programs/containers.ts";
import { execute } from "../pod-programs/execute.ts";
import type { Target } from "../pod-programs/run-program.ts";

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
    const target = await targetOf(place, container, context);
    return await execute({ target, command, stdin: true, terminal: context.streams.inputIsTerminal }, context);
  },
});

async function targetOf(place: string, container: string, context: CommandContext): Promise<Target> {
  if (place === "host") return { kind: "host" };
  const [kind = "", name = ""] = place.split("/", 2);
  if (["node", "nodes", "no"].includes(kind) && name !== "") {
    await context.client.get("nodes", "", name);
    return { kind: "node", name };
  }
  if (["pod", "pods", "po"].includes(kind) && name !== "") {
    const pod = (await context.client.get("pods", context.namespace, name)) as Pod;
    return { kind: "container", pod, container: chooseContainer(pod, container, false, context) };
  }
  throw new CommandError(`unknown place ${goQuote(place)}: expected host, node/NAME or pod/NAME`);
}
