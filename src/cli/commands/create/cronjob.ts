import { commandOf, createNoun, metadataOf } from "../../create-object.ts";

/** `create cronjob NAME --image=image --schedule='0/5 * * * ?'`. Models kubectl pkg/cmd/create/create_cronjob.go. */
export default createNoun({
  resource: "cronjobs.batch",
  failure: "failed to create cronjob: ",
  build(options) {
    const { name, flags } = options;
    const container = { name, image: flags.string("image"), ...commandOf(options) };
    const restartPolicy = flags.string("restart") || "OnFailure";
    return {
      apiVersion: "batch/v1",
      kind: "CronJob",
      metadata: metadataOf(options),
      spec: {
        schedule: flags.string("schedule"),
        jobTemplate: {
          metadata: { name },
          spec: { template: { spec: { containers: [container], restartPolicy } } },
        },
      },
    };
  },
});
