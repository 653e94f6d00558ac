import { bindingBehaviour } from "../rbac-rules.ts";

/** Models kubernetes pkg/registry/rbac/rolebinding/strategy.go. */
export const behaviour = bindingBehaviour(true);
