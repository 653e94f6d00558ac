import { ORIGIN, TRANSFORMATIONS } from "./annotations.ts";
import { joinPath } from "./loader.ts";
import type { Resource } from "./resource.ts";
import { makeNode, type Node, scalar, text } from "./yaml/node.ts";
import { parseNode } from "./yaml/read.ts";
import { nodeText } from "./yaml/text.ts";

/** Where a resource, or a change to it, is from; kept for `buildMetadata`. Models resource.Origin. */
export interface Origin {
  path?: string;
  configuredIn?: string;
  configuredBy?: { apiVersion: string; kind: string; name?: string; namespace?: string };
}

/** Deeper in: a file, or another kustomization. */
export function originIn(origin: Origin, path: string): Origin {
  return { ...origin, path: joinPath(origin.path ?? "", path) };
}

/** What a field of a kustomization file has made. */
export function builtinOrigin(origin: Origin | undefined, file: string, kind: string): Origin | undefined {
  return origin && { configuredIn: joinPath(origin.path ?? "", file), configuredBy: { apiVersion: "builtin", kind } };
}

/** What an object that configures a plugin has made. Models OriginFromCustomPlugin. */
export function pluginOrigin(plugin: Resource): Origin | undefined {
  const annotation = plugin.annotations.get(ORIGIN);
  const path = annotation && parseNode(annotation)?.content[1]?.value;
  if (!path) return undefined;
  const { kind, name, namespace } = plugin;
  const { group, version } = plugin.gvk;
  return {
    configuredIn: path,
    configuredBy: { apiVersion: group ? `${group}/${version}` : version, kind, name, namespace },
  };
}

function nodeOf(value: Origin | string): Node {
  if (typeof value === "string") return text(value);
  const map = makeNode("map", "!!map");
  for (const [key, member] of Object.entries(value))
    if (member) map.content.push(scalar(key), nodeOf(member as Origin | string));
  return map;
}

export function originText(origin: Origin): string {
  return nodeText(nodeOf(origin));
}

/** Models SetOrigin. */
export function setOrigin(resource: Resource, origin: Origin): void {
  resource.annotations = resource.annotations.set(ORIGIN, originText(origin));
}

/** A change, or the making of what has no origin yet. Models AddTransformerAnnotation. */
export function addTransformation(resource: Resource, origin: Origin): void {
  const { annotations } = resource;
  if (!annotations.has(ORIGIN)) {
    setOrigin(resource, origin);
    return;
  }
  const list = makeNode("list", "!!seq");
  list.content = [nodeOf(origin)];
  resource.annotations = annotations.set(TRANSFORMATIONS, (annotations.get(TRANSFORMATIONS) ?? "") + nodeText(list));
}
