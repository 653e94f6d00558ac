import { expect, test } from "vitest";
import { Kubectl } from "../../support/kubectl.ts";

/** A plugin that says how it was called, as kubectl pkg/cmd/plugin.go calls it. */
function withPlugins(...names: string[]): Kubectl {
  const kubectl = new Kubectl({
    env: { PATH: "/plugins:/more" },
    program: (program, args) => ({ status: 3, stdout: `${program} ${args.join(",")}\n` }),
  });
  kubectl.files.mkdir("/more");
  for (const name of names) kubectl.files.write(`/plugins/${name}`, "", 0o755);
  return kubectl;
}

test.each([
  ["foo a b", "/plugins/kubectl-foo a,b\n"],
  ["foo bar x --y", "/plugins/kubectl-foo-bar x,--y\n"],
  ["foo --x bar", "/plugins/kubectl-foo --x,bar\n"],
  ["my-plug z", "/plugins/kubectl-my_plug z\n"],
  ["create thing x", "/plugins/kubectl-create-thing x\n"],
])("%s", async (line, stdout) => {
  const kubectl = withPlugins("kubectl-foo", "kubectl-foo-bar", "kubectl-my_plug", "kubectl-create-thing");
  expect(await kubectl.run(line)).toEqual({ stdout, stderr: "", status: 3 });
});

test.each([
  ["-n x foo", "Error: flags cannot be placed before plugin name: -n\n"],
  ["bar", 'error: unknown command "bar" for "kubectl"\n'],
])("refused: %s", async (line, stderr) => {
  expect(await withPlugins("kubectl-foo").run(line)).toEqual({ stdout: "", stderr, status: 1 });
});

// Models kubectl pkg/cmd/plugin/plugin.go (ListPlugins, CommandOverrideVerifier).
test("plugin list, with what is wrong with them", async () => {
  const kubectl = withPlugins("kubectl-foo", "kubectl-get");
  kubectl.files.write("/more/kubectl-foo", "", 0o644);
  kubectl.files.write("/more/other", "", 0o755);
  expect(await kubectl.run("plugin list")).toEqual({
    stdout:
      "The following compatible plugins are available:\n\n/plugins/kubectl-foo\n/plugins/kubectl-get\n/more/kubectl-foo\n",
    stderr:
      '  - warning: kubectl-get overwrites existing command: "kubectl get"\n' +
      "  - warning: /more/kubectl-foo identified as a kubectl plugin, but it is not executable\n" +
      "  - warning: /more/kubectl-foo is overshadowed by a similarly named plugin: /plugins/kubectl-foo\n" +
      "error: 3 plugin warnings were found\n",
    status: 1,
  });
});

test("plugin list without plugins", async () => {
  const kubectl = new Kubectl({ env: { PATH: "/none" } });
  expect((await kubectl.run("plugin list")).stderr).toContain(
    "error: unable to find any kubectl plugins in your PATH\n",
  );
});
