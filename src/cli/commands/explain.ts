import { explainResource } from "../../api/explain/explain-resource.ts";
import { CommandError, defineCommand } from "../command.ts";
import { NoResourceMatchError } from "../errors.ts";
import { fieldsOf } from "../explain-path.ts";

interface ExplainOptions {
  args: string[];
  apiVersion: string;
  recursive: boolean;
  format: string;
}

/** `explain`. Models kubectl pkg/cmd/explain/explain.go. */
export default defineCommand<ExplainOptions>({
  complete({ args, flags }, context) {
    context.checkRequest();
    return {
      args,
      apiVersion: flags.string("api-version"),
      recursive: flags.bool("recursive"),
      format: flags.string("output"),
    };
  },
  validate({ args }) {
    if (args.length === 0) {
      throw new CommandError(
        'You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.\n',
      );
    }
    if (args.length > 1) throw new CommandError("We accept only this format: explain RESOURCE\n");
  },
  async run({ args, apiVersion, recursive, format }, context) {
    const { output, error, unknown } = await explainResource(args[0]!, apiVersion, recursive, format, fieldsOf);
    context.streams.out.write(output);
    if (unknown !== undefined) throw new NoResourceMatchError({ resource: unknown });
    if (error !== undefined) throw new CommandError(error);
  },
});
