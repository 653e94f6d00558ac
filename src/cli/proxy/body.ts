import { decodeText } from "../../api/encoding/text.ts";
import { DecodeError, readDocuments } from "../../api/encoding/yaml-read.ts";
import type { Json } from "../../api/json.ts";
import { badRequest } from "../../api/status.ts";

/** What a client sent, in JSON or in YAML. @throws ApiError BadRequest */
export function readBody(bytes: Uint8Array): { value: Json; duplicates: string[] } {
  const source = decodeText(bytes);
  try {
    // A JSON patch is a list: readDocuments looks for objects alone.
    if (/^\s*\[/.test(source)) return { value: JSON.parse(source) as Json, duplicates: [] };
    const [first] = readDocuments(source);
    return { value: first?.json ?? null, duplicates: first?.duplicates ?? [] };
  } catch (error) {
    if (!(error instanceof DecodeError) && !(error instanceof SyntaxError)) throw error;
    throw badRequest(`the object provided is unrecognized (must be of type Unstructured): ${error.message}`);
  }
}
