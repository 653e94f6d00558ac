import type { Container, Pod } from "../../api/types/core.ts";
import type { HttpAsk, HttpReply } from "../../platform/platform.ts";
import type { CommandContext } from "../command.ts";
import { openPlace } from "./run-program.ts";

/** `refused`: nobody listens on that port of the pod. */
export type Forwarded = HttpReply | "refused" | "closed";

/** One HTTP request to a port of a pod's own loopback, as kubelet's port forwarding reaches it. What it leaves behind is stored. */
export async function forwardHttp(pod: Pod, port: number, ask: HttpAsk, context: CommandContext): Promise<Forwarded> {
  const container: Container = pod.spec!.containers[0]!;
  const open = await openPlace({ kind: "container", pod, container }, context);
  const path = open.network.connect("127.0.0.1", port, "TCP");
  if (path.verdict !== "answered") return "refused";
  const { method, target, version, headers, body } = ask;
  const exchange = open.network.http(path, { method, target, version, headers, body });
  await open.save();
  await context.flush();
  if (exchange.kind !== "response") return "closed";
  const { response } = exchange;
  return { status: response.status, reason: response.reason, headers: response.headers, body: response.body };
}
