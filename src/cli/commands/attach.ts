import { isFinished } from "../../api/kinds/pod/state.ts";
import { notSimulated } from "../../api/status.ts";
import { CommandError, defineCommand } from "../command.ts";
import { attach } from "../pod-programs/attach.ts";
import { attachablePod, podRunningTimeout } from "../pod-programs/attachable-pod.ts";

interface Options {
  args: string[];
  container: string;
  stdin: boolean;
  tty: boolean;
  quiet: boolean;
  timeout: number;
}

/** `attach`. Models kubectl pkg/cmd/attach/attach.go. */
export default defineCommand<Options>({
  complete({ path, args, flags }) {
    if (flags.changed("detach-keys")) throw notSimulated("kubectl attach --detach-keys");
    return {
      args,
      container: flags.string("container"),
      stdin: flags.bool("stdin"),
      tty: flags.bool("tty"),
      quiet: flags.bool("quiet"),
      timeout: podRunningTimeout(path, flags),
    };
  },
  validate({ args }) {
    if (args.length === 0) throw new CommandError("at least 1 argument is required for attach");
    if (args.length > 2)
      throw new CommandError(
        `expected POD, TYPE/NAME, or TYPE NAME, (at most 2 arguments) saw ${args.length}: [${args.join(" ")}]`,
      );
  },
  async run(options, context) {
    const [first = "", second] = options.args;
    const pod = await attachablePod(
      { ...(second === undefined ? { name: first } : { resource: first, name: second }), timeout: options.timeout },
      context,
    );
    if (isFinished(pod))
      throw new CommandError(`cannot attach a container in a completed pod; current phase is ${pod.status!.phase}`);
    await attach(pod, options, context);
  },
});
