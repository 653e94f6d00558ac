import { changeCause, withCause } from "../../change-cause.ts";
import { CommandError, defineCommand } from "../../command.ts";
import { dryRunOf, operationText } from "../../output/dry-run.ts";
import { objectPrinter } from "../../output/object-printer.ts";
import type { ResourceInfo } from "../../resources/visitor.ts";
import { findForSet, patchEach, podSpecOf, refuseServerWithLocal, type SetOptions } from "../../set/pod-templates.ts";

interface ServiceAccountOptions extends SetOptions {
  name: string;
  infos: ResourceInfo[];
}

/** `set serviceaccount`. Models kubectl pkg/cmd/set/set_serviceaccount.go. */
export default defineCommand<ServiceAccountOptions>({
  async complete(invocation, context) {
    const { flags, args } = invocation;
    const dryRun = dryRunOf(flags, context);
    const early = { flags, resources: args.slice(0, -1), dryRun, print: async () => {} };
    refuseServerWithLocal(early);
    const print = await objectPrinter(flags, context, operationText("serviceaccount updated", dryRun), "typed");
    context.checkNamespace();
    if (args.length === 0) throw new CommandError("serviceaccount is required");
    // What is named beside --local is not looked at.
    const resources = flags.bool("local") ? [] : early.resources;
    const options = { ...early, resources, print, name: args[args.length - 1]!, cause: changeCause(invocation) };
    return { ...options, infos: await findForSet(options, context) };
  },
  async run(options, context) {
    await patchEach(
      options.infos,
      (object) => {
        podSpecOf(object).serviceAccountName = options.name;
        return withCause(object, options.cause);
      },
      { failure: "failed to patch ServiceAccountName", evenIfEqual: true },
      options,
      [],
      context,
    );
  },
});
