import { newGlobal } from "./curl/config.ts";
import { Console } from "./curl/console.ts";
import { ParameterReader, type Parsed } from "./curl/getparam.ts";
import { Runner } from "./curl/operate.ts";
import { ParameterError } from "./curl/parameter-values.ts";
import type { Program } from "./program.ts";

/** curl 7.88.1: its command line, messages and exit statuses, over the simulated network. Models curl's src/tool_*.c. */
export const curl: Program = {
  async run(argv, context) {
    const global = newGlobal();
    const console = new Console(context, global);
    if (argv.length === 0) {
      console.help();
      return 2;
    }
    let parsed: Parsed;
    try {
      parsed = await new ParameterReader(context, console).read(argv);
    } catch (error) {
      if (!(error instanceof ParameterError)) throw error;
      if (error.message !== "") console.help(error.message);
      return error.status;
    }
    if (parsed.kind === "run") return new Runner(context, console).run(parsed.operations);
    const { helpText, VERSION } = await import("./curl/help.ts");
    context.out(parsed.kind === "version" ? VERSION : helpText(parsed.topic));
    return 0;
  },
};
