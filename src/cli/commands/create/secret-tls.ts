import { keyPairProblem } from "../../../platform/crypto.ts";
import { type CommandContext, CommandError } from "../../command.ts";
import { createNoun } from "../../create-object.ts";
import { SECRET_FAILURE, secretObject } from "../../data-sources/secret-object.ts";
import { absolute, openError } from "../../resources/files.ts";

/** `create secret tls NAME`. Models kubectl pkg/cmd/create/create_secret_tls.go. */
export default createNoun({
  resource: "secrets",
  failure: SECRET_FAILURE,
  validate({ flags }) {
    if (flags.string("key") === "" || flags.string("cert") === "") {
      throw new CommandError("key and cert must be specified");
    }
  },
  build(options, context) {
    const { flags } = options;
    const certificate = read(flags.string("cert"), context);
    const key = read(flags.string("key"), context);
    const problem = keyPairProblem(certificate, key);
    if (problem !== undefined) throw new CommandError(problem);
    return secretObject(options, "kubernetes.io/tls", (add) => {
      add("tls.crt", certificate);
      add("tls.key", key);
    });
  },
});

function read(path: string, context: CommandContext): Uint8Array {
  try {
    return context.files.read(absolute(path, context));
  } catch (error) {
    throw new CommandError(`Cannot read file ${path}, ${openError(path, error)}`);
  }
}
