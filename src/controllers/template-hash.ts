import { encodeText } from "../api/encoding/text.ts";
import { safeEncode } from "../api/keyed-random.ts";
import { goSpew } from "../api/schema/go-spew.ts";
import { loadGoType } from "../api/schema/go-types.ts";
import type { PodTemplateSpec } from "../api/types/core.ts";

/** The name part that stands for a template: FNV-1a over Go's printed form of it. Models controller.ComputeHash. */
export async function templateHash(template: PodTemplateSpec, collisionCount: number | undefined): Promise<string> {
  const type = (await loadGoType({ group: "", version: "v1", kind: "PodTemplateSpec" }))!;
  const bytes = [...encodeText(goSpew(template as never, type))];
  if (collisionCount !== undefined)
    bytes.push(...[0, 8, 16, 24].map((shift) => (collisionCount >>> shift) & 255), 0, 0, 0, 0);
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return safeEncode(String(hash));
}
