import { hashWords } from "../../api/keyed-random.ts";
import type { Pod } from "../../api/types/core.ts";
import type { CommandContext } from "../command.ts";

/** The 64 hexadecimal digits by which a runtime knows one exec. */
export async function execId(pod: Pod, context: CommandContext): Promise<string> {
  const { cluster, now } = await context.admin.snapshot();
  return [0, 1]
    .flatMap((half) => hashWords(cluster.seed, "exec", pod.metadata.uid ?? "", now, half))
    .map((word) => word.toString(16).padStart(8, "0"))
    .join("");
}
