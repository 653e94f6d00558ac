import type { ManifestDocument } from "../../api/encoding/yaml-read.ts";
import { isObject, type JsonObject } from "../../api/json.ts";
import type { KubeList, KubeObject } from "../../api/object.ts";
import { goQuote, notSimulated } from "../../api/status.ts";
import { type CommandContext, CommandError } from "../command.ts";
import { NoKindMatchError } from "../errors.ts";
import type { FlagValues } from "../flags/values.ts";
import { mappingForKind } from "./mapping.ts";
import type { ResourceInfo, Visitor } from "./visitor.ts";

/** The flags -f, -R and -k. */
export interface FilenameOptions {
  filenames: readonly string[];
  recursive: boolean;
  /** "" when there is none. */
  kustomize: string;
}

export function filenameOptions(flags: FlagValues): FilenameOptions {
  return {
    filenames: flags.list("filename"),
    recursive: flags.has("recursive") && flags.bool("recursive"),
    kustomize: flags.has("kustomize") ? flags.string("kustomize") : "",
  };
}

/** Throws CommandError when neither -f nor -k was given. */
export function requireFilename({ filenames, kustomize }: FilenameOptions): void {
  if (filenames.length === 0 && kustomize === "") throw new CommandError("must specify one of -f and -k");
}

export interface FileSource {
  from: "file" | "stdin" | "url" | "text";
  /** Path or address, or what a text is called in errors. */
  path: string;
  /** Of a source that is a text (cli-runtime's Builder.Stream). */
  text?: string;
}

type FileContext = Pick<CommandContext, "files" | "streams" | "processes">;

/** Folders are searched for files with these endings. */
const EXTENSIONS = [".json", ".yaml", ".yml"];

/**
 * The files that -f names, in order. What does not exist goes to `errors`. `single`: one file was named, so that one object is
 * printed alone. Models cli-runtime pkg/resource/builder.go (FilenameParam, Path).
 */
export function filesOf(
  options: FilenameOptions,
  context: FileContext,
  errors: unknown[],
): { list: FileSource[]; single: boolean } {
  if (options.filenames.length > 0 && options.kustomize !== "") {
    errors.push(new CommandError("only one of -f or -k can be specified"));
  }
  if (options.kustomize !== "" && options.recursive) {
    errors.push(new CommandError("the -k flag can't be used with -f or -R"));
  }
  if (errors.length > 0) return { list: [], single: false };
  if (options.kustomize !== "") throw notSimulated("-k (kustomize)");
  const list: FileSource[] = [];
  let folder = false;
  let stream = false;
  for (const name of options.filenames) {
    if (name === "-") {
      if (stream) errors.push(new CommandError("standard input cannot be used for multiple arguments"));
      stream = true;
      list.push({ from: "stdin", path: "STDIN" });
    } else if (name.startsWith("http://") || name.startsWith("https://")) {
      list.push({ from: "url", path: name });
    } else {
      for (const path of matching(name, context, errors)) {
        const inside = walk(path, path, options.recursive, context);
        if (inside.length > 1) folder = true;
        list.push(...inside.map((file): FileSource => ({ from: "file", path: file })));
        if (list.length === 0 && errors.length === 0) {
          errors.push(
            new CommandError(`error reading [${path}]: recognized file extensions are [${EXTENSIONS.join(" ")}]`),
          );
        }
      }
    }
  }
  return { list, single: !folder && !stream && list.length === 1 };
}

