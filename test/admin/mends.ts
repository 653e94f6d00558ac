import { describe, expect, it } from "vitest";
import { Kubectl } from "../support/kubectl.ts";
import { prepare, type Situation } from "./situations.ts";

/** A situation whose commands, typed as they are printed, leave nothing wrong. */
export interface Mended extends Situation {
  /** A command line that fails before and succeeds after. */
  answers?: string;
  /** Where its commands only show more: what the doctor says after them. */
  remains?: string;
  /** Milliseconds that pass before somebody asks. */
  later?: number;
}

/** The pod that asks. */
export const CLIENT =
  "---\napiVersion: v1\nkind: Pod\nmetadata: {name: c, labels: {run: c}}\nspec: {containers: [{name: sh, image: nicolaka/netshoot, command: [sleep, infinity]}]}\n";

export const CURL = "exec c -- curl -sS -m 3 web";

/** Holds what the doctor says, and that what it names mends it. */
export function mends(title: string, situations: readonly Mended[]): void {
  describe(title, () => {
    it.each(situations)("$name", async (situation) => {
      const kubectl = new Kubectl(situation.profile ? { profile: situation.profile } : {});
      await prepare(kubectl, situation);
      kubectl.now += situation.later ?? 0;
      if (situation.answers) expect((await kubectl.run(situation.answers)).status).not.toBe(0);
      const ran = await kubectl.run(situation.ask);
      expect(ran).toEqual({ stdout: situation.stdout, stderr: "", status: situation.status });
      await follow(kubectl, ran.stdout);
      kubectl.now += 1000;
      expect((await kubectl.run("doctor")).stdout).toBe(situation.remains ?? "Nothing is wrong.\n");
      if (situation.answers) expect(await kubectl.run(situation.answers)).toMatchObject({ status: 0 });
    });
  });
}

/** Types the commands of a doctor's report; those that ask for an editor or listen are left out. */
export async function follow(kubectl: Kubectl, report: string): Promise<void> {
  for (const line of report.split("\n").flatMap((text) => /^ {4}\$ (.*)$/.exec(text)?.[1] ?? [])) {
    if (/^kubectl (edit|port-forward) /.test(line)) continue;
    const piped = /^printf %s '(.*)' \| kubectl apply -f -$/.exec(line)?.[1];
    const [program = "", ...argv] = shellWords(line);
    const ran = piped
      ? await kubectl.run("apply -f -", piped.replaceAll("'\\''", "'"))
      : await kubectl.run(program === "curl" ? [program, ...argv] : argv);
    // Warnings of the server are no matter here.
    expect({ line, status: ran.status }).toEqual({ line, status: 0 });
  }
}

/** The words of a POSIX command line with single quotes. */
export function shellWords(line: string): string[] {
  return [...line.matchAll(/(?:[^\s']|'[^']*')+/g)].map(([word]) => word.replaceAll("'", ""));
}
