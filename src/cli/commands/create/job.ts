import type { KubeObject, ObjectMeta } from "../../../api/object.ts";
import { type CommandContext, CommandError } from "../../command.ts";
import { type CreateOptions, commandOf, createNoun, metadataOf } from "../../create-object.ts";
import { findResources } from "../../resources/find.ts";

interface CronJob extends KubeObject {
  spec: { jobTemplate: { metadata?: ObjectMeta; spec?: Record<string, unknown> } };
}

/** `create job NAME`. Models kubectl pkg/cmd/create/create_job.go. */
export default createNoun({
  resource: "jobs.batch",
  failure: "failed to create job: ",
  validate(options) {
    const { flags } = options;
    const from = flags.string("from");
    if ((flags.string("image") === "") === (from === "")) {
      throw new CommandError("either --image or --from must be specified");
    }
    if (from !== "" && commandOf(options).command) throw new CommandError("cannot specify --from and command");
  },
  build(options, context) {
    const { name, flags } = options;
    if (flags.string("from") !== "") return jobOfCronJob(options, context);
    const container = { name, image: flags.string("image"), ...commandOf(options) };
    return {
      apiVersion: "batch/v1",
      kind: "Job",
      metadata: metadataOf(options),
      spec: { template: { spec: { containers: [container], restartPolicy: "Never" } } },
    };
  },
});

async function jobOfCronJob(options: CreateOptions, context: CommandContext): Promise<KubeObject> {
  const from = options.flags.string("from");
  const query = { args: [from], namespace: context.namespace, flatten: true, latest: true };
  const infos = await findResources(query, context).infos();
  if (infos.length !== 1) throw new CommandError("from must be an existing cronjob");
  const found = infos[0]!.object as KubeObject;
  if (found.kind !== "CronJob") throw new CommandError(`unknown object type ${goType(found)}`);
  const { metadata, spec } = (found as CronJob).spec.jobTemplate;
  const { name, uid } = found.metadata;
  return {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: {
      ...metadataOf(options),
      annotations: { "cronjob.kubernetes.io/instantiate": "manual", ...metadata?.annotations },
      ...(metadata?.labels ? { labels: metadata.labels } : {}),
      ownerReferences: [{ apiVersion: "batch/v1", kind: "CronJob", name: name!, uid: uid!, controller: true }],
    },
    spec: spec ?? {},
  };
}

/** `*v1.Deployment`: how Go prints the type of an object. */
function goType({ apiVersion, kind }: KubeObject): string {
  return `*${apiVersion.slice(apiVersion.indexOf("/") + 1)}.${kind}`;
}
