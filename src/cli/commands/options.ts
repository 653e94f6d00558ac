import { defineCommand } from "../command.ts";

/** Shows the flags that every command takes. */
export default defineCommand<null>({
  complete: () => null,
  async run(_, context) {
    context.streams.out.write(await (await import("../help/render.ts")).renderHelp("options"));
  },
});
