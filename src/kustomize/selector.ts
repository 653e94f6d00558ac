import { type Selector as LabelSelector, parseLabelSelector } from "../api/meta/label-selector.ts";
import { ParseError } from "../api/meta/parse-error.ts";
import { goRegExp } from "./go-regexp.ts";
import type { Gvk } from "./ids.ts";
import { KustomizeError } from "./problem.ts";
import type { Resource } from "./resource.ts";
import type { SelectorArgs } from "./types.ts";

/** Patterns over group, version, kind, name and namespace; what is not said matches all. Models types.SelectorRegex. */
export class Selector {
  private readonly patterns = new Map<keyof SelectorArgs, RegExp>();

  /** Throws KustomizeError for a pattern that is none. */
  constructor(args: SelectorArgs) {
    for (const part of ["group", "version", "kind", "name", "namespace"] as const) {
      const pattern = args[part];
      if (pattern) this.patterns.set(part, goRegExp(`^(?:${pattern})$`));
    }
  }

  private matches(part: keyof SelectorArgs, value: string): boolean {
    return this.patterns.get(part)?.test(value) ?? true;
  }

  matchesGvk({ group, version, kind }: Gvk): boolean {
    return this.matches("group", group) && this.matches("version", version) && this.matches("kind", kind);
  }

  matchesName(name: string): boolean {
    return this.matches("name", name);
  }

  matchesNamespace(namespace: string): boolean {
    return this.matches("namespace", namespace);
  }
}

/** Whether labels and annotations are what a selector asks for. Throws KustomizeError for a selector that cannot be read. */
export function matchesLabels(resource: Resource, { labelSelector, annotationSelector }: SelectorArgs): boolean {
  const labels = parsed(labelSelector);
  if (!labels.matches(Object.fromEntries(resource.labels))) return false;
  return parsed(annotationSelector).matches(Object.fromEntries(resource.annotations));
}

function parsed(text: string | undefined): LabelSelector {
  try {
    return parseLabelSelector(text ?? "");
  } catch (error) {
    if (error instanceof ParseError) throw new KustomizeError(error.message);
    throw error;
  }
}
