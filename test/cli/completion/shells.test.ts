import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BASH } from "../../../src/cli/completion/scripts/bash.ts";
import { FISH } from "../../../src/cli/completion/scripts/fish.ts";
import { ZSH } from "../../../src/cli/completion/scripts/zsh.ts";

// The scripts in real shells, with a program that answers what it was asked: `q` and its last word.
const PROGRAM = `#!/bin/sh
for word; do :; done
case "$*" in
  "__complete get svc k") printf 'kubernetes\\nkube-x\\n:4\\n' ;;
  "__complete get --output=js") printf 'json\\tas JSON\\njsonpath\\n:4\\n' ;;
  "__complete port-forward svc/a 80:") printf '80:443\\n:4\\n' ;;
  "__complete -n kube-system get ") printf 'pods\\n:4\\n' ;;
  "__complete cur") printf "curl$KUBEMU_COMPLETE_OWN\\n:4\\n" ;;
  "__complete apply -f a") printf 'yaml\\njson\\n:8\\n' ;;
  *) printf ':1\\n' ;;
esac
`;

const has = (shell: string) => spawnSync(shell, ["-c", "true"]).status === 0;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "kubemu-completion-"));
  mkdirSync(join(folder, "bin"));
  for (const name of ["kubectl", "kubemu"]) {
    writeFileSync(join(folder, "bin", name), PROGRAM);
    chmodSync(join(folder, "bin", name), 0o755);
  }
  for (const name of ["a.yaml", "a.txt", "b.yaml"]) writeFileSync(join(folder, name), "");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(shell: string, script: string): string {
  const env = { PATH: `${join(folder, "bin")}:${process.env.PATH}`, HOME: folder };
  const { stdout, stderr } = spawnSync(shell, ["-c", script], { cwd: folder, env, encoding: "utf8", timeout: 20_000 });
  return stdout + stderr;
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

describe.skipIf(!has("bash"))("bash", () => {
  test.each([
    [["kubectl", "get", "svc", "k"], "kubernetes kube-x"],
    [["kubectl", "get", "--output", "=", "js"], "json jsonpath"],
    [["kubectl", "port-forward", "svc/a", "80", ":"], "443"],
    [["kubectl", "-n", "'kube-system'", "get", ""], "pods"],
    [["kubectl", "apply", "-f", "a"], "a.yaml"],
    [["kubectl", "cur"], "curl"],
    [["kubemu", "cur"], "curl1"],
    [["kubectl", "unknown"], ""],
  ])("%j", (words, expected) => {
    // As bash itself sets them: = and : are words of their own.
    const line = words
      .join(" ")
      .replace(/ (=) ?/g, "$1")
      .replace(/ (:)/g, "$1");
    const script = [
      BASH,
      `COMP_WORDS=(${words.map(quoted).join(" ")}) COMP_CWORD=${words.length - 1} COMP_TYPE=9`,
      `COMP_LINE=${quoted(line)}`,
      "compopt() { :; }",
      "__start_kubectl",
      `echo "\${COMPREPLY[*]}"`,
    ].join("\n");
    expect(run("bash", script)).toBe(`${expected}\n`);
  });
});

describe.skipIf(!has("fish"))("fish", () => {
  test.each([
    ["kubectl get svc k", "kubernetes\nkube-x\n"],
    ["kubectl get --output=js", "--output=json\tas JSON\n--output=jsonpath\n"],
    ["kubectl -n 'kube-system' get ", "pods\n"],
    ["kubemu cur", "curl1\n"],
  ])("%s", (line, expected) => {
    const folderOf = "mkdir -p ~/.config/fish/completions";
    const script = `${folderOf}; echo ${quoted(FISH).replaceAll("'\\''", "\\'")} >~/.config/fish/completions/kubectl.fish; cp ~/.config/fish/completions/kubectl.fish ~/.config/fish/completions/kubemu.fish; complete -C ${JSON.stringify(line)}`;
    expect(run("fish", script)).toBe(expected);
  });
});

// An interactive zsh at a pseudo-terminal: the line is typed, a tab after it, and what its completion system takes is printed.
const ZSH_TYPES = String.raw`
zmodload zsh/zpty
zpty inner zsh -f -i
zpty -w inner "source ./inner.zsh"
zpty -r inner shown '*READY*'
zpty -n -w inner "$1"$'\t'
zpty -r inner shown '*DONE*'
print -r -- "$shown" | tr -d '\r' | sed -n 's/^.*WORD //p'
zpty -d inner
`;
const ZSH_INNER = String.raw`
PS1=
autoload -U compinit; compinit -D -u
source ./_kubectl.zsh
compadd() {
  local -a words
  [[ \${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]] && { builtin compadd "$@"; return }
  builtin compadd -O words "$@"
  print -rl -- "" "WORD "\${^words}
  builtin compadd "$@"
}
comppostfuncs=(tell-end)
tell-end() { print; print -r -- DO""NE }
bindkey '^I' complete-word
zstyle ':completion:*' insert-tab false
print -r -- REA""DY
`.replaceAll("\\$", "$");

describe.skipIf(!has("zsh"))("zsh", () => {
  test.each([
    ["kubectl get svc k", "kubernetes\nkube-x\n"],
    ["kubectl get --output=js", "json\njsonpath\n"],
    ["kubectl port-forward svc/a 80:", "80:443\n"],
    ["kubectl -n 'kube-system' get ", "pods\n"],
    ["kubectl apply -f a", "a.yaml\n"],
    ["kubectl cur", "curl\n"],
    ["kubemu cur", "curl1\n"],
  ])("%s", (line, expected) => {
    writeFileSync(join(folder, "_kubectl.zsh"), ZSH);
    writeFileSync(join(folder, "inner.zsh"), ZSH_INNER);
    writeFileSync(join(folder, "types.zsh"), ZSH_TYPES);
    expect(run("zsh", `source ./types.zsh ${quoted(line)}`)).toBe(expected);
  });
});
