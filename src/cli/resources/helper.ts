import { goQuote } from "../../api/encoding/go-quote.ts";
import { clone, type Json, type JsonObject } from "../../api/json.ts";
import type { KubeObject } from "../../api/object.ts";
import type { PatchType, WriteOptions } from "../../apiserver/client.ts";
import { type CommandContext, CommandError } from "../command.ts";
import type { Mapping } from "./mapping.ts";
import type { ResourceInfo } from "./visitor.ts";

type Client = Pick<CommandContext, "client">;

// Requests about what a command line or a file names. They model cli-runtime pkg/resource/helper.go.

function mappingIn(info: ResourceInfo): Mapping {
  if (!info.mapping) throw new TypeError("a local object has no place on the server");
  return info.mapping;
}

/** A path without a name would be that of the list. Models client-go rest.Request.Name. */
export function requireName(name: string): void {
  if (name === "") throw new CommandError("resource name may not be empty");
}

/** Takes what the server answered (Info.Refresh). */
export function refresh(info: ResourceInfo, object: KubeObject): void {
  info.object = object;
  info.name = object.metadata.name ?? info.name;
  info.namespace = object.metadata.namespace ?? info.namespace;
  info.resourceVersion = object.metadata.resourceVersion ?? "";
}

/** Creates `object`; a resourceVersion of an object that once was is left out. */
export function createObject(
  info: ResourceInfo,
  object: KubeObject,
  options: WriteOptions,
  { client }: Client,
): Promise<KubeObject> {
  const body = withoutVersion(object);
  return client.create(mappingIn(info).resource, info.namespace, body as unknown as JsonObject, options);
}

function withoutVersion(object: KubeObject): KubeObject {
  if (!object.metadata?.resourceVersion) return object;
  const { resourceVersion: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}

/** Puts `object` in the place of what is there; without a resourceVersion it takes the stored one's. */
export async function replaceObject(
  info: ResourceInfo,
  object: KubeObject,
  options: WriteOptions,
  { client }: Client,
): Promise<KubeObject> {
  const { resource } = mappingIn(info);
  requireName(info.name);
  let body = object;
  if (!object.metadata?.resourceVersion) {
    const version = await storedVersion(info, options, client);
    if (version !== undefined) body = { ...object, metadata: { ...object.metadata, resourceVersion: version } };
  }
  return client.update(resource, info.namespace, info.name, body as unknown as JsonObject, options);
}

async function storedVersion(
  info: ResourceInfo,
  { subresource }: WriteOptions,
  client: CommandContext["client"],
): Promise<string | undefined> {
  try {
    const path = subresource ? { subresource } : {};
    const stored = await client.get(mappingIn(info).resource, info.namespace, info.name, path);
    return stored.metadata.resourceVersion;
  } catch {
    // The PUT itself says what is wrong.
    return undefined;
  }
}

export function patchObject(
  info: ResourceInfo,
  type: PatchType,
  patch: Json,
  options: WriteOptions & { force?: boolean },
  { client }: Client,
): Promise<KubeObject> {
  requireName(info.name);
  return client.patch(mappingIn(info).resource, info.namespace, info.name, type, clone(patch), options);
}

/** `Resource: "/v1, Resource=services", GroupVersionKind: …`: how error texts show what an object is (Info.String). */
export function describeInfo(info: ResourceInfo): string {
  const { info: of, version, kind } = mappingIn(info);
  return (
    `Resource: "${of.group}/${version}, Resource=${of.resource}", ` +
    `GroupVersionKind: "${of.group}/${version}, Kind=${kind}"\n` +
    `Name: ${goQuote(info.name)}, Namespace: ${goQuote(info.namespace)}`
  );
}

/** `services/web` (Info.ObjectName). */
export function objectName(info: ResourceInfo): string {
  return `${mappingIn(info).info.resource}/${info.name}`;
}
