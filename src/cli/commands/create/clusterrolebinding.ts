import { createNoun } from "../../create-object.ts";
import { RBAC_GROUP, subjectsOf } from "../../rbac/subjects.ts";

/** `create clusterrolebinding NAME --clusterrole=NAME`. Models kubectl pkg/cmd/create/create_clusterrolebinding.go. */
export default createNoun({
  resource: `clusterrolebindings.${RBAC_GROUP}`,
  scope: "cluster",
  failure: "failed to create clusterrolebinding: ",
  build: ({ name, flags }) => ({
    apiVersion: `${RBAC_GROUP}/v1`,
    kind: "ClusterRoleBinding",
    metadata: { name },
    ...subjectsOf(flags),
    roleRef: { apiGroup: RBAC_GROUP, kind: "ClusterRole", name: flags.string("clusterrole") },
  }),
});
