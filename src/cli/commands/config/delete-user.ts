import { CommandError, defineCommand, type Invocation, UsageError } from "../../command.ts";
import { openKubeconfig } from "../../kubeconfig/access.ts";

/** Models kubectl pkg/cmd/config/delete_user.go. */
export default defineCommand<Invocation>({
  complete(invocation) {
    if (invocation.args.length !== 1) throw new UsageError(invocation.path, "user to delete is required");
    return invocation;
  },
  async run({ flags, args }, context) {
    const access = await openKubeconfig(flags, context);
    const name = args[0]!;
    const { users } = access.config;
    if (!users.some((one) => one.name === name)) {
      throw new CommandError(`cannot delete user ${name}, not in ${access.file}`);
    }
    await access.save({ ...access.config, users: users.filter((one) => one.name !== name) });
    context.streams.out.write(`deleted user ${name} from ${access.file}\n`);
  },
});
