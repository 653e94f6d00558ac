import { CommandError, defineCommand } from "../../command.ts";
import { type CreateOptions, completeCreate, createAndPrint } from "../../create-object.ts";

/** `create namespace NAME`. Models kubectl pkg/cmd/create/create_namespace.go. */
export default defineCommand<CreateOptions>({
  complete: (invocation, context) => completeCreate(invocation, context, "cluster"),
  validate({ name }) {
    if (name === "") throw new CommandError("name must be specified");
  },
  run(options, context) {
    const object = { apiVersion: "v1", kind: "Namespace", metadata: { name: options.name } };
    const saveConfig = options.flags.bool("save-config");
    return createAndPrint(object, "namespaces", { ...options, saveConfig }, context);
  },
});
