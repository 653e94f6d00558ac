import { getKey } from "../../../api/json.ts";
import type { Container } from "../../../api/types/core.ts";
import { changeCause, withCause } from "../../change-cause.ts";
import { CommandError, defineCommand } from "../../command.ts";
import { throwAll } from "../../errors.ts";
import { dryRunOf, operationText } from "../../output/dry-run.ts";
import { objectPrinter } from "../../output/object-printer.ts";
import { parsePairs, resourcesAndPairs } from "../../pairs.ts";
import { filenameOptions } from "../../resources/files.ts";
import type { ResourceInfo } from "../../resources/visitor.ts";
import { findForSet, patchEach, podSpecOf, type SetOptions } from "../../set/pod-templates.ts";

interface ImageOptions extends SetOptions {
  images: Record<string, string>;
  infos: ResourceInfo[];
}

/** `set image`. Models kubectl pkg/cmd/set/set_image.go. */
export default defineCommand<ImageOptions>({
  async complete(invocation, context) {
    const { flags, args } = invocation;
    const dryRun = dryRunOf(flags, context);
    const print = await objectPrinter(flags, context, operationText("image updated", dryRun), "typed");
    context.checkNamespace();
    const { resources, pairs } = resourcesAndPairs(args, "image");
    const { set: images } = parsePairs(pairs, "image", false);
    const options = { flags, resources, dryRun, print, images, cause: changeCause(invocation) };
    return { ...options, infos: await findForSet(options, context) };
  },
  validate({ flags, resources, images, dryRun }) {
    const errors: CommandError[] = [];
    if (flags.bool("all") && flags.string("selector") !== "") {
      errors.push(new CommandError("cannot set --all and --selector at the same time"));
    }
    const { filenames, kustomize } = filenameOptions(flags);
    if (resources.length === 0 && filenames.length === 0 && kustomize === "") {
      errors.push(
        new CommandError("one or more resources must be specified as <resource> <name> or <resource>/<name>"),
      );
    }
    const names = Object.keys(images);
    if (names.length === 0) errors.push(new CommandError("at least one image update is required"));
    else if (names.length > 1 && names.includes("*")) {
      errors.push(
        new CommandError(
          "all containers are already specified by *, but saw more than one container_name=container_image pairs",
        ),
      );
    }
    if (flags.bool("local") && dryRun === "server") {
      errors.push(new CommandError("cannot specify --local and --dry-run=server - did you mean --dry-run=client?"));
    }
    throwAll(errors);
  },
  async run(options, context) {
    const errors: unknown[] = [];
    await patchEach(
      options.infos,
      (object) => {
        const spec = podSpecOf(object);
        for (const name of Object.keys(options.images)) {
          const image = getKey(options.images, name) as string;
          const changed = [spec.initContainers, spec.containers].map((list) => setImage(list, name, image));
          if (!changed.includes(true)) {
            errors.push(new CommandError(`error: unable to find container named "${name}"`));
          }
        }
        return withCause(object, options.cause);
      },
      { failure: "failed to patch image update to pod template:" },
      options,
      errors,
      context,
    );
  },
});

function setImage(containers: Container[] | undefined, name: string, image: string): boolean {
  const found = (containers ?? []).filter((container) => name === "*" || container.name === name);
  for (const container of found) container.image = image;
  return found.length > 0;
}
