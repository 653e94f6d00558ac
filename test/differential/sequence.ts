/** One command line of a sequence. */
export interface Step {
  line: number;
  text: string;
  /** Without the program's name. */
  argv: string[];
  input: string;
  env: Record<string, string>;
}

/** Command lines on one cluster, and the files that they read. */
export interface Sequence {
  name: string;
  files: Record<string, string>;
  steps: Step[];
}

/**
 * Reads sequences: `# name` begins one, on a cluster of its own; `%file PATH` … `%end` is a file; `$ kubectl …` a command line, with quotes as in a
 * shell, `NAME=value` before it and `< PATH` after it. Everything else is refused.
 */
export function parseSequences(text: string, files: Record<string, string> = {}): Sequence[] {
  const sequences: Sequence[] = [];
  const lines = text.split("\n");
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!;
    const current = sequences.at(-1);
    if (line.trim() === "" || line.startsWith("//")) continue;
    if (line.startsWith("# ")) sequences.push({ name: line.slice(2), files: { ...files }, steps: [] });
    else if (line.startsWith("%file ")) {
      const end = lines.indexOf("%end", at);
      const content = `${lines.slice(at + 1, end).join("\n")}\n`;
      (current?.files ?? files)[line.slice(6)] = content;
      at = end;
    } else if (line.startsWith("$ ") && current) current.steps.push(stepOf(line.slice(2), at + 1, current.files));
    else throw new Error(`line ${at + 1}: ${line}`);
  }
  return sequences;
}

function stepOf(text: string, line: number, files: Record<string, string>): Step {
  const words = shellWords(text);
  const env: Record<string, string> = {};
  while (/^[A-Z_]+=/.test(words[0] ?? "")) {
    const [name, ...value] = words.shift()!.split("=");
    env[name!] = value.join("=");
  }
  let input = "";
  const from = words.indexOf("<");
  if (from >= 0) {
    input = files[words[from + 1]!] ?? "";
    words.splice(from, 2);
  }
  if (words.shift() !== "kubectl") throw new Error(`line ${line}: only kubectl: ${text}`);
  return { line, text, argv: words, input, env };
}

/** Words with '…', "…" (with \" and \\) and backslashes, as bash reads them. */
export function shellWords(text: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (char === "'") {
      const end = text.indexOf("'", at + 1);
      word = (word ?? "") + text.slice(at + 1, end);
      at = end;
    } else if (char === '"') {
      word ??= "";
      for (at++; text[at] !== '"'; at++) {
        if (text[at] === "\\" && /["\\$`]/.test(text[at + 1] ?? "")) at++;
        word += text[at];
      }
    } else if (char === "\\") word = (word ?? "") + text[++at];
    else if (char === " ") {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? "") + char;
  }
  if (word !== undefined) words.push(word);
  return words;
}
