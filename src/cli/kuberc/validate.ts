import { goQuote } from "../../api/encoding/go-quote.ts";
import { cleanPath } from "../clean-path.ts";
import { CommandError } from "../command.ts";
import type { OptionDefault, Preference } from "./preference.ts";

/** Throws CommandError. Models kubectl pkg/kuberc/kuberc.go (validate). */
export function validatePreference({ aliases = [], defaults = [], ...rest }: Preference): void {
  const names = new Set<string>();
  for (const { name = "", options } of aliases) {
    if (!/^[a-zA-Z]+$/.test(name))
      throw new CommandError("invalid alias name, can only include alphabetical characters");
    validateOptions(options);
    if (names.has(name)) throw new CommandError(`duplicate alias name ${name}`);
    names.add(name);
  }
  for (const { options } of defaults) validateOptions(options);
  validatePolicy(rest);
}

function validateOptions(options: readonly OptionDefault[] = []): void {
  for (const { name = "" } of options)
    if (name.startsWith("-")) throw new CommandError(`flag name ${name} should be in long form without dashes`);
}

/** Models client-go plugin/pkg/client/auth/exec/exec.go (ValidatePluginPolicy). */
function validatePolicy({ credentialPluginPolicy: policy = "", credentialPluginAllowlist: list }: Preference): void {
  if (["", "AllowAll", "DenyAll"].includes(policy)) {
    if (list === undefined) return;
    throw new CommandError(
      `misconfigured credential plugin allowlist: plugin policy is ${goQuote(policy)} but allowlist is non-nil`,
    );
  }
  if (policy !== "Allowlist") throw new CommandError(`unknown plugin policy: ${goQuote(policy)}`);
  if (list === undefined)
    throw new CommandError('credential plugin policy set to "Allowlist", but allowlist is unspecified');
  if (list.length === 0)
    throw new CommandError(
      'credential plugin policy set to "Allowlist", but allowlist is empty; use "DenyAll" policy instead',
    );
  for (const [at, entry] of list.entries()) {
    const command = entry.command || entry.name || "";
    if (command === "")
      throw new CommandError(`misconfigured credential plugin allowlist: empty allowlist entry #${at + 1}`);
    const cleaned = cleanPath(command);
    if (cleaned !== command)
      throw new CommandError(`non-normalized file path: ${goQuote(command)} vs ${goQuote(cleaned)}`);
  }
}
