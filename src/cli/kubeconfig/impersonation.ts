import { setKey } from "../../api/json.ts";
import type { User } from "../../api/types/user.ts";
import type { FlagValues } from "../flags/values.ts";

/** Whom `--as`, `--as-uid`, `--as-group` and `--as-user-extra` name. Models client-go tools/clientcmd/overrides.go. */
export function userOf(flags: FlagValues): User {
  const uid = flags.string("as-uid");
  const extra: Record<string, string[]> = {};
  for (const text of flags.list("as-user-extra")) {
    const at = text.indexOf("=");
    if (at < 0) continue;
    const key = text.slice(0, at).toLowerCase();
    setKey(extra, key, [...(Object.hasOwn(extra, key) ? extra[key]! : []), text.slice(at + 1)]);
  }
  return {
    name: flags.string("as"),
    groups: flags.list("as-group"),
    ...(uid === "" ? {} : { uid }),
    ...(Object.keys(extra).length > 0 ? { extra } : {}),
  };
}
