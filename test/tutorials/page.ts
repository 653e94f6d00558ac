import { describe, expect, it } from "vitest";
import { type Answer, Learner } from "./typing.ts";

/** One command of a page, as it is typed, beside what the page shows. */
export interface Step {
  run: string;
  /** What is entered into the program that it starts. */
  typed?: readonly string[];
  /** It goes on in a second terminal until the step that has `ends`. */
  stays?: boolean;
  ends?: boolean;
  /** Seconds that pass before it: the page says to wait. */
  after?: number;
  /** What the page shows; absent: it shows nothing. */
  shows?: string;
  /** All of standard output. */
  prints?: string;
  /** Lines of an output that is too long to be written down. */
  has?: readonly string[];
  /** Standard error, curl's meter left out. */
  warns?: string;
  exit?: number;
  /** Why it prints something else than the page shows. */
  deviates?: string;
  /** Typed otherwise than the page has it, and why. */
  instead?: string;
}

export interface Page {
  title: string;
  /** Where it stands in the documentation of Kubernetes. */
  source: string;
  profile?: string;
  files?: Record<string, string>;
  steps: readonly Step[];
  /** How many commands, how many of them the page shows an output of, and how many print something else. */
  counts: { commands: number; shown: number; deviations: number; typedOtherwise: number };
}

/** A page typed from start to end: every output is as written down, and the page's but for names, addresses and ages. */
export function tutorial(page: Page): void {
  describe(page.title, () => {
    it(`can be typed from start to end (${page.source})`, { timeout: 120_000 }, async () => {
      const learner = new Learner({
        ...(page.profile ? { profile: page.profile } : {}),
        ...(page.files ? { files: page.files } : {}),
      });
      for (const step of page.steps) {
        const answer = await take(learner, step);
        const { prints, has, warns = "", exit = 0 } = step;
        // Pods stand in the order of their names.
        const lines = plain(answer.stdout).sort();
        if (prints !== undefined) expect(lines, step.run).toEqual(plain(prints).sort());
        for (const line of has ?? []) expect(lines, step.run).toContain(plain(line)[0]);
        expect([plain(answer.stderr), answer.status], step.run).toEqual([plain(warns), exit]);
      }
    });

    it("prints what the page shows; each deviation has its reason", () => {
      for (const { run, shows, prints, has, warns = "", deviates } of page.steps) {
        if (shows === undefined) continue;
        const printed = prints ?? has?.join("\n") ?? "";
        expect(alike(shows, printed + warns) ? "as shown" : "deviates", run).toBe(deviates ? "deviates" : "as shown");
      }
      expect(countsOf(page.steps)).toEqual(page.counts);
    });
  });
}

export function countsOf(steps: readonly Step[]): Page["counts"] {
  const count = (holds: (step: Step) => boolean) => steps.filter(holds).length;
  return {
    commands: steps.length,
    shown: count(({ shows }) => shows !== undefined),
    deviations: count(({ deviates }) => deviates !== undefined),
    typedOtherwise: count(({ instead }) => instead !== undefined),
  };
}

const running = new WeakMap<Learner, () => Promise<Answer>>();

export async function take(learner: Learner, { run, typed, stays, ends, after = 0 }: Step): Promise<Answer> {
  learner.kubectl.now += after * 1000;
  if (stays) {
    running.set(learner, await learner.inSecondTerminal(run.replace(/^kubectl /, "")));
    return { stdout: "", stderr: "", status: 0 };
  }
  if (ends) return await running.get(learner)!();
  return await learner.type(run, typed ?? []);
}

/** Whether two outputs differ in names, addresses, ports, ages and blanks alone. */
export function alike(shown: string, printed: string): boolean {
  return plain(shown).join("\n") === plain(printed).join("\n");
}

/** The lines of an output without what is drawn by lot or follows the clock: those things have tests of their own. */
function plain(text: string): string[] {
  return text
    .split("\n")
    .map((line) =>
      line
        .replace(/\b(?!127\.)\d{1,3}(\.\d{1,3}){3}\b/g, "IP")
        .replace(/-([0-9a-f]{6,10}|[bcdfghjklmnpqrstvwxz2456789]{6,10})-[a-z0-9]{5}\b/g, "-POD")
        .replace(/-[a-z0-9]{5}(?= +IPv4)/, "-SLICE")
        .replace(/(pod-template-hash=|-)(?=[a-z0-9]*\d)[bcdfghjklmnpqrstvwxz2456789]{8,10}\b/g, "$1HASH")
        .replace(/\bip-10-0-1-\d+/g, "NODE")
        .replace(/\ba[0-9a-f]{31}-\d+/g, "ELB")
        .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "UID")
        .replace(/("?resourceVersion"?: "?)\d+/, "$1N")
        .replace(/0a:58(:[0-9a-f]{2}){4}|fe80::[0-9a-f:]+|eth0@if\d+/g, "INTERFACE")
        .replace(/\b3\d{4}\b/g, "NODEPORT")
        .replace(/\b(\d+[dhms])+\b/g, "AGE")
        .replace(/\s+/g, " ")
        .trim(),
    )
    .filter((line) => line !== "");
}
