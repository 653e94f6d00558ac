import { DecodeError, readYaml } from "../../api/encoding/yaml-read.ts";

/** What a file says, as JSON; when it is neither YAML nor JSON, its lines without comments. Models cmdutil.StripComments. */
export function stripComments(text: string): string {
  if (/^\s*\{/.test(text)) return text;
  try {
    const { json, text: converted } = readYaml(text);
    return json === null ? "null" : converted;
  } catch (error) {
    if (error instanceof DecodeError) return stripLines(text);
    throw error;
  }
}

/** Without the lines that are comments. Models cmdutil.ManualStrip. */
export function stripLines(text: string): string {
  const lines = text.split("\n");
  return lines
    .map((line, i) => {
      const start = line.trim();
      if (start.startsWith("#") && !start.startsWith("#!")) return "";
      return i < lines.length - 1 ? `${line}\n` : line;
    })
    .join("");
}

/** True when a line holds something that is no comment. */
export function hasLines(text: string): boolean {
  return text.split("\n").some((line) => line.trim() !== "" && !line.trim().startsWith("#"));
}
