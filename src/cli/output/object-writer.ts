import type { Streams } from "../../platform/platform.ts";

/**
 * Where the text of an object goes. kubectl escapes tables and descriptions; templates and jsonpath print fields as they are, which is
 * right for a pipe. On a terminal a field could command it, so its control characters are shown there and not sent.
 */
export function objectWriter({ out }: Pick<Streams, "out">): (text: string) => void {
  return out.isTerminal ? (text) => out.write(visible(text)) : (text) => out.write(text);
}

/** `\x1b` as `^[`, as a terminal's own `cat -v` shows it; line ends and tabs stay. */
function visible(text: string): string {
  return text.replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x80 ? `^${String.fromCharCode(code ^ 0x40)}` : `M-^${String.fromCharCode((code & 0x7f) + 0x40)}`;
  });
}
