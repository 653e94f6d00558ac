import { goQuote } from "../api/encoding/go-quote.ts";
import type { Json } from "../api/json.ts";
import type { KubeObject, Condition as ObjectCondition } from "../api/object.ts";
import { CommandError } from "./command.ts";

/** One `--for`. */
export type Condition =
  | { kind: "create" }
  | { kind: "delete" }
  /** Throws CommandError when the question makes no sense for the object. */
  | { kind: "state"; met(object: KubeObject): boolean };

/** Reads the values of --for. Throws CommandError. Models kubectl pkg/cmd/wait/wait.go (conditionFuncsFor). */
export async function parseConditions(texts: readonly string[]): Promise<Condition[]> {
  const conditions: Condition[] = [];
  for (const text of texts) conditions.push(await parseCondition(text));
  if (conditions.length === 0) throw new CommandError("unrecognized condition: []");
  return conditions;
}

async function parseCondition(text: string): Promise<Condition> {
  const lower = text.toLowerCase();
  if (lower === "delete") return { kind: "delete" };
  if (lower === "create") return { kind: "create" };
  if (text.startsWith("condition=")) {
    const [name = "", ...rest] = text.slice("condition=".length).split("=");
    const status = rest.length === 0 ? "true" : rest.join("=");
    return { kind: "state", met: (object) => hasCondition(object, name.toLowerCase(), status.toLowerCase()) };
  }
  if (text.startsWith("jsonpath=")) return await jsonPathCondition(text.slice("jsonpath=".length));
  throw new CommandError(`unrecognized condition: ${goQuote(text)}`);
}

/** Models kubectl pkg/cmd/wait/condition.go (checkCondition). */
function hasCondition(object: KubeObject, name: string, status: string): boolean {
  const state = object.status as { conditions?: ObjectCondition[]; observedGeneration?: number } | undefined;
  const condition = state?.conditions?.find(({ type }) => type.toLowerCase() === name);
  if (!condition) return false;
  const observed = condition.observedGeneration ?? state?.observedGeneration;
  const { generation } = object.metadata;
  if (generation !== undefined && observed !== undefined && observed < generation) return false;
  return condition.status.toLowerCase() === status;
}

/** Models kubectl pkg/cmd/wait/json.go. */
async function jsonPathCondition(text: string): Promise<Condition> {
  const parts = splitAtEquals(text);
  if (parts.length > 2) {
    throw new CommandError(
      "jsonpath wait format must be --for=jsonpath='{.status.readyReplicas}'=3 or --for=jsonpath='{.status.readyReplicas}'",
    );
  }
  const { JsonPath } = await import("../printers/jsonpath/jsonpath.ts");
  const { JsonPathError } = await import("../printers/jsonpath/node.ts");
  const { relaxedJsonPath } = await import("../printers/jsonpath/relaxed.ts");
  const { sprint } = await import("../printers/go/format.ts");
  const worded = <T>(act: () => T): T => {
    try {
      return act();
    } catch (error) {
      if (error instanceof JsonPathError) throw new CommandError(error.message);
      throw error;
    }
  };
  const expression = worded(() => relaxedJsonPath(parts[0]!));
  const value = parts[1]?.replace(/^['"]+|['"]+$/g, "");
  if (value === "") {
    throw new CommandError(
      "jsonpath wait has to have a value after equal sign, like --for=jsonpath='{.status.readyReplicas}'=3",
    );
  }
  if (expression === "") throw new CommandError("jsonpath expression cannot be empty");
  const path = worded(() => new JsonPath(expression, true));
  return {
    kind: "state",
    met(object) {
      const results = worded(() => path.findResults(object as unknown as Json));
      if (results.length === 0 || results[0]!.length === 0) return false;
      if (results.length > 1) throw new CommandError("given jsonpath expression matches more than one list");
      if (results[0]!.length > 1) throw new CommandError("given jsonpath expression matches more than one value");
      if (value === undefined) return true;
      const found = results[0]![0];
      if (typeof found === "object" && found !== null && Object.getPrototypeOf(found) !== null && isNested(found)) {
        throw new CommandError("jsonpath leads to a nested object or list which is not supported");
      }
      return sprint(found ?? null).trim() === value.trim();
    },
  };
}

function isNested(value: object): boolean {
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
}

/** At single `=`; two of them stay as they are. */
function splitAtEquals(text: string): string[] {
  const parts: string[] = [];
  let part = "";
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== "=") part += text[at];
    else if (text[at + 1] === "=") {
      part += "==";
      at++;
    } else {
      parts.push(part);
      part = "";
    }
  }
  return [...parts, part];
}
