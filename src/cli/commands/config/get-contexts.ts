import { compareStrings } from "../../../api/json.ts";
import { TABLE_LAYOUT, TabWriter } from "../../../printers/tabwriter.ts";
import { CommandError, defineCommand, type Invocation } from "../../command.ts";
import { throwAll } from "../../errors.ts";
import { openKubeconfig } from "../../kubeconfig/access.ts";
import { objectWriter } from "../../output/object-writer.ts";

/** Models kubectl pkg/cmd/config/get_contexts.go. */
export default defineCommand<Invocation>({
  complete(invocation) {
    const output = invocation.flags.string("output");
    if (output !== "" && output !== "name") {
      throw new CommandError(
        `--output ${output} is not available in kubectl config get-contexts; resetting to default output format`,
      );
    }
    return invocation;
  },
  async run({ flags, args }, context) {
    const { config } = await openKubeconfig(flags, context);
    const nameOnly = flags.string("output") === "name";
    const known = new Map(config.contexts.map((one) => [one.name, one.context]));
    const errors = args.filter((name) => !known.has(name)).map((name) => new CommandError(`context ${name} not found`));
    const names = args.length === 0 ? [...known.keys()] : args.filter((name) => known.has(name));
    const tabs = new TabWriter(objectWriter(context.streams), TABLE_LAYOUT);
    if (!nameOnly && !flags.bool("no-headers")) tabs.write("CURRENT\tNAME\tCLUSTER\tAUTHINFO\tNAMESPACE\n");
    for (const name of names.sort(compareStrings)) {
      const { cluster = "", user = "", namespace = "" } = known.get(name)!;
      const current = config["current-context"] === name ? "*" : " ";
      tabs.write(nameOnly ? `${name}\n` : `${[current, name, cluster, user, namespace].join("\t")}\n`);
    }
    tabs.flush();
    throwAll(errors);
  },
});
