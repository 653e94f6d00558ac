/** Makes control sequences of a terminal visible. Models cli-runtime printers.EscapeTerminal. */
export function escapeTerminal(text: string): string {
  if (!text.includes("\x1b") && !text.includes("\r")) return text;
  return text.replaceAll("\x1b", "^[").replaceAll("\r", "\\r");
}
