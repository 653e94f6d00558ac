import type { Finding } from "../../admin/doctor/finding.ts";
import type { Colours } from "./colours.ts";

/** Findings for people: what they are about, what is wrong, and the command lines that mend it. */
export async function doctorText(findings: readonly Finding[], { colour }: Colours): Promise<string> {
  if (findings.length === 0) return "Nothing is wrong.\n";
  const { Chalk } = await import("chalk");
  const chalk = new Chalk({ level: colour ? 1 : 0 });
  let text = "";
  let current = "";
  for (const { severity, object, namespace, problem, fix } of findings) {
    const title = namespace === "" ? object : `${object} in ${namespace}`;
    if (title !== current) text += `${current === "" ? "" : "\n"}${chalk.bold(title)}\n`;
    current = title;
    text += `  ${severity === "error" ? chalk.red("error") : chalk.yellow("hint")}: ${problem}\n`;
    for (const line of fix) text += `    $ ${line}\n`;
  }
  return text;
}
