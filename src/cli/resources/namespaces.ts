import type { KubeObject } from "../../api/object.ts";
import { CommandError } from "../command.ts";
import type { ResourceInfo } from "./visitor.ts";

/** Gives the object another namespace; what was handed in is not changed. */
export function moveTo(info: ResourceInfo, namespace: string): void {
  info.namespace = namespace;
  const object = info.object as KubeObject | undefined;
  if (!object?.metadata || object.metadata.namespace === (namespace || undefined)) return;
  const { namespace: _, ...metadata } = object.metadata;
  info.object = { ...object, metadata: namespace === "" ? metadata : { ...metadata, namespace } };
}

function isNamespaced(info: ResourceInfo): boolean {
  return info.mapping ? info.mapping.info.namespaced : info.namespace !== "";
}

/** The namespace for what names none. Models cli-runtime SetNamespace. */
export function setNamespace(info: ResourceInfo, namespace: string): void {
  if (isNamespaced(info) && info.namespace === "") moveTo(info, namespace);
}

/** Throws CommandError for an object of another namespace; one that names none is moved. Models cli-runtime RequireNamespace. */
export function requireNamespace(info: ResourceInfo, namespace: string): void {
  if (!isNamespaced(info)) return;
  if (info.namespace === "") moveTo(info, namespace);
  else if (info.namespace !== namespace) {
    throw new CommandError(
      `the namespace from the provided object "${info.namespace}" does not match the namespace "${namespace}". You must pass '--namespace=${info.namespace}' to perform this operation.`,
    );
  }
}
