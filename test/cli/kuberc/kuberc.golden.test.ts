import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { HOME, Kubectl, type Ran } from "../../support/kubectl.ts";

interface Row {
  name: string;
  files: Record<string, string>;
  env: Record<string, string>;
  steps: (
    | ({ argv: string[]; env?: Record<string, string>; input?: string } & Ran)
    | { cat: string; text: string }
    | { write: [path: string, text: string] }
  )[];
}

// What kubectl v1.36.2 itself printed and wrote; goldens/kuberc/README.md says how.
const url = new URL("../../goldens/kuberc/golden.json", import.meta.url);
const rows = JSON.parse(readFileSync(url, "utf8")) as Row[];

test.each(rows)("$name", async ({ files, env, steps }) => {
  const kubectl = new Kubectl({ files });
  for (const step of steps) {
    if ("write" in step) kubectl.write(...step.write);
    else if ("cat" in step) expect(kubectl.read(step.cat)).toBe(step.text);
    else {
      const { argv, env: more, input = "", ...expected } = step;
      Object.assign(kubectl.env, { HOME, KUBERC: "", KUBECTL_KUBERC: "", ...env, ...more });
      const ran = await kubectl.run(argv, input);
      expect({ ...ran, stderr: masked(ran.stderr) }, argv.join(" ")).toEqual(expected);
    }
  }
});

function masked(text: string): string {
  return text.replace(/I\d{4} [0-9:.]+ +\d+ /g, "KLOG ").replace(/KLOG envvar\.go:.*\n/g, "");
}
