import type { JsonObject } from "../../api/json.ts";
import { CommandError } from "../command.ts";
import type { FlagValues } from "../flags/values.ts";

export const RBAC_GROUP = "rbac.authorization.k8s.io";

/** Whom a binding is for. Throws CommandError. Models kubectl pkg/cmd/create/create_rolebinding.go. */
export function subjectsOf(flags: FlagValues): { subjects?: JsonObject[] } {
  const named = (kind: string) => (name: string) => ({ kind, apiGroup: RBAC_GROUP, name });
  const subjects: JsonObject[] = [
    ...flags.list("user").map(named("User")),
    ...flags.list("group").map(named("Group")),
    ...flags.list("serviceaccount").map((text) => {
      const [namespace, name, ...rest] = text.split(":");
      if (!namespace || !name || rest.length > 0) {
        throw new CommandError("serviceaccount must be <namespace>:<name>");
      }
      return { kind: "ServiceAccount", name, namespace };
    }),
  ];
  return subjects.length > 0 ? { subjects } : {};
}
