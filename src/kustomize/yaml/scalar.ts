import { decodeBase64, decodeText } from "../../api/encoding/text.ts";
import { type ResolvedScalar, resolveScalar } from "../../api/encoding/yaml-scalar.ts";
import { KustomizeError } from "../problem.ts";
import type { Node } from "./node.ts";

/** YAML 1.2 has fewer words for booleans. */
const OLD_BOOL = /^(?:y|Y|yes|Yes|YES|on|On|ON|n|N|no|No|NO|off|Off|OFF)$/;

/** What a plain scalar is to go.yaml.in/yaml/v3: as the older version reads it, without `yes`, `on` and the like. */
export function resolvePlain(value: string): ResolvedScalar {
  return OLD_BOOL.test(value) ? { kind: "string", value } : resolveScalar(value);
}

const TAGS: Readonly<Record<ResolvedScalar["kind"], string>> = {
  string: "!!str",
  bool: "!!bool",
  null: "!!null",
  int: "!!int",
  uint: "!!int",
  float: "!!float",
  timestamp: "!!timestamp",
};

export function plainTag(value: string): string {
  return TAGS[resolvePlain(value).kind];
}

const RESOLVABLE = new Set(["!!str", "!!bool", "!!int", "!!float", "!!null", "!!timestamp"]);

/**
 * What a scalar is once it has been written and read again, which is how kyaml makes JSON: the style of an older value may have made a number a text, and a
 * text without a type a number. Models yaml/v3 encode.go (node) and decode.go (scalar). Throws KustomizeError.
 */
export function resolveNode(node: Node): ResolvedScalar {
  const { tag, value, style } = node;
  const asText: ResolvedScalar = { kind: "string", value };
  const quoted = style === "double" || style === "single" || style === "literal";
  if (isTagged(node)) return resolveTagged(tag, value);
  // What is left without a tag speaks by its quotes.
  if (quoted || value.includes("\n") || (tag === "!!str" && plainTag(value) !== "!!str")) return asText;
  return resolvePlain(value);
}

/** Whether it is written with its tag, which then says what it is. */
export function isTagged({ tag, value, style }: Node): boolean {
  if (tag === "" || tag === "!") return false;
  if (style === "tagged") return true;
  if (tag === "!!str" || plainTag(value) === tag) return false;
  return tag !== "!!merge" || style !== "";
}

function resolveTagged(tag: string, value: string): ResolvedScalar {
  if (tag === "!!binary") return { kind: "string", value: binary(value) };
  if (tag === "!!str" || !RESOLVABLE.has(tag)) return { kind: "string", value };
  const resolved = resolvePlain(value);
  const found = TAGS[resolved.kind];
  if (found === tag) return resolved;
  if (tag === "!!float" && resolved.kind === "int") return { kind: "float", value: resolved.value };
  throw new KustomizeError(`yaml: cannot decode ${found} \`${value}\` as a ${tag}`);
}

function binary(value: string): string {
  try {
    return decodeText(decodeBase64(value.replace(/\s/g, "")));
  } catch {
    throw new KustomizeError("yaml: !!binary value contains invalid base64 data");
  }
}

/** The time of a scalar as Go's JSON has it: `2026-01-02` is midnight in UTC. */
export function timeText(value: string): string {
  const parts = /^(\d+)-(\d+)-(\d+)(?:[Tt ]\s*(\d+):(\d+):(\d+)(?:[.,](\d+))?(.*))?$/.exec(value)!;
  const [, year, month, day, hour = "0", minute = "0", second = "0", fraction = "", zone = ""] = parts;
  const two = (part: string | undefined) => String(part).padStart(2, "0");
  const rest = fraction.slice(0, 9).replace(/0+$/, "");
  const offset = /^[-+]00:00$/.test(zone) ? "Z" : zone || "Z";
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}${rest && `.${rest}`}${offset}`;
}
