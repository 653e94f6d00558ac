import { CommandError, defineCommand, type Invocation } from "../../command.ts";
import { openKubeconfig } from "../../kubeconfig/access.ts";
import { objectWriter } from "../../output/object-writer.ts";

/** Models kubectl pkg/cmd/config/current_context.go. */
export default defineCommand<Invocation>({
  complete: (invocation) => invocation,
  async run({ flags }, context) {
    const { config } = await openKubeconfig(flags, context);
    if (config["current-context"] === "") throw new CommandError("current-context is not set");
    objectWriter(context.streams)(`${config["current-context"]}\n`);
  },
});
