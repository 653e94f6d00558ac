import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { advance, type ScriptWorld, startOf } from "../../src/images/script/machine.ts";
import { parseScript } from "../../src/images/script/parse.ts";
import { type Called, Unsupported } from "../../src/images/script/program.ts";

interface Row {
  script: string;
  stdout: string;
  stderr: string;
  status: number;
}

const rows: Row[] = JSON.parse(readFileSync(new URL("../goldens/scripts/golden.json", import.meta.url), "utf8"));

/** Runs a script where there are two folders and no program but `cat`. */
function run(script: string): Omit<Row, "script"> {
  const files = new Map<string, string>();
  const printed = { stdout: "", stderr: "" };
  const isDirectory = (path: string) => ["/", "/tmp", "/home"].includes(path);
  const world: ScriptWorld = {
    shell: "sh",
    busybox: false,
    variable: (name) => ({ WHO: "me", EMPTY: "", PATH: "/bin" })[name],
    read: (path) => files.get(path),
    write(path, text, append) {
      if (path === "/dev/null") return undefined;
      if (!isDirectory(path.slice(0, path.lastIndexOf("/")) || "/")) return "Directory nonexistent";
      files.set(path, (append ? (files.get(path) ?? "") : "") + text);
      return undefined;
    },
    isDirectory,
    serves: () => undefined,
    print: (stream, text) => {
      printed[stream] += text;
    },
  };
  const state = startOf(0, "/home");
  const running = advance(parseScript(script), state, world, Number.POSITIVE_INFINITY, 3000);
  let step = running.next();
  while (!step.done) {
    const { argv, stdin } = step.value;
    const missing: Called = { status: 127, stdout: "", stderr: `sh: 1: ${argv[0]}: not found\n` };
    const text = argv[1] === undefined ? stdin : files.get(`/home/${argv[1]}`);
    step = running.next(argv[0] === "cat" ? { status: 0, stdout: text ?? "", stderr: "" } : missing);
  }
  return { ...printed, status: typeof step.value === "object" ? step.value.ended : -1 };
}

test.each(rows)("$script", ({ script, ...wanted }) => {
  expect(run(script)).toEqual(wanted);
});

const WORDS =
  "if then elif else fi for x in while until do done case esac { } ( ) ; ;; & && || | ! echo true false exit set -e -u sleep 1 break continue cd export x=1 x=$x$x $x ${x:-y} ${x%%*} ${x#[a} $((x+1)) $((x/0)) $((++x)) $( ) ` \" ' \\ \n > >> < 2>&1 /dev/null f <<EOF EOF [ ] -f = -eq 3 # $? $$ printf %s test * [z-a]".split(
    " ",
  );

test.each([
  "$(".repeat(50_000),
  "(".repeat(50_000),
  "if ".repeat(50_000),
  `x=${"a".repeat(60_000)}; echo ${"${x%%"}${"*a".repeat(10)}b}`,
  `case ${"a".repeat(60_000)} in ${"*a".repeat(10)}b) echo;; esac`,
  `x=aaaaaaaa; while true; do x=$x$x; done`,
])("a script that is too deep, or asks too much, is said not to be followed", (script) => {
  expect(() => run(script)).toThrow(Unsupported);
});

test("whatever stands in a script: it is followed, or said not to be, and ends", () => {
  const script = fc
    .array(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...WORDS) }, fc.string({ maxLength: 5 })), {
      maxLength: 25,
    })
    .map((words) => words.join(" ").replaceAll("\\n", "\n"));
  const property = fc.property(script, (text) => {
    try {
      run(text);
    } catch (error) {
      expect(error).toBeInstanceOf(Unsupported);
    }
  });
  fc.assert(property, { numRuns: 20_000, seed: 1 });
}, 120_000);
