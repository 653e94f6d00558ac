const ACRONYMS = ["API", "URL", "UID", "GUID"];

/** `apiVersion` as `API Version`, `podCIDRs` as `Pod CIDRs`; names with other characters stay. Models smartLabelFor. */
export function labelFor(field: string): string {
  if (!/^[\p{L}-]*$/u.test(field)) return field;
  const parts = mergedParts(camelWords(field));
  return parts.map(capitalized).join(" ");
}

function capitalized(part: string): string {
  if (ACRONYMS.includes(part.toUpperCase())) return part.toUpperCase();
  return part.toLowerCase() === part ? part.charAt(0).toUpperCase() + part.slice(1) : part;
}

/** An acronym and the word behind it that begins with a capital stay one: `CID`, `Rs`. */
function mergedParts(parts: readonly string[]): string[] {
  const merged: string[] = [];
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]!;
    const next = parts[i + 1];
    const acronym = [...part].length >= 2 && /^[\p{Lu}-]*$/u.test(part);
    if (acronym && next !== undefined && /^\p{Lu}/u.test(next)) {
      merged.push(part + next);
      i++;
    } else merged.push(part);
  }
  return merged;
}

/** Models github.com/fatih/camelcase Split for letters and dashes. */
function camelWords(text: string): string[] {
  const runs = text.match(/\p{Lu}+|\p{Ll}+|[^\p{Lu}\p{Ll}]+/gu) ?? [];
  const words = [...runs];
  for (let i = 0; i < words.length - 1; i++) {
    if (!/^\p{Lu}/u.test(words[i]!) || !/^\p{Ll}/u.test(words[i + 1]!)) continue;
    // The last capital begins the word behind it.
    words[i + 1] = words[i]!.at(-1)! + words[i + 1]!;
    words[i] = words[i]!.slice(0, -1);
  }
  return words.filter((word) => word !== "");
}
