import { nonnegativeErrors } from "../meta/object-meta.ts";
import { type FieldError, field } from "../status.ts";

/** What the statuses of workloads may say. Models the Validate…Status functions of kubernetes pkg/apis/apps/validation and pkg/apis/core/validation. */

type Counts = object | undefined;

const countOf = (status: Counts, name: string): number | undefined =>
  (status as Record<string, number | undefined> | undefined)?.[name];

/** In the order of the real one: `counts` may not be negative, `parts` not greater than the replicas, those available not than those ready (`ready`). */
export function statusErrors(
  status: Counts,
  counts: readonly string[],
  parts: readonly string[] = [],
  ready = "readyReplicas",
): FieldError[] {
  const of = (name: string) => countOf(status, name) ?? 0;
  const more = (name: string, limit: string, told: string) =>
    of(name) > of(limit) ? [field.invalid(`status.${name}`, of(name), `cannot be greater than ${told}`)] : [];
  return [
    ...counts.flatMap((name) => nonnegativeErrors(countOf(status, name), `status.${name}`)),
    ...parts.flatMap((name) => more(name, "replicas", "status.replicas")),
    ...(parts.length > 0 ? more("availableReplicas", "readyReplicas", ready) : []),
  ];
}

/** How often names had to be made anew only grows. Models IsDecremented. */
export function collisionErrors(next: Counts, previous: Counts): FieldError[] {
  const before = countOf(previous, "collisionCount");
  const now = countOf(next, "collisionCount");
  if (before === undefined || (now !== undefined && now >= before)) return [];
  return [field.invalid("status.collisionCount", now ?? 0, "cannot be decremented")];
}
