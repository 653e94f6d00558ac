import { sortedKeys } from "../../json.ts";
import { compareQuantities, parseQuantity } from "../../meta/quantity.ts";
import { type FieldError, field } from "../../status.ts";
import type { PodSpec } from "../../types/core.ts";
import { isHugePages, requirementsErrors, resourceNameErrors } from "./resources-validation.ts";
import { isPodLevel, sumOfContainers } from "./total-resources.ts";

/** What a pod as a whole asks for. Models validatePodResources of kubernetes pkg/apis/core/validation/validation.go. */
export function podResourcesErrors(spec: PodSpec, claims: readonly string[], path: string): FieldError[] {
  const { resources } = spec;
  if (!resources) return [];
  if (spec.os?.name === "windows") return [field.forbidden(path, "may not be set for a windows pod")];
  return [
    ...(resources.claims
      ? [field.forbidden(`${path}.claims`, "claims may not be set for Resources at pod-level")]
      : []),
    ...requirementsErrors(resources, path, claims, nameErrors),
    ...sumErrors(spec, "requests", path),
    ...sumErrors(spec, "limits", path),
    ...limitsErrors(spec, path),
  ];
}

function nameErrors(name: string, path: string): FieldError[] {
  const errors = resourceNameErrors(name, path);
  if (errors.length > 0 || isPodLevel(name)) return errors;
  return [field.notSupported(path, name, ["cpu", "hugepages-", "memory"])];
}

/** The containers together may not have more than the pod. Of limits that is so for huge pages alone. */
function sumErrors(spec: PodSpec, list: "requests" | "limits", path: string): FieldError[] {
  const sums = sumOfContainers(spec, list);
  return [...sums.keys()].sort().flatMap((name) => {
    const given = spec.resources?.[list]?.[name];
    if (given === undefined || (list === "limits" && !isHugePages(name))) return [];
    const [own, sum] = [parseQuantity(String(given)), sums.get(name)!];
    if (compareQuantities(sum, own) <= 0) return [];
    const text = `must be greater than or equal to aggregate container ${list} of ${sum.text}`;
    return [field.invalid(`${path}.${list}[${name}]`, own.text, text)];
  });
}

function limitsErrors({ containers = [], resources }: PodSpec, path: string): FieldError[] {
  return containers.flatMap((container, i) =>
    sortedKeys(container.resources?.limits ?? {}).flatMap((name) => {
      const given = resources?.limits?.[name];
      if (given === undefined) return [];
      const [own, most] = [container.resources!.limits![name]!, given].map((value) => parseQuantity(String(value)));
      if (compareQuantities(own!, most!) <= 0) return [];
      const text = `must be less than or equal to pod limits of ${most!.text}`;
      return [field.invalid(`${path}.containers[${i}][${name}].limits`, own!.text, text)];
    }),
  );
}
