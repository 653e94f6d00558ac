/** The programs of the simulated world that a shell gets: name and the kubemu command behind it. */
const SHIMS: readonly (readonly [name: string, command: string])[] = [
  ["kubectl", ""],
  ["curl", "curl"],
  ["nslookup", "nslookup"],
  ["dig", "dig"],
  ["host", "host"],
  ["wget", "wget"],
  ["minikube", "minikube"],
];

/** Those that hand over to the real program what is of the real world. */
const HAND_OVER = ["curl", "nslookup", "dig", "host", "wget"];

/** Set for these: the folder that the real program is not to be looked for in. */
export const SHIM_FOLDER = "KUBEMU_SHIM_FOLDER";

/** A word as a POSIX shell reads it back, whatever is in it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** The scripts of the folder, by name. `program`: what starts kubemu. */
export function shimScripts(program: readonly string[], folder: string): Record<string, string> {
  const start = program.map(quoted).join(" ");
  return Object.fromEntries(
    SHIMS.map(([name, command]) => {
      const before = HAND_OVER.includes(name) ? `${SHIM_FOLDER}=${quoted(folder)} ` : "";
      return [name, `#!/bin/sh\n${before}exec ${start}${command === "" ? "" : ` ${command}`} "$@"\n`];
    }),
  );
}

/** The line that `eval` runs first: it makes a folder that nobody else can have made, then asks for the rest. */
export function envStart(program: readonly string[]): string {
  const start = program.map(quoted).join(" ");
  return `eval "$(${start} env --dir "$(mktemp -d "\${TMPDIR:-/tmp}/kubemu.XXXXXXXX")")"\n`;
}

/**
 * Shell code (POSIX, bash, zsh) that puts the folder's programs first on PATH, gives this shell a state file of its own, and defines
 * `kubemu_off`, which undoes all of it. `temporary`: the folder was made for this and goes with it.
 */
export function envCode(folder: string, bin: string, state: string, temporary: boolean): string {
  const made = [bin, state, `${state}.snapshots`, `${state}.record`].map(quoted).join(" ");
  const clean = temporary ? `\n  rm -rf -- ${made}\n  rmdir -- ${quoted(folder)} 2>/dev/null || true` : "";
  return `if command -v kubemu_off >/dev/null 2>&1; then kubemu_off; fi
if [ -n "\${KUBEMU_STATE+set}" ]; then kubemu_state_before=$KUBEMU_STATE; else unset kubemu_state_before; fi
PATH=${quoted(bin)}:$PATH
KUBEMU_STATE=${quoted(state)}
export PATH KUBEMU_STATE
kubemu_off() {
  PATH=$(printf '%s' ":$PATH:" | sed ${quoted(`s|:${bin.replace(/[|.[\]*^$\\]/g, "\\$&")}:|:|;s|^:||;s|:$||`)})
  if [ -n "\${kubemu_state_before+set}" ]; then KUBEMU_STATE=$kubemu_state_before; else unset KUBEMU_STATE; fi
  unset kubemu_state_before${clean}
  unset -f kubemu_off
  hash -r 2>/dev/null || true
}
hash -r 2>/dev/null || true
`;
}
