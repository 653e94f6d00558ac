import { KUBECTL_PAGES } from "./kubectl-pages.ts";
import { KUBEMU_PAGES } from "./kubemu-pages.ts";

/** What a command's help says beside its flags. */
export interface HelpPage {
  /** What follows the command's name in the usage line. */
  usage: string;
  /** What it does; the first line stands in lists of commands. */
  about: string;
  /** Command lines that work on a cluster that has what they name. */
  examples: readonly string[];
}

/** `[usage, about, ...examples]`. */
export type PageLine = readonly [usage: string, about: string, ...examples: string[]];

export function pageOf(path: string): HelpPage {
  const line = Object.hasOwn(KUBECTL_PAGES, path) ? KUBECTL_PAGES[path] : KUBEMU_PAGES[path];
  const [usage = "", about = "", ...examples] = line ?? [];
  return { usage, about, examples };
}
