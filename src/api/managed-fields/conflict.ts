import { goQuote } from "../encoding/go-quote.ts";
import { ApiError } from "../status.ts";
import type { ManagedSet } from "./managers.ts";
import type { Conflict } from "./ownership.ts";
import { formatPath } from "./path-element.ts";

function describe({ manager, operation, apiVersion, subresource }: ManagedSet): string {
  const who = goQuote(manager) + (subresource ? ` with subresource ${goQuote(subresource)}` : "");
  return operation === "Update" ? `${who} using ${apiVersion}` : who;
}

/** The answer to an apply that would take fields of others. Models NewConflictError of k8s.io/apimachinery pkg/util/managedfields/internal. */
export function conflictError(conflicts: readonly Conflict[]): ApiError {
  return new ApiError({
    reason: "Conflict",
    code: 409,
    message: message(conflicts),
    details: {
      causes: conflicts.map(({ owner, path }) => ({
        reason: "FieldManagerConflict",
        message: `conflict with ${describe(owner)}`,
        field: formatPath(path),
      })),
    },
  });
}

function message(conflicts: readonly Conflict[]): string {
  const [only] = conflicts;
  if (conflicts.length === 1)
    return `Apply failed with 1 conflict: conflict with ${describe(only!.owner)}: ${formatPath(only!.path)}`;
  const byOwner = new Map<string, Conflict[]>();
  for (const conflict of conflicts) byOwner.set(conflict.id, [...(byOwner.get(conflict.id) ?? []), conflict]);
  const lines = [...byOwner.values()].flatMap((group) => [
    `conflicts with ${describe(group[0]!.owner)}:`,
    ...group.map(({ path }) => `- ${formatPath(path)}`),
  ]);
  return `Apply failed with ${conflicts.length} conflicts: ${lines.join("\n")}`;
}
