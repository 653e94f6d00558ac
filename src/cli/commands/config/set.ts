import { goQuote } from "../../../api/encoding/go-quote.ts";
import { CommandError, defineCommand } from "../../command.ts";
import type { FlagValues } from "../../flags/values.ts";
import { openKubeconfig } from "../../kubeconfig/access.ts";
import { helpError } from "../../kubeconfig/help-error.ts";
import { changeProperty } from "../../kubeconfig/property.ts";

/** Models kubectl pkg/cmd/config/set.go. */
export default defineCommand<{ name: string; value: string; flags: FlagValues }>({
  async complete(invocation, context) {
    if (invocation.args.length !== 2) throw await helpError(invocation, context);
    return { name: invocation.args[0]!, value: invocation.args[1]!, flags: invocation.flags };
  },
  validate({ name, value }) {
    if (value === "") throw new CommandError("you cannot use set to unset a property");
    if (name === "") throw new CommandError("you must specify a property");
  },
  async run({ name, value, flags }, context) {
    const { config, save } = await openKubeconfig(flags, context);
    changeProperty(config, name, value, flags.bool("set-raw-bytes"));
    await save(config);
    context.streams.out.write(`Property ${goQuote(name)} set.\n`);
  },
});
