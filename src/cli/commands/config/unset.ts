import { goQuote } from "../../../api/encoding/go-quote.ts";
import { CommandError, defineCommand } from "../../command.ts";
import type { FlagValues } from "../../flags/values.ts";
import { openKubeconfig } from "../../kubeconfig/access.ts";
import { helpError } from "../../kubeconfig/help-error.ts";
import { changeProperty } from "../../kubeconfig/property.ts";

/** Models kubectl pkg/cmd/config/unset.go. */
export default defineCommand<{ name: string; flags: FlagValues }>({
  async complete(invocation, context) {
    if (invocation.args.length !== 1) throw await helpError(invocation, context);
    return { name: invocation.args[0]!, flags: invocation.flags };
  },
  validate({ name }) {
    if (name === "") throw new CommandError("you must specify a property");
  },
  async run({ name, flags }, context) {
    const { config, save } = await openKubeconfig(flags, context);
    changeProperty(config, name, undefined);
    await save(config);
    context.streams.out.write(`Property ${goQuote(name)} unset.\n`);
  },
});
