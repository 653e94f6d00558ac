import { JsonPathError } from "./node.ts";

/**
 * The path of `--sort-by`, custom columns and `wait --for=jsonpath` as a whole template: `x`, `.x`, `{x}` and `{.x}` all become `{.x}`;
 * nothing stays nothing. Models RelaxedJSONPathExpression of kubectl pkg/cmd/get/customcolumn.go.
 * @throws JsonPathError
 */
export function relaxedJsonPath(path: string): string {
  if (path === "") return "";
  const match = /^\{\.?([^{}]+)\}$|^\.?([^{}]+)$/.exec(path);
  const inner = match?.[1] ?? match?.[2];
  if (inner === undefined) {
    throw new JsonPathError(
      "unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'",
    );
  }
  return `{.${inner}}`;
}
