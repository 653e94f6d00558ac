import { emitJson } from "../api/encoding/json-emit.ts";
import { YamlError } from "../api/encoding/yaml-cursor.ts";
import { KustomizeError } from "./problem.ts";
import { toJson } from "./yaml/json.ts";
import { lookUp } from "./yaml/look-up.ts";
import { matchPath } from "./yaml/match-path.ts";
import { become, type Node, type NodeKind } from "./yaml/node.ts";
import { parseNode } from "./yaml/read.ts";
import { nodeText } from "./yaml/text.ts";

/**
 * Sets a field of JSON or YAML that is the text of a field, when the path leads through such a text: `data.config\.json.port`. False when it does not. Models
 * setValueInStructuredData of api/filters/replacement.
 */
export function setInText(node: Node, path: readonly string[], value: Node, create: NodeKind | undefined): boolean {
  const found = textOn(node, path);
  if (found === undefined) return false;
  const { field, inside, rest } = found;
  try {
    const targets = matchPath(inside, rest, create);
    if (targets.length === 0) return false;
    for (const target of targets) {
      if (target.kind === "scalar") target.value = value.value;
      else become(target, value);
    }
    field.value = serialized(inside, field.value);
    return true;
  } catch (error) {
    if (error instanceof KustomizeError) return false;
    throw error;
  }
}

/** The first scalar on the path that is not its end, and what it holds. */
function textOn(
  node: Node,
  path: readonly string[],
): { field: Node; inside: Node; rest: readonly string[] } | undefined {
  for (let length = 1; length < path.length; length++) {
    try {
      const field = lookUp(node, path.slice(0, length));
      if (field?.kind !== "scalar") continue;
      const inside = parseNode(field.value);
      if (inside !== undefined) return { field, inside, rest: path.slice(length) };
    } catch (error) {
      if (!(error instanceof KustomizeError) && !(error instanceof YamlError)) throw error;
    }
  }
  return undefined;
}

/** JSON stays JSON, on one line or on several as it was. */
function serialized(inside: Node, before: string): string {
  if (!/^\s*[{[]/.test(before)) return nodeText(inside).trim();
  const pretty = before.includes("\n") && before.includes("  ");
  return emitJson(toJson(inside), pretty ? "  " : "");
}
