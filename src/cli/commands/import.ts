import { importPlan, type Planned, withoutRefused } from "../../admin/transfer/import.ts";
import { ApiError } from "../../api/status.ts";
import { type CommandContext, CommandError, defineCommand, UsageError } from "../command.ts";
import { gatherError, throwAll } from "../errors.ts";
import { readManifests } from "../resources/manifests.ts";

interface Options {
  filenames: string[];
}

/** `kubemu import -f FILE`: what `kubectl get all -o yaml` of a real cluster shows, made anew here. */
export default defineCommand<Options>({
  complete({ path, args, flags }) {
    if (args.length > 0) throw new UsageError(path, `no arguments are expected, got ${args.length}`);
    return { filenames: flags.list("filename") };
  },
  validate({ filenames }) {
    if (filenames.length === 0) throw new CommandError("must specify -f");
  },
  async run({ filenames }, context) {
    const manifests = await readManifests(filenames, context);
    const plan = importPlan(
      manifests.map(({ object }) => object),
      context.namespace,
    );
    for (const note of plan.notes) context.streams.err.write(`Note: ${note}\n`);
    const errors: unknown[] = [];
    for (const planned of plan.objects) {
      try {
        await make(planned, context);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        gatherError(errors, error);
      }
    }
    throwAll(errors);
  },
});

async function make({ resource, title, namespace, body }: Planned, context: CommandContext): Promise<void> {
  const { client, streams } = context;
  const name = title.slice(title.indexOf("/") + 1);
  if (resource === "namespaces" && (await exists(name, context))) return;
  let current = body;
  for (;;) {
    try {
      await client.create(resource, namespace, current, { fieldManager: "kubemu-import" });
      break;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const without = withoutRefused(current, error.status.details?.causes ?? []);
      if (!without) throw error;
      for (const text of without.dropped) streams.err.write(`Note: ${title}: ${text}\n`);
      current = without.body;
    }
  }
  streams.out.write(`${title} imported\n`);
}

async function exists(namespace: string, { client }: CommandContext): Promise<boolean> {
  try {
    await client.get("namespaces", "", namespace);
    return true;
  } catch (error) {
    if (error instanceof ApiError && error.reason === "NotFound") return false;
    throw error;
  }
}
