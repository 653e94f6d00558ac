import { type CommandContext, CommandError, type Invocation } from "../command.ts";

/** Shows the command's help on stdout; the error goes after it. Models kubectl pkg/cmd/config/config.go (helpErrorf). */
export async function helpError(
  invocation: Invocation,
  context: CommandContext,
  message = `Unexpected args: [${invocation.args.join(" ")}]`,
): Promise<CommandError> {
  const { renderHelp } = await import("../help/render.ts");
  context.streams.out.write(await renderHelp(invocation.path));
  return new CommandError(message);
}
