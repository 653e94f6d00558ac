import { byteLength } from "../api/encoding/text.ts";
import type { KubeObject } from "../api/object.ts";
import { RECORDS } from "../api/records.ts";
import type { Snapshot } from "../api/snapshot.ts";
import type { Image, ListenPort, PodView } from "./image.ts";
import { httpDate, splitTarget } from "./image.ts";

/** An image that a user described; metadata.name is its key, `reference` what pods write. */
export interface UserImage extends KubeObject {
  kind: "Image";
  /** `docker.io/library/shop`, without a tag. */
  repository: string;
  /** Tags that exist; absent: every one. */
  tags?: string[];
  ports?: { port: number; protocol?: "TCP" | "UDP" | "SCTP" }[];
  http?: UserPage[];
  /** Lines printed at the start. */
  log?: string[];
  /** It ends with this status instead of running on. */
  exits?: { code: number; afterSeconds?: number };
  /** Programs that `exec` finds beside a Debian's; `none`: no shell. */
  programs?: string[] | "none";
}

export interface UserPage {
  /** Absent: every path. A `*` at the end stands for anything. */
  path?: string;
  status?: number;
  headers?: Record<string, string>;
  /** May hold `{{.podName}}`, `{{.namespace}}`, `{{.podIP}}`, `{{.nodeName}}`, `{{.clientIP}}`, `{{.path}}`, `{{.method}}`. */
  body: string;
  delaySeconds?: number;
}

export function userImage(snapshot: Snapshot, repository: string, tag: string): Image | undefined {
  const described = snapshot
    .list<UserImage>(RECORDS.images)
    .filter((image) => image.repository === repository)
    .sort((a, b) => Number(b.tags?.includes(tag) ?? false) - Number(a.tags?.includes(tag) ?? false))[0];
  return described ? asImage(described) : undefined;
}

function asImage(described: UserImage): Image {
  const listens: ListenPort[] = (described.ports ?? []).map(({ port, protocol = "TCP" }) => ({ port, protocol }));
  const pages = described.http;
  return {
    entrypoint: ["/entrypoint"],
    cmd: [],
    toolbox: described.programs === "none" ? { base: "none" } : { base: "debian", extra: described.programs ?? [] },
    ...(described.tags ? { tags: described.tags } : {}),
    process: (argv) =>
      argv[0] !== "/entrypoint"
        ? undefined
        : {
            listens,
            lifetime: described.exits
              ? { exits: described.exits.code, afterMs: (described.exits.afterSeconds ?? 0) * 1000 }
              : { runs: true },
            startLines: () => (described.log ?? []).map((text) => ({ stream: "stdout" as const, text })),
            ...(pages
              ? {
                  http: (request, view) => {
                    const { path } = splitTarget(request.target);
                    const page = pages.find((candidate) => matches(candidate.path, path));
                    const body = page
                      ? fill(page.body, view, { clientIP: request.client.address, path, method: request.method })
                      : "404 page not found";
                    const text = body.endsWith("\n") ? body : `${body}\n`;
                    return {
                      status: page?.status ?? (page ? 200 : 404),
                      headers: [
                        ...(page?.headers ? Object.entries(page.headers) : []),
                        ["Content-Type", "text/plain; charset=utf-8"] as const,
                        ["Date", httpDate(view.now)] as const,
                        ["Content-Length", String(byteLength(text))] as const,
                      ],
                      body: request.method === "HEAD" ? "" : text,
                      ...(page?.delaySeconds ? { delayMs: page.delaySeconds * 1000 } : {}),
                    };
                  },
                }
              : {}),
          },
  };
}

function matches(pattern: string | undefined, path: string): boolean {
  if (pattern === undefined) return true;
  return pattern.endsWith("*") ? path.startsWith(pattern.slice(0, -1)) : path === pattern;
}

function fill(text: string, view: PodView, extra: Record<string, string>): string {
  const values: Record<string, string | undefined> = {
    ...extra,
    podName: view.pod.metadata.name,
    namespace: view.pod.metadata.namespace,
    podIP: view.pod.status?.podIP,
    nodeName: view.pod.spec?.nodeName,
    containerName: view.container.name,
    image: view.container.image,
  };
  return text.replace(/\{\{\s*\.([A-Za-z]+)\s*\}\}/g, (all, name: string) => values[name] ?? all);
}
