import type { Json } from "../json.ts";
import { emitJson } from "./json-emit.ts";
import { JsonSyntaxError, readJsonAt } from "./json-read.ts";
import { byteLength } from "./text.ts";
import { YamlError } from "./yaml-cursor.ts";
import { decodeYaml } from "./yaml-decode.ts";
import { parseYaml } from "./yaml-parser.ts";

/** One document of a file of manifests. */
export interface ManifestDocument {
  json: Json;
  /** What the document is as JSON: the source text of JSON, compact JSON with sorted keys of YAML, "" of null. */
  text: string;
  /** Fields that occur twice, in the words of a strict reader. kubectl itself takes the last one and says nothing. */
  duplicates: string[];
}

/** A document that cannot be read, in the words of kubectl (what follows `error parsing FILE: `). */
export class DecodeError extends Error {
  override name = "DecodeError";
}

/** The JSON of one YAML document, or DecodeError (`error converting YAML to JSON: yaml: line 2: …`). */
export function readYaml(text: string): ManifestDocument {
  try {
    const { value, duplicates } = decodeYaml(parseYaml(text));
    return document(value, duplicates);
  } catch (error) {
    if (error instanceof YamlError) throw new DecodeError(`error converting YAML to JSON: ${error.message}`);
    throw error;
  }
}

/** The text is made when somebody asks: most callers want the value. */
function document(json: Json, duplicates: string[]): ManifestDocument {
  return {
    json,
    duplicates,
    get text() {
      return json === null ? "" : emitJson(json);
    },
  };
}

const SPACE = "\\t\\n\\v\\f\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const LOOKS_LIKE_JSON = new RegExp(`^[${SPACE}]*\\{`);
const IS_SPACE = new RegExp(`[${SPACE}]`);

/**
 * The documents of a text, one after another: what comes before a bad one is handed out before DecodeError is thrown.
 * Empty documents are handed out as null. Text that begins with `{` is read as JSON values in a row, and if that fails
 * at the first or second one, as YAML. Models k8s.io/apimachinery pkg/util/yaml YAMLOrJSONDecoder.
 */
export function* readDocuments(text: string): Generator<ManifestDocument, void, undefined> {
  let rest = text;
  let jsonError: DecodeError | undefined;
  if (LOOKS_LIKE_JSON.test(text)) {
    let pos = 0;
    for (let count = 0; ; count++) {
      try {
        const found = readJsonAt(text, pos);
        if (found === undefined) return;
        const source = text.slice(pos, found.end).trim();
        pos = found.end;
        yield {
          json: found.value,
          text: source,
          duplicates: found.duplicates.map((path) => `duplicate field "${path}"`),
        };
      } catch (error) {
        if (!(error instanceof JsonSyntaxError)) throw error;
        if (count > 1) throw new DecodeError(error.atEnd ? "unexpected EOF" : error.message);
        jsonError = new DecodeError(error.atEnd ? "unexpected EOF" : `json: offset ${error.offset}: ${error.message}`);
        break;
      }
    }
    const start = yamlStart(text, pos);
    if (start === undefined) throw jsonError;
    rest = text.slice(start);
  }
  for (const chunk of splitDocuments(rest)) {
    let read: ManifestDocument;
    try {
      if (chunk.bad !== undefined) throw new DecodeError(`invalid Yaml document separator: ${chunk.bad}`);
      read = readYaml(chunk.text);
    } catch (error) {
      if (error instanceof DecodeError && jsonError !== undefined) throw jsonError;
      throw error;
    }
    yield read;
    jsonError = undefined;
  }
}

/** Where YAML begins after JSON: at the next line or at what is not blank; nowhere in the last three bytes. */
function yamlStart(text: string, from: number): number | undefined {
  for (let at = from; ; at++) {
    const tail = text.slice(at, at + 4);
    if (tail.length < 4 && byteLength(tail) < 4) return undefined;
    if (text[at] === "\n") return at + 1;
    if (!IS_SPACE.test(text[at]!)) return at;
  }
}

/**
 * Cuts at lines that begin with `---`; a separator before any content stays in its document. `bad`: what stands behind a separator and may
 * not; nothing follows it. Models k8s.io/apimachinery pkg/util/yaml YAMLReader.
 */
export function* splitDocuments(text: string): Generator<{ text: string; bad?: string }> {
  let buffer = "";
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  for (const raw of lines) {
    const line = raw.endsWith("\r") ? raw.slice(0, -1) : raw;
    if (line.startsWith("---")) {
      const after = line.slice(3).trim();
      if (after !== "" && !after.startsWith("#")) {
        yield { text: "", bad: after };
        return;
      }
      if (buffer !== "") {
        yield { text: buffer };
        buffer = "";
        continue;
      }
    }
    buffer += `${line}\n`;
  }
  if (buffer !== "") yield { text: buffer };
}
