import { CommandError, defineCommand, type Invocation } from "../../command.ts";
import { openKubeconfig } from "../../kubeconfig/access.ts";

/** Models kubectl pkg/cmd/config/delete_context.go. */
export default defineCommand<Invocation>({
  complete: (invocation) => invocation,
  async run({ flags, args, path }, context) {
    const access = await openKubeconfig(flags, context);
    const [name] = args;
    if (name === undefined || args.length > 1) {
      context.streams.out.write(await (await import("../../help/render.ts")).renderHelp(path));
      return;
    }
    const { contexts } = access.config;
    if (!contexts.some((one) => one.name === name)) {
      throw new CommandError(`cannot delete context ${name}, not in ${access.file}`);
    }
    if (access.config["current-context"] === name) {
      context.streams.err.write(
        'warning: this removed your active context, use "kubectl config use-context" to select a different one\n',
      );
    }
    await access.save({ ...access.config, contexts: contexts.filter((one) => one.name !== name) });
    context.streams.out.write(`deleted context ${name} from ${access.file}\n`);
  },
});
