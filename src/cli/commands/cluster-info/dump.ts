import type { KubeList } from "../../../api/object.ts";
import type { ResourceKey } from "../../../api/snapshot.ts";
import type { Pod } from "../../../api/types/core.ts";
import { type CommandContext, CommandError, defineCommand } from "../../command.ts";
import { messageOf } from "../../errors.ts";
import type { FlagValues } from "../../flags/values.ts";
import { makeFolders, writeFile } from "../../local-files.ts";
import { listPrinter, type PrintList } from "../../output/object-printer.ts";
import { objectWriter } from "../../output/object-writer.ts";
import { wholeLog } from "../../pod-programs/show-logs.ts";

interface DumpOptions {
  flags: FlagValues;
  print: PrintList;
}

/** What is told of each namespace, in this order, and its file. */
const PARTS: readonly (readonly [resource: ResourceKey, file: string])[] = [
  ["events", "events"],
  ["replicationcontrollers", "replication-controllers"],
  ["services", "services"],
  ["daemonsets.apps", "daemonsets"],
  ["deployments.apps", "deployments"],
  ["replicasets.apps", "replicasets"],
  ["pods", "pods"],
];

/** `cluster-info dump`. Models kubectl pkg/cmd/clusterinfo/clusterinfo_dump.go. */
export default defineCommand<DumpOptions>({
  async complete({ flags }, context) {
    const print = await listPrinter(flags, context);
    context.checkConfig();
    if (flags.duration("pod-running-timeout") <= 0)
      throw new CommandError("--pod-running-timeout must be higher than zero");
    return { flags, print };
  },
  async run({ flags, print }, context) {
    const folder = flags.string("output-directory");
    const format = flags.string("output");
    const extension = format === "json" || format === "yaml" ? `.${format}` : ".txt";
    const dump = (resource: ResourceKey, namespace: string, file: string) =>
      context.client.list(resource, { namespace }).then(async (list) => {
        await writeTo(folder, `${file}${extension}`, (write) => print(list, write), context);
        return list;
      });
    await dump("nodes", "", "nodes");
    for (const namespace of await namespacesOf(flags, context)) {
      let pods: KubeList | undefined;
      for (const [resource, file] of PARTS) pods = await dump(resource, namespace, `${namespace}/${file}`);
      for (const pod of pods!.items as Pod[])
        await writeTo(
          folder,
          `${namespace}/${pod.metadata.name}/logs.txt`,
          (write) => logs(pod, write, context),
          context,
        );
    }
    if (!toStdout(folder)) context.streams.out.write(`Cluster info dumped to ${folder}\n`);
  },
});

async function namespacesOf(flags: FlagValues, context: CommandContext): Promise<string[]> {
  if (flags.bool("all-namespaces"))
    return (await context.client.list("namespaces")).items.map(({ metadata }) => metadata.name!);
  const given = flags.list("namespaces");
  return given.length > 0 ? given : ["kube-system", context.namespace];
}

function toStdout(folder: string): boolean {
  return folder === "" || folder === "-";
}

/** Writes to stdout, or into a file of the folder; what was written before a failure stays. */
async function writeTo(
  folder: string,
  file: string,
  work: (write: (text: string) => void) => Promise<void>,
  context: CommandContext,
): Promise<void> {
  if (toStdout(folder)) return work(objectWriter(context.streams));
  const path = `${folder.replace(/\/+$/, "")}/${file}`;
  makeFolders(path.replace(/\/[^/]*$/, ""), context);
  let text = "";
  writeFile(path, text, context);
  try {
    await work((more) => {
      text += more;
    });
  } finally {
    writeFile(path, text, context);
  }
}

async function logs(pod: Pod, write: (text: string) => void, context: CommandContext): Promise<void> {
  const { name, namespace } = pod.metadata;
  const { initContainers = [], containers = [] } = pod.spec ?? {};
  for (const container of [...initContainers, ...containers]) {
    const of = `logs for container ${container.name} of pod ${namespace}/${name} ====\n`;
    write(`==== START ${of}`);
    try {
      write(await wholeLog({ pod, container: container.name }, context));
    } catch (error) {
      write(`Request log error: ${messageOf(error)}\n`);
    }
    write(`==== END ${of}`);
  }
}
