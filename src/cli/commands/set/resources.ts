import { setKey } from "../../../api/json.ts";
import { canonicalQuantity } from "../../../api/meta/quantity.ts";
import { changeCause, withCause } from "../../change-cause.ts";
import { CommandError, defineCommand } from "../../command.ts";
import { dryRunOf, operationText } from "../../output/dry-run.ts";
import { objectPrinter } from "../../output/object-printer.ts";
import type { ResourceInfo } from "../../resources/visitor.ts";
import {
  findForSet,
  patchEach,
  podSpecOf,
  refuseServerWithLocal,
  type SetOptions,
  selectContainers,
} from "../../set/pod-templates.ts";

interface ResourcesOptions extends SetOptions {
  infos: ResourceInfo[];
}

/** `set resources`. Models kubectl pkg/cmd/set/set_resources.go. */
export default defineCommand<ResourcesOptions>({
  async complete(invocation, context) {
    const { flags, args } = invocation;
    const dryRun = dryRunOf(flags, context);
    const print = await objectPrinter(flags, context, operationText("resource requirements updated", dryRun), "typed");
    context.checkNamespace();
    const options = { flags, resources: args, dryRun, print, cause: changeCause(invocation) };
    return { ...options, infos: await findForSet(options, context) };
  },
  validate(options) {
    const { flags } = options;
    refuseServerWithLocal(options);
    if (flags.bool("all") && flags.string("selector") !== "") {
      throw new CommandError("cannot set --all and --selector at the same time");
    }
    if (flags.string("limits") === "" && flags.string("requests") === "") {
      throw new CommandError("you must specify an update to requests or limits (in the form of --requests/--limits)");
    }
    parseResources(flags.string("limits"));
    parseResources(flags.string("requests"));
  },
  async run(options, context) {
    const { flags } = options;
    const pattern = flags.string("containers");
    const errors: unknown[] = [];
    await patchEach(
      options.infos,
      (object) => {
        const containers = selectContainers(podSpecOf(object), pattern);
        if (containers.length === 0) {
          errors.push(new CommandError(`error: unable to find container named ${pattern}`));
          return object;
        }
        for (const container of containers) {
          container.resources ??= {};
          for (const field of ["limits", "requests"] as const) {
            if (flags.string(field) === "") continue;
            container.resources[field] = { ...container.resources[field], ...parseResources(flags.string(field)) };
          }
        }
        return withCause(object, options.cause);
      },
      { failure: "failed to patch resources update to pod template" },
      options,
      errors,
      context,
    );
  },
});

/** `cpu=200m,memory=512Mi`. Throws CommandError. Models kubectl pkg/generate/versioned/run.go (populateResourceListV1). */
function parseResources(text: string): Record<string, string> {
  const resources: Record<string, string> = {};
  if (text === "") return resources;
  for (const part of text.split(",")) {
    const [name = "", quantity, more] = part.split("=");
    if (quantity === undefined || more !== undefined) {
      throw new CommandError(`Invalid argument syntax ${part}, expected <resource>=<value>`);
    }
    try {
      setKey(resources, name, canonicalQuantity(quantity));
    } catch (error) {
      throw new CommandError((error as Error).message);
    }
  }
  return resources;
}
