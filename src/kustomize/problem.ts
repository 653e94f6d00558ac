/**
 * Why a kustomization cannot be built, in kustomize's words. `kind` is what callers act on: `malformed` is a file that is no YAML, `wrong-kind` a field that
 * is not the scalar, list or map that it had to be, `duplicate-keys` a map that has a key twice.
 */
export class KustomizeError extends Error {
  override name = "KustomizeError";
  readonly kind: "malformed" | "wrong-kind" | "duplicate-keys" | "other";
  constructor(message: string, kind: KustomizeError["kind"] = "other") {
    super(message);
    this.kind = kind;
  }
}

/** Runs a step; what goes wrong in it is told behind `prefix: `. Models kyaml errors.WrapPrefixf. */
export function within<T>(prefix: string, step: () => T): T {
  try {
    return step();
  } catch (error) {
    throw prefixed(error, prefix);
  }
}

/** What {@link within} throws. */
export function prefixed(error: unknown, prefix: string): unknown {
  return error instanceof KustomizeError ? new KustomizeError(`${prefix}: ${error.message}`, error.kind) : error;
}
