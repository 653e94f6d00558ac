import type { CommandContext, Invocation } from "../command.ts";
import { type FieldValidation, validationOf } from "../output/dry-run.ts";
import { filenameOptions } from "../resources/files.ts";
import { findResources } from "../resources/find.ts";
import type { FoundResources } from "../resources/query.ts";

/** What `edit` and `apply edit-last-applied` work on. */
export interface EditOptions {
  invocation: Invocation;
  found: FoundResources;
  validation: FieldValidation;
}

export function editOptions(invocation: Invocation, context: CommandContext, subresource = ""): EditOptions {
  const { flags, args } = invocation;
  const found = findResources(
    {
      args,
      files: filenameOptions(flags),
      namespace: context.namespace,
      enforceNamespace: context.namespaceGiven,
      allowEmptySelector: true,
      latest: true,
      subresource,
      continueOnError: true,
      flatten: true,
    },
    context,
  );
  return { invocation, found, validation: validationOf(flags) };
}
