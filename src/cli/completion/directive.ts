/** What a shell is to do with the words that it gets, as bits. Models github.com/spf13/cobra v1.10 completions.go. */
export const DIRECTIVE = { default: 0, error: 1, noSpace: 2, noFiles: 4, filterExtensions: 8 } as const;

/** Words to choose from; `about` is what a shell may show beside them. */
export interface Completions {
  choices: { word: string; about?: string }[];
  directive: number;
}

/** The directive in words. */
export function directiveText(directive: number): string {
  const names: string[] = [];
  if (directive & DIRECTIVE.error) names.push("ShellCompDirectiveError");
  if (directive & DIRECTIVE.noSpace) names.push("ShellCompDirectiveNoSpace");
  if (directive & DIRECTIVE.noFiles) names.push("ShellCompDirectiveNoFileComp");
  if (directive & DIRECTIVE.filterExtensions) names.push("ShellCompDirectiveFilterFileExt");
  return names.length === 0 ? "ShellCompDirectiveDefault" : names.join(", ");
}

export function choicesOf(words: readonly string[]): Completions["choices"] {
  return words.map((word) => ({ word }));
}
