import { bindingBehaviour } from "../rbac-rules.ts";

/** Models kubernetes pkg/registry/rbac/clusterrolebinding/strategy.go. */
export const behaviour = bindingBehaviour(false);
