import { CommandError, defineCommand, type Invocation } from "../../command.ts";
import { openKubeconfig } from "../../kubeconfig/access.ts";

/** Models kubectl pkg/cmd/config/delete_cluster.go. */
export default defineCommand<Invocation>({
  complete: (invocation) => invocation,
  async run({ flags, args, path }, context) {
    const access = await openKubeconfig(flags, context);
    const [name] = args;
    if (name === undefined || args.length > 1) {
      context.streams.out.write(await (await import("../../help/render.ts")).renderHelp(path));
      return;
    }
    const { clusters } = access.config;
    if (!clusters.some((one) => one.name === name)) {
      throw new CommandError(`cannot delete cluster ${name}, not in ${access.file}`);
    }
    await access.save({ ...access.config, clusters: clusters.filter((one) => one.name !== name) });
    context.streams.out.write(`deleted cluster ${name} from ${access.file}\n`);
  },
});
