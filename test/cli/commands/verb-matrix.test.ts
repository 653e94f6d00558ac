import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { renderHelp } from "../../../src/cli/help/render.ts";
import { COMMANDS } from "../../../src/cli/root.ts";
import { HOME, Kubectl } from "../../support/kubectl.ts";

const CASES = ["success", "no arguments", "nothing of that name", "bad flag", "bad value"] as const;
type Case = (typeof CASES)[number];

interface Row {
  verb: string;
  case: Case;
  env?: Record<string, string>;
  /** Lines that must succeed before. */
  setup?: string[];
  /** What the editor replaces in the file that it is given. */
  edit?: [from: string, to: string];
  line: string;
  /** The page of the command is on this stream, before what the row names: the page is in kubemu's own words. */
  help?: "stdout" | "stderr";
  stdout: string;
  stderr: string;
  status: number;
  /** The file of Kubernetes that says so, where the control plane that was recorded had no containers. */
  source?: string;
}

// What kubectl 1.36.2 printed on a real control plane of that version that held SETUP's objects, in a folder with
// `files`: each row stands alone. `absent` names the cases that a verb does not have, and why.
const { files, absent, rows } = JSON.parse(readFileSync(`${import.meta.dirname}/verb-matrix.json`, "utf8")) as {
  files: Record<string, string>;
  absent: { verbs: string[]; case: Case; why: string }[];
  rows: Row[];
};
const SETUP = [
  "create deployment web --image=nginx",
  "create service clusterip s --tcp=80",
  "create configmap c --from-literal=a=b",
];

it.each(rows)("$verb, $case: $line", async ({ verb, env, setup = [], edit, line, help, stdout, stderr, status }) => {
  const kubectl = new Kubectl({ files, env: { EDITOR: "ed", ...env } });
  kubectl.files.write(`${HOME}/kubectl-hello`, files["kubectl-hello"]!, 0o755);
  kubectl.program = (_, args) => {
    const [from, to] = edit ?? ["", ""];
    const path = args.at(-1)!;
    if (edit) kubectl.write(path, kubectl.read(path).replace(from, to));
    return { status: 0, stdout: "" };
  };
  for (const before of [...SETUP, ...setup]) await kubectl.ok(before);
  const page = help ? await renderHelp(verb) : "";
  const wanted = { stdout, stderr, status };
  if (help) wanted[help] = page + wanted[help];
  const ran = await kubectl.run(line);
  expect({ ...ran, stdout: masked(ran.stdout), stderr: masked(ran.stderr) }).toEqual(wanted);
});

/** Without what a cluster picks: the end of a pod's name, a token. */
function masked(text: string): string {
  return text
    .replace(/(?<=\bweb-7887448d46-)[a-z0-9]{5}\b/g, "xxxxx")
    .replace(/^eyJ[\w-]+\.[\w-]+\.[\w-]+$/gm, "<token>");
}

const kubectlsOwn = COMMANDS.filter((entry) => !entry.own);

it("every verb of kubectl's has a row for each case, or a reason why there is no such case", () => {
  const key = (verb: string, of: Case) => `${verb}, ${of}`;
  const rowed = new Set(rows.map((row) => key(row.verb, row.case)));
  const excused = absent.flatMap(({ verbs, case: of }) => verbs.map((verb) => key(verb, of)));
  const asked = kubectlsOwn.flatMap(({ path: verb }) => CASES.map((of) => key(verb, of)));
  expect(asked.filter((one) => !rowed.has(one) && !excused.includes(one))).toEqual([]);
  expect(
    excused.filter((one) => rowed.has(one) || !asked.includes(one)),
    "reasons for what has a row",
  ).toEqual([]);
  expect(
    [...rowed].filter((one) => !asked.includes(one)),
    "rows of what is no verb",
  ).toEqual([]);
});
