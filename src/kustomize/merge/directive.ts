import { KustomizeError } from "../problem.ts";
import { clearField, get, setElement } from "../yaml/fields.ts";
import { fieldOf, type Node } from "../yaml/node.ts";
import { nodeText } from "../yaml/text.ts";

export type Directive = "merge" | "replace" | "delete";

const KEY = "$patch";

/**
 * What `$patch` in a patch says is to be done; it is removed from the patch. Throws KustomizeError for another word. Models kyaml yaml/merge2/smpdirective.go.
 */
export function takeDirective(patch: Node | undefined): Directive {
  if (patch === undefined) return "merge";
  if (patch.kind === "list") return ofList(patch);
  if (patch.kind !== "map")
    throw new KustomizeError(`no implemented strategic merge patch strategy for '${patch.tag}' ('${nodeText(patch)}')`);
  const value = get(patch, KEY);
  if (value === undefined) return "merge";
  const directive = checked(value.value);
  clearField(patch, KEY);
  return directive;
}

/** In a list it is an element of its own. */
function ofList(patch: Node): Directive {
  const element = patch.content.find((item) => item.kind === "map" && fieldOf(item, KEY) !== undefined);
  if (element === undefined || element.content.length > 2) return "merge";
  const { value } = fieldOf(element, KEY)!;
  const directive = checked(value);
  setElement(patch, { keys: [KEY], values: [value] });
  return directive;
}

function checked(value: string): Directive {
  if (value === "merge" || value === "replace" || value === "delete") return value;
  throw new KustomizeError(`unknown patch strategy '${value}'`);
}
