import type { CommandContext } from "../command.ts";
import { objectNames } from "./live-words.ts";

/** The first argument of `cp`: a pod, a namespace's pod, or what lies here. Models the ValidArgsFunction of kubectl pkg/cmd/cp. */
export async function copyWords(typed: string, context: CommandContext): Promise<string[]> {
  if (/^[/.~]/.test(typed) || typed.includes(":")) return [];
  const slash = typed.indexOf("/");
  if (slash > 0) {
    const namespace = typed.slice(0, slash);
    const pods = await objectNames("pod", typed.slice(slash + 1), { ...context, namespace });
    return pods.map((pod) => `${namespace}/${pod}:`);
  }
  const namespaces = (await objectNames("namespace", typed, context)).map((name) => `${name}/`);
  const words = [...namespaces, ...(await objectNames("pod", typed, context)).map((name) => `${name}:`)];
  if (typed === "") return [...words, "./", "/"];
  // The shell looks for files by itself where there is no other word.
  return words.length === 0 ? [] : [...words, ...filesHere(typed, context)];
}

function filesHere(typed: string, { files, processes }: CommandContext): string[] {
  return files
    .list(processes.cwd)
    .filter((name) => name.startsWith(typed))
    .map((name) => (files.isDirectory(`${processes.cwd}/${name}`) ? `${name}/` : name));
}
