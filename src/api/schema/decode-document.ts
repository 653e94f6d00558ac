import { goQuote } from "../encoding/go-quote.ts";
import { readJson } from "../encoding/json-read.ts";
import { isObject, type Json, type JsonObject } from "../json.ts";
import { ParseError } from "../meta/parse-error.ts";
import type { KubeObject } from "../object.ts";
import { jsonShape } from "../patch/go-values.ts";
import { kindByGvk } from "../registry.ts";
import { finish, notRegistered, type TypeRef, typeMetaProblem, typeOf } from "./decode.ts";
import { readGoValue } from "./go-read.ts";
import { type GoField, type GoType, loadGoType } from "./go-types.ts";

/** What kubectl's own decoders make of a document that says its kind itself, and find wrong with it. `text` is the document as JSON. */

/**
 * The object in the form of its Go type. Models apimachinery pkg/runtime/serializer/json (Serializer.Decode) behind recognizer, which takes what is no JSON
 * object for YAML. @throws ParseError
 */
export async function decodeTyped(text: string): Promise<KubeObject> {
  const document = readJson(text).value;
  const ref = registeredKind(document, text);
  const type = await typeOf(ref);
  return finish(ref, readGoValue(document as JsonObject, type, { asWritten: true }).value, type);
}

/** What keeps a document, which may be a list, from being decoded so. */
export async function typedProblem(text: string): Promise<string | undefined> {
  return problemOf(async () => {
    const document = readJson(text).value;
    const ref = registeredKind(document, text, true);
    const type = kindByGvk(nameOf(ref), ref.kind) ? await typeOf(ref) : await listType(ref);
    readGoValue(document as JsonObject, type, { asWritten: true });
  });
}

/** What of kind, apiVersion and metadata Go's types cannot hold. Models cli-runtime pkg/resource/metadata_decoder.go. */
export async function metadataProblem(text: string): Promise<string | undefined> {
  return problemOf(async () => {
    const metadata = (await loadGoType({ group: "meta", version: "v1", kind: "ObjectMeta" }))!;
    const type = structOf("resource", "metadataOnlyObject", [...TYPE_META, fieldOf("metadata", metadata)]);
    readGoValue(readJson(text).value as JsonObject, type, { asWritten: true });
  });
}

async function problemOf(read: () => Promise<void>): Promise<string | undefined> {
  try {
    await read();
    return undefined;
  } catch (error) {
    if (error instanceof ParseError) return error.message;
    throw error;
  }
}

/** The kind that a document names, if client-go has a type of it. @throws ParseError */
function registeredKind(document: Json, text: string, isListToo = false): TypeRef {
  const problem = isObject(document) ? typeMetaProblem(document) : noTypeMeta(document);
  if (problem !== undefined) throw new ParseError(problem);
  const apiVersion = String((document as JsonObject | null)?.apiVersion ?? "");
  const kind = String((document as JsonObject | null)?.kind ?? "");
  const parts = apiVersion.split("/");
  if (parts.length > 2) throw new ParseError(`unexpected GroupVersion string: ${apiVersion}`);
  if (kind === "") throw new ParseError(`Object 'Kind' is missing in '${text}'`);
  const [version = "", group = ""] = parts.reverse();
  if (version === "") throw new ParseError(`Object 'apiVersion' is missing in '${text}'`);
  const ref = { group, version, kind };
  if (kindByGvk(nameOf(ref), kind) || (isListToo && itemKind(ref) !== undefined)) return ref;
  throw new ParseError(notRegistered(kind, nameOf(ref)));
}

function nameOf({ group, version }: TypeRef): string {
  return group === "" ? version : `${group}/${version}`;
}

/** The kind of a list's items, "" for `List` itself; undefined: no list that client-go knows. */
function itemKind(ref: TypeRef): string | undefined {
  if (ref.kind === "List") return ref.group === "" && ref.version === "v1" ? "" : undefined;
  const kind = ref.kind.endsWith("List") ? ref.kind.slice(0, -"List".length) : "";
  return kind !== "" && kindByGvk(nameOf(ref), kind) ? kind : undefined;
}

async function listType(ref: TypeRef): Promise<GoType> {
  const kind = itemKind(ref);
  const item: GoType = kind
    ? await typeOf({ ...ref, kind })
    : { kind: "special", name: "", text: "runtime.RawExtension" };
  const metadata = structOf("v1", "ListMeta", []);
  const items: GoType = { kind: "slice", item, text: `[]${item.text}` };
  return structOf("v1", ref.kind, [...TYPE_META, fieldOf("metadata", metadata), fieldOf("items", items)]);
}

function structOf(packageName: string, name: string, fields: GoField[]): GoType {
  return {
    kind: "struct",
    name,
    text: `${packageName}.${name}`,
    fields: new Map(fields.map((field) => [field.name, field])),
  };
}

function fieldOf(name: string, type: GoType, embedded = ""): GoField {
  return { name, type: () => type, omitEmpty: true, omitZero: false, embedded };
}

const TYPE_META = ["kind", "apiVersion"].map((name) => fieldOf(name, { kind: "string", text: "string" }, "TypeMeta"));

/** Models json.SimpleMetaFactory.Interpret of apimachinery for what is no object. */
function noTypeMeta(document: Json): string | undefined {
  if (document === null) return undefined;
  const fields = ["APIVersion apiVersion", "Kind kind"].map((pair) => {
    const [name, key] = pair.split(" ");
    return `${name} string ${goQuote(`json:"${key},omitempty"`)}`;
  });
  const type = `struct { ${fields.join("; ")} }`;
  return `couldn't get version/kind; json parse error: json: cannot unmarshal ${jsonShape(document)} into Go value of type ${type}`;
}
