import { createNoun } from "../../create-object.ts";

/** `create priorityclass NAME --value=VALUE`. Models kubectl pkg/cmd/create/create_priorityclass.go. */
export default createNoun({
  resource: "priorityclasses.scheduling.k8s.io",
  scope: "cluster",
  failure: "failed to create priorityclass: ",
  build: ({ name, flags }) => ({
    apiVersion: "scheduling.k8s.io/v1",
    kind: "PriorityClass",
    metadata: { name },
    value: flags.int("value"),
    ...(flags.bool("global-default") ? { globalDefault: true } : {}),
    ...(flags.string("description") === "" ? {} : { description: flags.string("description") }),
    preemptionPolicy: flags.string("preemption-policy"),
  }),
});
