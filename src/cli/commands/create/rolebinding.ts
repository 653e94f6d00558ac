import { CommandError } from "../../command.ts";
import { createNoun, metadataOf, requireNounName } from "../../create-object.ts";
import { RBAC_GROUP, subjectsOf } from "../../rbac/subjects.ts";

/** `create rolebinding NAME`. Models kubectl pkg/cmd/create/create_rolebinding.go. */
export default createNoun({
  resource: `rolebindings.${RBAC_GROUP}`,
  failure: "failed to create rolebinding: ",
  validate(options) {
    requireNounName(options);
    if ((options.flags.string("clusterrole") === "") === (options.flags.string("role") === "")) {
      throw new CommandError("exactly one of clusterrole or role must be specified");
    }
  },
  build(options) {
    const role = options.flags.string("role");
    const roleRef =
      role === ""
        ? { apiGroup: RBAC_GROUP, kind: "ClusterRole", name: options.flags.string("clusterrole") }
        : { apiGroup: RBAC_GROUP, kind: "Role", name: role };
    return {
      apiVersion: `${RBAC_GROUP}/v1`,
      kind: "RoleBinding",
      metadata: metadataOf(options),
      ...subjectsOf(options.flags),
      roleRef,
    };
  },
});
