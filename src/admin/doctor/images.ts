import type { Pod } from "../../api/types/core.ts";
import { isKnownImage } from "../../images/catalogue.ts";
import { KNOWN } from "../../images/known.ts";
import { parseReference } from "../../images/reference.ts";
import { editDistance } from "./distance.ts";
import { type Case, inNamespace } from "./finding.ts";
import { ownerRef } from "./workloads.ts";

/** Further than so is another image, not a slip. */
const MAX_SLIPS = 2;

/**
 * Why a pod of an image that kubemu does not know listens on nothing: its container declares no port. Undefined where all images are
 * known.
 */
export function silentImage(subject: Case, pod: Pod, port: number): { why: string; fix: string } | undefined {
  const container = (pod.spec?.containers ?? []).find(({ image = "" }) => !isKnownImage(subject.snapshot, image));
  if (!container) return undefined;
  const image = container.image ?? "";
  const ref = ownerRef(subject.snapshot, pod);
  const right = slipOf(image);
  if (right !== undefined)
    return {
      why: `image ${image} of ${ref} is none that kubemu knows, and looks like a slip for ${right}`,
      fix: `kubectl set image ${ref}${inNamespace(subject)} ${container.name}=${right}`,
    };
  return {
    why: `kubemu does not know image ${image} of ${ref}, and its container declares no port`,
    fix: `kubemu image add ${withoutTag(image)} --port ${port} --http hello`,
  };
}

/** The known image that was meant, with the tag that was written. */
function slipOf(image: string): string | undefined {
  const { repository } = parseReference(image);
  const known = KNOWN.flatMap(([repositories]) => repositories).find((other) => {
    const distance = editDistance(repository, other);
    return distance > 0 && distance <= MAX_SLIPS;
  });
  if (known === undefined) return undefined;
  const short = known.replace(/^docker\.io\/(library\/)?/, "");
  return `${short}${image.slice(withoutTag(image).length)}`;
}

function withoutTag(image: string): string {
  const colon = image.indexOf(":", image.lastIndexOf("/") + 1);
  return colon < 0 ? image : image.slice(0, colon);
}
