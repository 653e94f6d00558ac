/** What a command's help says beside its flags. */
export interface HelpPage {
  /** What follows the command's name in the usage line. */
  usage: string;
  /** What it does; the first line stands in lists of commands. */
  about: string;
  /** Command lines that work on a fresh cluster, or after the one above. */
  examples: string[];
}

const NONE: HelpPage = { usage: "", about: "", examples: [] };

export function pageOf(path: string): HelpPage {
  return PAGES[path] ?? NONE;
}

const PAGES: Readonly<Record<string, HelpPage>> = {
  "": {
    usage: "COMMAND [flags]",
    about: "kubectl with a simulated cluster behind it, kept in one file.",
    examples: [
      "kubectl create deployment web --image=nginx --port=80",
      "kubectl expose deployment web",
      "kubectl get services",
    ],
  },
};
