import { compareStrings } from "../../../api/json.ts";
import { defineCommand, type Invocation } from "../../command.ts";
import { openKubeconfig } from "../../kubeconfig/access.ts";
import { objectWriter } from "../../output/object-writer.ts";

/** Models kubectl pkg/cmd/config/get_clusters.go. */
export default defineCommand<Invocation>({
  complete: (invocation) => invocation,
  async run({ flags }, context) {
    const { config } = await openKubeconfig(flags, context);
    const names = config.clusters.map((one) => one.name).sort(compareStrings);
    objectWriter(context.streams)(["NAME", ...names].map((line) => `${line}\n`).join(""));
  },
});
