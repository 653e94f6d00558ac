import { applyFieldSpec, type FieldSpec } from "./field-spec.ts";
import { goRegExp } from "./go-regexp.ts";
import { kindOf } from "./ids.ts";
import { KustomizeError } from "./problem.ts";
import type { Transformer } from "./transform.ts";
import type { ImageArgs } from "./types.ts";
import { get, requireKind, setScalar } from "./yaml/fields.ts";
import { type Node, scalar } from "./yaml/node.ts";

/** Models ImageTagTransformer: containers wherever they are, and the places of the config. */
export function imageTransformer(args: ImageArgs, specs: readonly FieldSpec[]): Transformer {
  const set = (at: Node | undefined) => {
    if (at !== undefined) setImage(at, args);
  };
  return (map) => {
    for (const pass of [
      (node: Node) => visitContainers(node, set),
      (node: Node) => {
        for (const spec of specs) applyFieldSpec(node, spec, { set });
      },
    ]) {
      for (const { node } of map.list) if (kindOf(node) !== "CustomResourceDefinition") pass(node);
      map.dropEmpty();
    }
  };
}

/** Models LegacyFilter. */
function visitContainers(node: Node, set: (image: Node | undefined) => void): void {
  if (node.kind === "list") for (const item of node.content) visitContainers(item, set);
  if (node.kind !== "map") return;
  for (let i = 0; i + 1 < node.content.length; i += 2) {
    const value = node.content[i + 1]!;
    visitContainers(value, set);
    const isContainers = ["containers", "initContainers"].includes(node.content[i]!.value);
    if (isContainers && value.kind === "list") for (const item of value.content) set(get(item, "image"));
  }
}

function setImage(at: Node, { name = "", newName, newTag, digest, tagSuffix }: ImageArgs): void {
  requireKind(at, "scalar");
  if (!isImage(at.value, name)) return;
  const image = splitImage(at.value);
  if (newName) image.name = newName;
  if (newTag || digest) {
    image.tag = newTag ?? "";
    image.digest = digest ?? "";
  } else if (tagSuffix) {
    image.tag += tagSuffix;
    image.digest = "";
  }
  const tag = image.tag && `:${image.tag}`;
  setScalar(at, scalar(`${image.name}${tag}${image.digest && `@${image.digest}`}`));
}

/** Models image.IsImageMatched, which takes the name for a pattern. */
function isImage(image: string, name: string): boolean {
  try {
    return goRegExp(`^${name}(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?$`).test(image);
  } catch (error) {
    if (error instanceof KustomizeError) return false;
    throw error;
  }
}

/** Models image.Split. */
function splitImage(image: string): { name: string; tag: string; digest: string } {
  const slash = Math.max(image.indexOf("/"), 0);
  const at = image.indexOf("@", slash);
  const colon = image.indexOf(":", slash);
  if (at < 0 && colon < 0) return { name: image, tag: "", digest: "" };
  if (at >= 0 && (colon < 0 || at < colon)) return { name: image.slice(0, at), tag: "", digest: image.slice(at + 1) };
  if (at < 0) return { name: image.slice(0, colon), tag: image.slice(colon + 1), digest: "" };
  return { name: image.slice(0, colon), tag: image.slice(colon + 1, at), digest: image.slice(at + 1) };
}
