import { goQuote } from "../../api/encoding/go-quote.ts";
import { notSimulated } from "../../api/status.ts";
import { defineCommand, UsageError } from "../command.ts";

/** `completion SHELL`. Models kubectl pkg/cmd/completion/completion.go; the scripts are our own. */
export default defineCommand<{ shell: string }>({
  complete({ args, path }) {
    if (args.length === 0) throw new UsageError(path, "Shell not specified.");
    if (args.length > 1) throw new UsageError(path, "Too many arguments. Expected only the shell type.");
    if (!["bash", "zsh", "fish", "powershell"].includes(args[0]!))
      throw new UsageError(path, `Unsupported shell type ${goQuote(args[0]!)}.`);
    return { shell: args[0]! };
  },
  async run({ shell }, context) {
    context.streams.out.write(await scriptFor(shell));
  },
});

async function scriptFor(shell: string): Promise<string> {
  if (shell === "bash") return (await import("../completion/scripts/bash.ts")).BASH;
  if (shell === "zsh") return (await import("../completion/scripts/zsh.ts")).ZSH;
  if (shell === "fish") return (await import("../completion/scripts/fish.ts")).FISH;
  throw notSimulated("completion for PowerShell");
}
