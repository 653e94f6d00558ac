import { goQuote } from "../../../api/encoding/go-quote.ts";
import type { KubeconfigContext } from "../../../api/kubeconfig.ts";
import { CommandError, defineCommand } from "../../command.ts";
import type { FlagValues } from "../../flags/values.ts";
import { openKubeconfig } from "../../kubeconfig/access.ts";
import { helpError } from "../../kubeconfig/help-error.ts";

/** Models kubectl pkg/cmd/config/set_context.go. */
export default defineCommand<{ name: string; current: boolean; flags: FlagValues }>({
  async complete(invocation, context) {
    if (invocation.args.length > 1) throw await helpError(invocation, context);
    const { flags, args } = invocation;
    return { name: args[0] ?? "", current: flags.bool("current"), flags };
  },
  validate({ name, current }) {
    if (name === "" && !current) throw new CommandError("you must specify a non-empty context name or --current");
    if (name !== "" && current) throw new CommandError("you cannot specify both a context name and --current");
  },
  async run({ name, current, flags }, context) {
    const { config, save } = await openKubeconfig(flags, context);
    if (current && config["current-context"] === "") throw new CommandError("no current context is set");
    const target = current ? config["current-context"] : name;
    const known = config.contexts.find((one) => one.name === target);
    const changed: KubeconfigContext = { ...known?.context };
    for (const field of ["cluster", "user", "namespace"] as const) {
      if (flags.changed(field)) changed[field] = flags.string(field);
    }
    const others = config.contexts.filter((one) => one !== known);
    await save({ ...config, contexts: [...others, { name: target, context: changed }] });
    context.streams.out.write(`Context ${goQuote(target)} ${known ? "modified" : "created"}.\n`);
  },
});
