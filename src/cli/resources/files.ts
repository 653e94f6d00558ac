import { goQuote } from "../../api/encoding/go-quote.ts";
import { parseGoUrl } from "../../api/meta/go-url.ts";
import { ParseError } from "../../api/meta/parse-error.ts";
import { notSimulated } from "../../api/status.ts";
import { goErrno } from "../../platform/errno.ts";
import { type CommandContext, CommandError } from "../command.ts";
import type { FlagValues } from "../flags/values.ts";
import { glob, isPattern } from "./glob.ts";
import { infoOf, validateManifest } from "./manifest-info.ts";
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
  from: "file" | "stdin" | "url" | "text" | "kustomization";
  /** Path or address, or what a text is called in errors; the folder of a kustomization. */
  path: string;
  /** Of a source that is a text (cli-runtime's Builder.Stream). */
  text?: string;
}

type FileContext = Pick<CommandContext, "files" | "streams" | "processes" | "clock" | "checkRequest">;

/** Folders are searched for files with these endings. */
const EXTENSIONS = [".json", ".yaml", ".yml"];

/**
 * The files that -f names, in order, or the kustomization that -k names. What does not exist goes to `errors`. `single`: one file was named, so that one object is
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
  if (options.kustomize !== "") return { list: [{ from: "kustomization", path: options.kustomize }], single: true };
  const list: FileSource[] = [];
  let folder = false;
  let stream = false;
  for (const name of options.filenames) {
    if (name === "-") {
      if (stream) errors.push(new CommandError("standard input cannot be used for multiple arguments"));
      stream = true;
      list.push({ from: "stdin", path: "STDIN" });
    } else if (name.startsWith("http://") || name.startsWith("https://")) {
      try {
        parseGoUrl(name);
        list.push({ from: "url", path: name });
      } catch (error) {
        if (!(error instanceof ParseError)) throw error;
        errors.push(new CommandError(`the URL passed to filename ${goQuote(name)} is not valid: ${error.message}`));
      }
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
  const found = isPattern(name) ? glob(name, context.files, (path) => absolute(path, context)) : [];
  if (!found) errors.push(new CommandError(`pattern ${goQuote(name)} is not valid: syntax error in pattern`));
  else if (found.length === 0) errors.push(new CommandError(`the path ${goQuote(name)} does not exist`));
  return found ?? [];
}

/** The files below a path, in the order of their names. Models ExpandPathsToFileVisitors. */
function walk(path: string, root: string, recursive: boolean, context: FileContext): string[] {
  const at = absolute(path, context);
  // Go's filepath.Walk goes through no link, except that the path itself may be one.
  const isLink = path !== root && context.files.readlink(at) !== undefined;
  if (isLink || !context.files.isDirectory(at)) {
    if (isLink && context.files.isDirectory(at)) return [];
    return path === root || EXTENSIONS.some((extension) => path.endsWith(extension)) ? [path] : [];
  }
  if (path !== root && !recursive) return [];
  return [...context.files.list(at)].sort().flatMap((name) => walk(join(path, name), root, recursive, context));
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
  options: { validate?: boolean; local?: boolean; typed?: boolean },
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
      if (options.validate) await validateManifest(document.json, source.path);
      let info: ResourceInfo;
      try {
        if (!options.local) context.checkRequest();
        info = await infoOf(document, source.path, options);
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
  if (source.from === "kustomization") return Buffer.from(await kustomized(source.path, context));
  if (source.from === "stdin") return context.streams.readInput();
  if (source.from === "url") return Buffer.from(await fetched(source.path));
  try {
    return context.files.read(absolute(source.path, context));
  } catch (error) {
    throw new CommandError(openError(source.path, error));
  }
}

/** Refuses addresses that nobody answers for here, before anything is done with other sources. */
export async function requireReadable(sources: readonly FileSource[]): Promise<void> {
  for (const { from, path } of sources) if (from === "url") await fetched(path);
}

/** The text behind an address. */
async function fetched(address: string): Promise<string> {
  const text = await (await import("./examples.ts")).exampleManifest(address);
  if (text === undefined) throw notSimulated(`reading ${address}`);
  return text;
}

/** Models cli-runtime pkg/resource/kustomizevisitor.go. */
async function kustomized(path: string, context: FileContext): Promise<string> {
  const { buildKustomization, kustomizationYaml } = await import("./kustomization.ts");
  return kustomizationYaml(await buildKustomization(path, { reorder: "legacy" }, context));
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
  const why = goErrno(error);
  if (why === undefined) throw error;
  // A folder can be opened.
  const call = (error as NodeJS.ErrnoException).code === "EISDIR" ? "read" : "open";
  return `${call} ${path}: ${why}`;
}
