import { encodeText } from "../../api/encoding/text.ts";
import { notFound } from "../../api/status.ts";
import type { Pod } from "../../api/types/core.ts";
import type { HttpReply } from "../../platform/platform.ts";
import { containerLog } from "../../programs/container-log.ts";
import type { CommandContext } from "../command.ts";

/** `GET /api/v1/namespaces/NS/pods/NAME/log`; undefined for another path. Follows no log: what is there is the answer. */
export async function podLog(target: string, context: CommandContext): Promise<HttpReply | undefined> {
  const url = new URL(target, "http://server");
  const match = /^\/api\/v1\/namespaces\/([^/]+)\/pods\/([^/]+)\/log$/.exec(url.pathname);
  if (!match) return undefined;
  const snapshot = await context.admin.snapshot();
  const pod = snapshot.get<Pod>("pods", match[1]!, match[2]!);
  if (!pod) throw notFound({ group: "", resource: "pods" }, match[2]!);
  const query = url.searchParams;
  const name = query.get("container") || pod.spec?.containers[0]?.name || "";
  const all = containerLog(snapshot, pod, name, query.get("previous") === "true");
  const tail = query.get("tailLines");
  const shown = tail === null ? all : Number(tail) === 0 ? [] : all.slice(-Number(tail));
  const stamps = query.get("timestamps") === "true";
  const body = encodeText(shown.map(({ time, text }) => `${stamps ? `${time} ` : ""}${text}\n`).join(""));
  return {
    status: 200,
    reason: "OK",
    headers: [
      ["Content-Type", "text/plain"],
      ["Content-Length", String(body.length)],
    ],
    body,
  };
}
