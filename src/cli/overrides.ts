import type { KubeObject } from "../api/object.ts";
import type { FlagValues } from "./flags/values.ts";

/** An object that kubectl made, changed as --overrides says where it is given. Throws CommandError. */
export async function overridden(object: KubeObject, flags: FlagValues): Promise<KubeObject> {
  if (flags.string("overrides") === "") return object;
  const { applyOverrides } = await import("./apply-overrides.ts");
  return applyOverrides(object, flags);
}