/** The path as it is, or what a pattern with `*`, `?` and `[…]` matches. Models Go's filepath.Glob. */
function matching(name: string, context: FileContext, errors: unknown[]): string[] {
  if (context.files.exists(absolute(name, context))) return [name];
  const found = /[*?[]/.test(name) ? glob(name, context) : [];
  if (found.length === 0) errors.push(new CommandError(`the path ${goQuote(name)} does not exist`));
  return found;
}

function glob(pattern: string, context: FileContext): string[] {
  const slash = pattern.lastIndexOf("/");
  const last = pattern.slice(slash + 1);
  const parents =
    slash < 0
      ? [""]
      : /[*?[]/.test(pattern.slice(0, slash))
        ? glob(pattern.slice(0, slash), context)
        : [pattern.slice(0, slash)];
  const rule = new RegExp(
    `^${last
      .replace(/[.+^${}()|\\]/g, "\\$&")
      .replaceAll("*", "[^/]*")
      .replaceAll("?", "[^/]")}$`,
    "u",
  );
  const found: string[] = [];
  for (const parent of parents) {
    const path = slash < 0 ? "." : parent === "" ? "/" : parent;
    if (!context.files.isDirectory(absolute(path, context))) continue;
    for (const name of [...context.files.list(absolute(path, context))].sort()) {
      if (rule.test(name)) found.push(slash < 0 ? name : `${parent}/${name}`);
    }
  }
  return found;
}

/** The files below a path, in the order of their names. Models ExpandPathsToFileVisitors. */
function walk(path: string, root: string, recursive: boolean, context: FileContext): string[] {
  if (!context.files.isDirectory(absolute(path, context))) {
    return path === root || EXTENSIONS.some((extension) => path.endsWith(extension)) ? [path] : [];
  }
  if (path !== root && !recursive) return [];
  return [...context.files.list(absolute(path, context))]
    .sort()
    .flatMap((name) => walk(join(path, name), root, recursive, context));
}

/** Models Go's filepath.Join for a path and a name in it. */
function join(path: string, name: string): string {
  const clean = path.replace(/^(\.\/+)+/, "").replace(/\/+$/, "");
  if (clean === "" || clean === ".") return path.startsWith("/") ? `/${name}` : name;
  return `${clean}/${name}`;
}

/** A path as the user typed it, seen from the working folder. */
export function absolute(path: string, { processes }: Pick<CommandContext, "processes">): string {
  return path.startsWith("/") || /^[A-Za-z]:[\\/]/.test(path) ? path : `${processes.cwd}/${path}`;
}

/** Reads one source and hands on its objects. Models cli-runtime's StreamVisitor and mapper.infoForData. */
export function visitFiles(
  source: FileSource,
  options: { validate?: boolean; local?: boolean },
  context: FileContext,
): Visitor {
  return async (visit) => {
    const { readDocuments, DecodeError } = await import("../../api/encoding/yaml-read.ts");
    const documents = readDocuments(decodeText(await readSource(source, context)));
    for (;;) {
      let next: ReturnType<typeof documents.next>;
      try {
        next = documents.next();
      } catch (error) {
        if (!(error instanceof DecodeError)) throw error;
        throw new CommandError(`error parsing ${source.path}: ${error.message}`);
      }
      if (next.done) return;
      const document = next.value;
      if (document.json === null) continue;
      if (options.validate) validateKind(document.json, source.path);
      let info: ResourceInfo;
      try {
        info = await infoOf(document, source.path, options.local ?? false);
      } catch (error) {
        await visit(undefined, error);
        continue;
      }
      await visit(info);
    }
  };
}

async function readSource(source: FileSource, context: FileContext): Promise<Buffer> {
  if (source.text !== undefined) return Buffer.from(source.text);
  if (source.from === "stdin") return context.streams.readInput();
  if (source.from === "url") {
    const text = await (await import("./examples.ts")).exampleManifest(source.path);
    if (text === undefined) throw notSimulated(`reading ${source.path}`);
    return Buffer.from(text);
  }
  try {
    return context.files.read(absolute(source.path, context));
  } catch (error) {
    throw new CommandError(openError(source.path, error));
  }
}

/** Text of a file, whatever its byte order mark says it is. Models golang.org/x/text's BOMOverride over UTF-8. */
function decodeText(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.subarray(2).toString("utf16le");
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes.subarray(2));
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  return bytes.toString("utf8", start);
}

/** How Go words that a file cannot be read. */
export function openError(path: string, error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "ENOENT") return `open ${path}: no such file or directory`;
  if (code === "EACCES") return `open ${path}: permission denied`;
  if (code === "EISDIR") return `read ${path}: is a directory`;
  throw error;
}

const STOP_VALIDATING = "if you choose to ignore these errors, turn validation off with --validate=false";

/** Models cli-runtime's ValidateSchema. */
function validateKind(value: unknown, source: string): void {
  const problem = kindProblem(value);
  if (problem === undefined) return;
  throw new CommandError(`error validating ${goQuote(source)}: error validating data: ${problem}; ${STOP_VALIDATING}`);
}

