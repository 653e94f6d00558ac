import { defineCommand } from "../command.ts";

/** `alpha`, which holds nothing in this release. Models kubectl pkg/cmd/alpha.go. */
export default defineCommand<null>({
  complete: () => null,
  run: async (_, context) => context.streams.err.write("No alpha commands are available in this version of kubectl\n"),
});
