/** JSON text on several lines; its tokens and what follows it stay as they are. Models Go's encoding/json Indent. */
export function indentJson(text: string, indent: string): string {
  let out = "";
  let depth = 0;
  let fresh = false;
  const end = text.trimEnd().length;
  const line = () => `\n${indent.repeat(depth)}`;
  for (const [token] of text.slice(0, end).matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g)) {
    const closes = token === "}" || token === "]";
    if (fresh && !closes) {
      fresh = false;
      depth++;
      out += line();
    }
    if (token === "{" || token === "[") {
      fresh = true;
      out += token;
    } else if (token === ",") out += `,${line()}`;
    else if (token === ":") out += ": ";
    else if (!closes) out += token;
    else if (fresh) {
      fresh = false;
      out += token;
    } else {
      depth--;
      out += `${line()}${token}`;
    }
  }
  return out + text.slice(end);
}
