import { compareStrings } from "../../api/json.ts";
import { defineCommand, type Invocation, UsageError } from "../command.ts";
import { groupVersions } from "../discovery.ts";

/** Models kubectl pkg/cmd/apiresources/apiversions.go. */
export default defineCommand<Invocation>({
  complete(invocation) {
    const { args, path } = invocation;
    if (args.length > 0) throw new UsageError(path, `unexpected arguments: [${args.join(" ")}]`);
    return invocation;
  },
  async run(_, context) {
    const versions = await groupVersions(context.client);
    context.streams.out.write(
      versions
        .sort(compareStrings)
        .map((version) => `${version}\n`)
        .join(""),
    );
  },
});
