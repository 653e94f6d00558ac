import { nameIsPathSegment } from "../../meta/value-rules.ts";
import type { KindBehaviour } from "../kind.ts";
import { type Role, roleErrors } from "../rbac-rules.ts";

/** Models kubernetes pkg/registry/rbac/clusterrole/strategy.go. */
export const behaviour: KindBehaviour<Role> = {
  validateName: nameIsPathSegment,
  validate: (role) => roleErrors(role, false),
  validateUpdate: (next) => roleErrors(next, false),
};
