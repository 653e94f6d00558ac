import { JsonPathError } from "../printers/jsonpath/node.ts";
import { parse } from "../printers/jsonpath/parse.ts";
import { CommandError } from "./command.ts";

/**
 * The names in `svc.spec.ports`; undefined stands for a node that is no name. Throws CommandError. Models jsonPathParse of kubectl
 * pkg/explain/explain.go.
 */
export function fieldsOf(text: string): (string | undefined)[] {
  try {
    const [path] = parse(`{.${text.replace(/\.$/, "")}}`).nodes;
    if (path?.kind !== "list") throw new CommandError("must pass in 1 jsonpath string");
    return path.nodes.map((node) => (node.kind === "field" ? node.name : undefined));
  } catch (error) {
    if (error instanceof JsonPathError) throw new CommandError(error.message);
    throw error;
  }
}
