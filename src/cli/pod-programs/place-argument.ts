import { goQuote } from "../../api/encoding/go-quote.ts";
import type { Pod } from "../../api/types/core.ts";
import { type CommandContext, CommandError } from "../command.ts";
import { chooseContainer } from "./containers.ts";
import type { Target } from "./run-program.ts";

/** What `host`, `node/NAME` or `pod/NAME` means. `quiet`: nothing is said of a container that was chosen. */
export async function targetOf(
  place: string,
  container: string,
  quiet: boolean,
  context: CommandContext,
): Promise<Target> {
  if (place === "host") return { kind: "host" };
  const [kind = "", name = ""] = place.split("/", 2);
  if (["node", "nodes", "no"].includes(kind) && name !== "") {
    await context.client.get("nodes", "", name);
    return { kind: "node", name };
  }
  if (["pod", "pods", "po"].includes(kind) && name !== "") {
    const pod = (await context.client.get("pods", context.namespace, name)) as Pod;
    return { kind: "container", pod, container: chooseContainer(pod, container, quiet, context) };
  }
  throw new CommandError(`unknown place ${goQuote(place)}: expected host, node/NAME or pod/NAME`);
}
