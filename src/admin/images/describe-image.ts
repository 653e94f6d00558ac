import { isObject, type Json } from "../../api/json.ts";
import { RECORDS } from "../../api/records.ts";
import type { Snapshot } from "../../api/snapshot.ts";
import { parseReference } from "../../images/reference.ts";
import type { UserImage, UserPage } from "../../images/user-image.ts";

/** A description of an image that cannot be used. */
export class ImageDescriptionError extends Error {
  override readonly name = "ImageDescriptionError";
}

/** Why a reference cannot be an image's; undefined when it can. Models distribution/reference. */
export function referenceComplaint(reference: string): string | undefined {
  const name = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
  const host = "(?:[A-Za-z0-9.-]+(?::[0-9]+)?/)?";
  const valid = new RegExp(`^${host}${name}(?:/${name})*(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?$`).test(reference);
  return valid
    ? undefined
    : `invalid image "${reference}": a name such as shop, example.com/shop or shop:v2 is expected`;
}

/** The key of an image's record: its repository, and its tag when one was given. */
export function imageKey(reference: string): string {
  const { repository, tag } = parseReference(reference);
  return encodeURIComponent(hasTag(reference) ? `${repository}:${tag}` : repository);
}

function hasTag(reference: string): boolean {
  return reference.slice(reference.lastIndexOf("/") + 1).includes(":");
}

/** The record of an image that answers one text on some ports. */
export function plainImage(reference: string, ports: readonly number[], http: string | undefined): UserImage {
  return {
    ...frame(reference),
    ports: ports.map((port) => ({ port })),
    ...(http === undefined ? {} : { http: [{ body: http }] }),
  };
}

function frame(reference: string): UserImage {
  const { repository, tag } = parseReference(reference);
  return {
    apiVersion: "kubemu.dev/v1",
    kind: "Image",
    metadata: { name: imageKey(reference) },
    repository,
    ...(hasTag(reference) ? { tags: [tag] } : {}),
  };
}

const FIELDS = ["image", "tags", "ports", "http", "log", "exits", "programs"];

/**
 * The record of a description as a file has it: `image` (required unless `reference` names it), `tags`, `ports` (numbers, or `port` and
 * `protocol`), `http` (a text, or pages of `path`, `status`, `headers`, `body`, `delaySeconds`), `log`, `exits` (`code`,
 * `afterSeconds`), `programs` (a list, or `none`).
 * @throws ImageDescriptionError that names the field
 */
export function imageOfDescription(value: Json, reference: string | undefined): UserImage {
  if (!isObject(value)) throw new ImageDescriptionError("a mapping is expected");
  for (const key of Object.keys(value))
    if (!FIELDS.includes(key))
      throw new ImageDescriptionError(`unknown field "${key}", must be one of: ${FIELDS.join(", ")}`);
  const name = reference ?? (value.image === undefined ? undefined : text(value.image, "image"));
  if (name === undefined) throw new ImageDescriptionError("image: required");
  const complaint = referenceComplaint(name);
  if (complaint !== undefined) throw new ImageDescriptionError(complaint);
  const { tags, ports, http, log, exits, programs } = value;
  return {
    ...frame(name),
    ...(tags === undefined ? {} : { tags: texts(tags, "tags") }),
    ...(ports === undefined ? {} : { ports: list(ports, "ports").map(portOf) }),
    ...(http === undefined ? {} : { http: pagesOf(http) }),
    ...(log === undefined ? {} : { log: texts(log, "log") }),
    ...(exits === undefined ? {} : { exits: exitOf(exits) }),
    ...(programs === undefined ? {} : { programs: programs === "none" ? "none" : texts(programs, "programs") }),
  };
}

function portOf(value: Json, index: number): NonNullable<UserImage["ports"]>[number] {
  const at = `ports[${index}]`;
  if (typeof value === "number") return { port: portNumber(value, at) };
  const fields = mapping(value, at, ["port", "protocol"]);
  const { protocol } = fields;
  if (protocol !== undefined && protocol !== "TCP" && protocol !== "UDP" && protocol !== "SCTP")
    throw new ImageDescriptionError(`${at}.protocol: TCP, UDP or SCTP is expected`);
  return { port: portNumber(fields.port ?? null, `${at}.port`), ...(protocol ? { protocol } : {}) };
}

export function portNumber(value: Json, at: string): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= 65535) return value;
  throw new ImageDescriptionError(`${at}: a port from 1 to 65535 is expected`);
}

function pagesOf(value: Json): UserPage[] {
  if (typeof value === "string") return [{ body: value }];
  return list(value, "http").map((page, index) => {
    const at = `http[${index}]`;
    const { path, status, headers, body, delaySeconds } = mapping(page, at, [
      "path",
      "status",
      "headers",
      "body",
      "delaySeconds",
    ]);
    return {
      ...(path === undefined ? {} : { path: text(path, `${at}.path`) }),
      ...(status === undefined ? {} : { status: whole(status, `${at}.status`, 100, 599) }),
      ...(headers === undefined ? {} : { headers: headersOf(headers, `${at}.headers`) }),
      body: body === undefined ? "" : text(body, `${at}.body`),
      ...(delaySeconds === undefined ? {} : { delaySeconds: whole(delaySeconds, `${at}.delaySeconds`, 0, 86_400) }),
    };
  });
}

function headersOf(value: Json, at: string): Record<string, string> {
  if (!isObject(value)) throw new ImageDescriptionError(`${at}: a mapping is expected`);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, text(item ?? null, `${at}.${key}`)]));
}

function exitOf(value: Json): NonNullable<UserImage["exits"]> {
  const { code, afterSeconds } = mapping(value, "exits", ["code", "afterSeconds"]);
  return {
    code: whole(code ?? null, "exits.code", 0, 255),
    ...(afterSeconds === undefined ? {} : { afterSeconds: whole(afterSeconds, "exits.afterSeconds", 0, 86_400) }),
  };
}

function mapping(value: Json, at: string, fields: readonly string[]): Record<string, Json | undefined> {
  if (!isObject(value)) throw new ImageDescriptionError(`${at}: a mapping is expected`);
  for (const key of Object.keys(value))
    if (!fields.includes(key))
      throw new ImageDescriptionError(`${at}: unknown field "${key}", must be one of: ${fields.join(", ")}`);
  return value;
}

function list(value: Json, at: string): Json[] {
  if (Array.isArray(value)) return value;
  throw new ImageDescriptionError(`${at}: a list is expected`);
}

function texts(value: Json, at: string): string[] {
  return list(value, at).map((item, index) => text(item, `${at}[${index}]`));
}

function text(value: Json, at: string): string {
  if (typeof value === "string") return value;
  throw new ImageDescriptionError(`${at}: a text is expected`);
}

function whole(value: Json, at: string, least: number, most: number): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) return value;
  throw new ImageDescriptionError(`${at}: a whole number from ${least} to ${most} is expected`);
}

/** Rows of the list: image, tags, ports, what it answers. */
export function imageRows(snapshot: Snapshot): string[][] {
  return snapshot
    .list<UserImage>(RECORDS.images)
    .map(({ repository, tags, ports, http }) => [
      shortName(repository),
      tags?.join(",") ?? "<all>",
      (ports ?? []).map(({ port, protocol = "TCP" }) => `${port}/${protocol}`).join(",") || "<none>",
      http ? `${http.length} ${http.length === 1 ? "page" : "pages"}` : "<none>",
    ]);
}

/** As people write it: Docker Hub's host and `library/` left out. */
function shortName(repository: string): string {
  return repository.replace(/^docker\.io\/(library\/)?/, "");
}