/** What is wrong with an object's apiVersion and kind. Models kubectl pkg/validation/validation.go (getObjectKind). */
export function kindProblem(value: unknown): string | undefined {
  const errors: string[] = [];
  if (!isObject(value)) errors.push("invalid object to validate");
  else {
    for (const field of ["apiVersion", "kind"]) {
      const text = value[field];
      if (text === undefined || text === null) errors.push(`${field} not set`);
      else if (typeof text !== "string") errors.push(`${field} isn't string type`);
      else if (field === "apiVersion" && text.split("/").length > 2) {
        errors.push(`unexpected GroupVersion string: ${text}`);
      }
    }
  }
  if (errors.length === 0) return undefined;
  return errors.length === 1 ? errors[0] : `[${errors.join(", ")}]`;
}

async function infoOf(document: ManifestDocument, source: string, local: boolean): Promise<ResourceInfo> {
  const value: unknown = document.json;
  const undecodable = (why: string) => new CommandError(`unable to decode ${goQuote(source)}: ${why}`);
  if (!isObject(value))
    throw undecodable(`json: cannot unmarshal ${jsonType(value)} into Go value of type unstructured.detector`);
  const { kind, apiVersion } = value;
  if (kind === undefined || kind === null || kind === "") {
    throw undecodable(`Object 'Kind' is missing in '${document.text.trim()}'`);
  }
  const problem = await metadataProblem(value);
  if (problem !== undefined) throw undecodable(problem);
  const stray = Array.isArray(value.items) ? value.items.find((item) => item !== null && !isObject(item)) : undefined;
  if (stray !== undefined)
    throw undecodable(`json: cannot unmarshal ${jsonType(stray)} into Go value of type map[string]interface {}`);
  const object = value as unknown as KubeObject | KubeList;
  const metadata = (isObject(value.metadata) ? value.metadata : {}) as JsonObject;
  const text = (name: string) => (typeof metadata[name] === "string" ? (metadata[name] as string) : "");
  const info: ResourceInfo = {
    namespace: text("namespace"),
    name: text("name"),
    source,
    resourceVersion: text("resourceVersion"),
    subresource: "",
    object,
    duplicates: document.duplicates,
  };
  if (local || isListKind(value)) return info;
  try {
    info.mapping = mappingForKind(String(apiVersion ?? ""), String(kind));
  } catch (error) {
    if (!(error instanceof NoKindMatchError)) throw error;
    throw new CommandError(
      `resource mapping not found for name: ${goQuote(info.name)} namespace: ${goQuote(info.namespace)} from ${goQuote(source)}: ${error.message}\nensure CRDs are installed first`,
    );
  }
  return info;
}

/** What of the metadata Go's ObjectMeta cannot hold. Models cli-runtime pkg/resource/metadata_decoder.go. */
async function metadataProblem({ metadata }: JsonObject): Promise<string | undefined> {
  if (metadata === undefined || metadata === null) return undefined;
  const { loadGoType } = await import("../../api/schema/go-types.ts");
  const { readGoValue } = await import("../../api/schema/go-read.ts");
  const { ParseError } = await import("../../api/meta/parse-error.ts");
  const type = (await loadGoType({ group: "meta", version: "v1", kind: "ObjectMeta" }))!;
  const field = { name: "metadata", type: () => type, omitEmpty: true, omitZero: false, embedded: "" };
  const name = "metadataOnlyObject";
  try {
    readGoValue(
      { metadata },
      { kind: "struct", name, text: `resource.${name}`, fields: new Map([["metadata", field]]) },
    );
    return undefined;
  } catch (error) {
    if (error instanceof ParseError) return error.message;
    throw error;
  }
}

/** A list that has no kind of its own in the API: its items say what they are. */
function isListKind(value: JsonObject): boolean {
  return Array.isArray(value.items) && typeof value.kind === "string" && value.kind.endsWith("List");
}

function jsonType(value: unknown): string {
  if (Array.isArray(value)) return "array";
  if (typeof value === "boolean") return "bool";
  return typeof value;
}
