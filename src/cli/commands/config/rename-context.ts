import { goQuote } from "../../../api/encoding/go-quote.ts";
import { CommandError, defineCommand } from "../../command.ts";
import type { FlagValues } from "../../flags/values.ts";
import { openKubeconfig } from "../../kubeconfig/access.ts";
import { helpError } from "../../kubeconfig/help-error.ts";

/** Models kubectl pkg/cmd/config/rename_context.go. */
export default defineCommand<{ from: string; to: string; flags: FlagValues }>({
  async complete(invocation, context) {
    if (invocation.args.length !== 2) throw await helpError(invocation, context);
    return { from: invocation.args[0]!, to: invocation.args[1]!, flags: invocation.flags };
  },
  validate({ to }) {
    if (to === "") throw new CommandError("You must specify a new non-empty context name");
  },
  async run({ from, to, flags }, context) {
    const { config, file, save } = await openKubeconfig(flags, context);
    const has = (name: string) => config.contexts.some((one) => one.name === name);
    if (!has(from)) throw new CommandError(`cannot rename the context ${goQuote(from)}, it's not in ${file}`);
    if (has(to)) {
      throw new CommandError(
        `cannot rename the context ${goQuote(from)}, the context ${goQuote(to)} already exists in ${file}`,
      );
    }
    const contexts = config.contexts.map((one) => (one.name === from ? { ...one, name: to } : one));
    const current = config["current-context"] === from ? to : config["current-context"];
    await save({ ...config, contexts, "current-context": current });
    context.streams.out.write(`Context ${goQuote(from)} renamed to ${goQuote(to)}.\n`);
  },
});
