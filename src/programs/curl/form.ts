import { decodeText, encodeBase64, encodeText } from "../../api/encoding/text.ts";
import { keyedSuffix } from "../../api/keyed-random.ts";
import { errnoText } from "../../platform/errno.ts";
import type { FormPart } from "./config.ts";

/** Where the pieces of a form come from: a file's bytes, `-` for standard input; undefined: it cannot be read. */
export type FormFile = (name: string) => Promise<Uint8Array | undefined>;

/** A file of a form cannot be read. */
export class FormFileError extends Error {}

/** `-F NAME=CONTENT`; undefined, after a warning: there is no `=`, or a type that is none. @throws FormFileError. Models tool_formparse.c formparse. */
export async function parseForm(
  text: string,
  plain: boolean,
  file: FormFile,
  warn: (text: string) => void,
): Promise<FormPart | undefined> {
  const equals = text.indexOf("=");
  if (equals < 0) {
    warn("Illegally formatted input field!");
    return undefined;
  }
  const name = text.slice(0, equals);
  const content = text.slice(equals + 1);
  if (plain) return { name, value: encodeText(content), kind: "literal" };
  const reader = new PartReader(content, warn);
  if (content.startsWith("@")) {
    const parts: FormPart[] = [];
    do {
      reader.skip(1);
      const { word, attributes } = await reader.part(",", file);
      if (reader.failed) return undefined;
      const value = await contentOf(word, file);
      const stdin = word === "-";
      parts.push({
        name: "",
        value,
        kind: stdin ? "stream" : "file",
        fileName: attributes.fileName ?? (stdin ? "-" : word.replace(/^.*\//, "")),
        path: word,
        ...attributes,
      });
    } while (reader.at(","));
    return parts.length === 1
      ? { ...parts[0]!, name }
      : { name, value: new Uint8Array(), kind: "literal", files: parts };
  }
  if (content.startsWith("<")) {
    reader.skip(1);
    const { word, attributes } = await reader.part("", file);
    if (reader.failed) return undefined;
    const value = await contentOf(word, file);
    return { name, value, kind: word === "-" ? "stream" : "file", path: word, ...attributes };
  }
  const { word, attributes } = await reader.part("", file);
  if (reader.failed) return undefined;
  return { name, value: encodeText(word), kind: "literal", ...attributes };
}

async function contentOf(name: string, file: FormFile): Promise<Uint8Array> {
  const content = await file(name);
  if (!content) throw new FormFileError(name);
  return content;
}

type Attributes = Pick<FormPart, "type" | "fileName" | "encoder" | "headers">;

/** Models tool_formparse.c get_param_part and get_param_word. */
class PartReader {
  private readonly text: string;
  private readonly warn: (text: string) => void;
  private position = 0;
  /** Something was no type, and a warning has said so. */
  failed = false;
  constructor(text: string, warn: (text: string) => void) {
    this.text = text;
    this.warn = warn;
  }

  skip(count: number): void {
    this.position += count;
  }

  at(mark: string): boolean {
    return this.text[this.position] === mark;
  }

  /** A word and the `;type=` … behind it, up to `end` or the end of the text. */
  async part(end: string, file: FormFile): Promise<{ word: string; attributes: Attributes }> {
    const word = this.word(end);
    const attributes: Attributes = {};
    while (this.at(";")) {
      this.skip(1);
      this.blanks();
      const rest = this.text.slice(this.position);
      const known = /^(type|filename|headers|encoder)=/i.exec(rest)?.[1]?.toLowerCase();
      if (known === undefined) {
        const unknown = this.word(end);
        if (unknown !== "") this.warn(`skip unknown form field: ${unknown}`);
        continue;
      }
      this.skip(known.length + 1);
      const fromFile = known === "headers" && /^[@<]/.test(this.text[this.position] ?? "");
      if (fromFile) this.skip(1);
      const value = this.word(end);
      if (known === "type") {
        attributes.type = value;
        if (!/^[^/ ]+\/[^;, \n]+/.test(value)) {
          this.warn("Illegally formatted content-type field!");
          this.failed = true;
        }
      } else if (known === "filename") attributes.fileName = value;
      else if (known === "encoder") attributes.encoder = value;
      else {
        const lines = fromFile ? headerLines((await file(value)) ?? this.unreadable(value)) : [value];
        attributes.headers = [...(attributes.headers ?? []), ...lines];
      }
    }
    return { word, attributes };
  }

  private unreadable(file: string): Uint8Array {
    this.warn(`Cannot read from ${file}: ${errnoText("ENOENT")}`);
    return new Uint8Array();
  }

  private blanks(): void {
    while (/^\s/.test(this.text[this.position] ?? "")) this.position++;
  }

  private word(end: string): string {
    this.blanks();
    const rest = this.text.slice(this.position);
    const quoted = /^"((?:[^"\\]|\\.)*)"/s.exec(rest);
    if (quoted) {
      this.skip(quoted[0].length);
      // What stands between the closing quote and the next mark is left out.
      while (this.position < this.text.length && !this.at(";") && (end === "" || !this.at(end))) this.position++;
      return quoted[1]!.replace(/\\(["\\])/g, "$1");
    }
    const start = this.position;
    while (this.position < this.text.length && !this.at(";") && (end === "" || !this.at(end))) this.position++;
    return this.text.slice(start, this.position).replace(/\s+$/, "");
  }
}

/** A file of headers, one a line; a line that begins with a blank goes on with the one before, one with `#` says nothing. Models tool_formparse.c read_field_headers. */
function headerLines(content: Uint8Array): string[] {
  const lines: string[] = [];
  for (const line of decodeText(content).split(/\r?\n/)) {
    if (/^\s/.test(line) && lines.length > 0) lines.push(`${lines.pop()} ${line.trim()}`);
    else if (line !== "" && !line.startsWith("#")) lines.push(line.trimEnd());
  }
  return lines;
}

/** The parts as a body of a type (`multipart/form-data`); boundaries are drawn by key. Models lib/mime.c. */
export function multipart(
  parts: readonly FormPart[],
  type: string,
  seed: string,
): { body: Uint8Array; boundary: string } {
  const boundary = drawBoundary(seed, "curl boundary", parts.length);
  const disposition = /^multipart\/form-data\b/i.test(type) ? "form-data" : "attachment";
  return { body: join(parts, boundary, disposition, seed), boundary };
}

function drawBoundary(seed: string, purpose: string, what: number): string {
  const digits = [...keyedSuffix(16, seed, purpose, what)].map((ch) => (ch.charCodeAt(0) % 16).toString(16));
  return `------------------------${digits.join("")}`;
}

function join(parts: readonly FormPart[], boundary: string, disposition: string, seed: string): Uint8Array {
  const pieces: Uint8Array[] = [];
  for (const [index, part] of parts.entries()) {
    const inner = part.files ? drawBoundary(seed, "curl inner boundary", index) : undefined;
    const headers = partHeaders(part, disposition, inner);
    pieces.push(encodeText(`--${boundary}\r\n${headers.map((line) => `${line}\r\n`).join("")}\r\n`));
    pieces.push(part.files ? join(part.files, inner!, "attachment", seed) : encoded(part), encodeText("\r\n"));
  }
  return concat([...pieces, encodeText(`--${boundary}--\r\n`)]);
}

function partHeaders(part: FormPart, disposition: string, inner: string | undefined): string[] {
  const quote = (text: string) => text.replaceAll('"', "%22").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
  const name = part.name === "" ? "" : `; name="${quote(part.name)}"`;
  const fileName = part.fileName === undefined ? "" : `; filename="${quote(part.fileName)}"`;
  const type = inner === undefined ? contentType(part) : `multipart/mixed; boundary=${inner}`;
  return [
    `Content-Disposition: ${disposition}${name}${fileName}`,
    ...(type === undefined ? [] : [`Content-Type: ${type}`]),
    ...(part.encoder === undefined ? [] : [`Content-Transfer-Encoding: ${part.encoder}`]),
    ...(part.headers ?? []),
  ];
}

/** Models lib/mime.c Curl_mime_prepare_headers: a text without a file name says nothing of its type. */
function contentType({ type, kind, fileName, path }: FormPart): string | undefined {
  if (type !== undefined) return type;
  let found = fileName === undefined ? undefined : typeOfFile(fileName);
  if (kind === "file") found ??= typeOfFile(path ?? "") ?? (fileName === undefined ? undefined : BINARY);
  return found === "text/plain" && fileName === undefined ? undefined : found;
}

const BINARY = "application/octet-stream";

/** Models lib/mime.c Curl_mime_contenttype. */
function typeOfFile(file: string): string | undefined {
  const known: ReadonlyMap<string, string> = new Map([
    ["gif", "image/gif"],
    ["jpg", "image/jpeg"],
    ["jpeg", "image/jpeg"],
    ["png", "image/png"],
    ["svg", "image/svg+xml"],
    ["txt", "text/plain"],
    ["htm", "text/html"],
    ["html", "text/html"],
    ["pdf", "application/pdf"],
    ["xml", "application/xml"],
  ]);
  const ending = /\.([^.]*)$/.exec(file)?.[1];
  return ending === undefined ? undefined : known.get(ending.toLowerCase());
}

/** Whether an encoder is one of those that `encoded` knows. */
export const knownEncoder = (name: string) => ["binary", "8bit", "7bit", "base64"].includes(name.toLowerCase());

function encoded(part: FormPart): Uint8Array {
  if (part.encoder?.toLowerCase() !== "base64") return part.value;
  const text = encodeBase64(part.value);
  return encodeText(text.match(/.{1,76}/g)?.join("\r\n") ?? "");
}

/** The pieces one after the other. */
export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
