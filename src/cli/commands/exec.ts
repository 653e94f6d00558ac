import { CommandError, defineCommand, UsageError } from "../command.ts";
import { podRunningTimeout } from "../pod-programs/attachable-pod.ts";
import { execContainer, notStarted, requireRunning, terminated } from "../pod-programs/exec-target.ts";
import { execute, NoSuchProgram } from "../pod-programs/execute.ts";
import { filenameOptions } from "../resources/files.ts";

interface Options {
  name: string;
  command: string[];
  container: string;
  stdin: boolean;
  tty: boolean;
  quiet: boolean;
  timeout: number;
  files: ReturnType<typeof filenameOptions>;
}

/** `exec`. Models kubectl pkg/cmd/exec/exec.go. */
export default defineCommand<Options>({
  complete({ path, args, argsLenAtDash, flags }) {
    const files = filenameOptions(flags);
    const named = args.length > 0 && argsLenAtDash !== 0;
    if (argsLenAtDash < 0 && (args.length > 1 || (args.length > 0 && files.filenames.length > 0)))
      throw new UsageError(path, "exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead");
    return {
      name: named ? args[0]! : "",
      command: argsLenAtDash < 0 ? [] : args.slice(argsLenAtDash),
      container: flags.string("container"),
      stdin: flags.bool("stdin"),
      tty: flags.bool("tty"),
      quiet: flags.bool("quiet"),
      timeout: podRunningTimeout(path, flags),
      files,
    };
  },
  validate({ name, command, files }) {
    if (name === "" && files.filenames.length === 0)
      throw new CommandError("pod, type/name or --filename must be specified");
    if (command.length === 0) throw new CommandError("you must specify at least one command for the container");
  },
  async run(options, context) {
    const { attachablePod } = await import("../pod-programs/attachable-pod.ts");
    const pod = await attachablePod(options, context);
    const container = execContainer(pod, options.container, options.quiet, context);
    const terminal = options.tty && options.stdin && context.streams.inputIsTerminal;
    if (options.tty && options.stdin && !terminal && !options.quiet)
      context.streams.err.write("Unable to use a TTY - input is not a terminal or the right kind of file\n");
    requireRunning(pod, container.name);
    const { command, stdin } = options;
    try {
      const status = await execute(
        { target: { kind: "container", pod, container }, command, stdin, terminal },
        context,
      );
      if (status !== 0) throw terminated(status);
    } catch (error) {
      if (error instanceof NoSuchProgram) throw await notStarted(error, pod, context);
      throw error;
    }
  },
});
