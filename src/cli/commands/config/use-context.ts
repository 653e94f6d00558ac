import { goQuote } from "../../../api/encoding/go-quote.ts";
import { CommandError, defineCommand } from "../../command.ts";
import type { FlagValues } from "../../flags/values.ts";
import { openKubeconfig } from "../../kubeconfig/access.ts";
import { helpError } from "../../kubeconfig/help-error.ts";

/** Models kubectl pkg/cmd/config/use_context.go. */
export default defineCommand<{ name: string; flags: FlagValues }>({
  async complete(invocation, context) {
    if (invocation.args.length !== 1) throw await helpError(invocation, context);
    return { name: invocation.args[0]!, flags: invocation.flags };
  },
  async run({ name, flags }, context) {
    const access = await openKubeconfig(flags, context);
    if (name === "") throw new CommandError("empty context names are not allowed");
    if (!access.config.contexts.some((one) => one.name === name)) {
      throw new CommandError(`no context exists with the name: ${goQuote(name)}`);
    }
    await access.save({ ...access.config, "current-context": name });
    context.streams.out.write(`Switched to context ${goQuote(name)}.\n`);
  },
});
