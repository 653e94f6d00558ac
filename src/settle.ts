import type { Settle } from "./apiserver/world.ts";
import type { ControllerEntry } from "./controllers/controller.ts";
import { controllers } from "./controllers/controllers.ts";
import { runUntilStable } from "./controllers/run-until-stable.ts";

const all: readonly ControllerEntry[] = [
  ...controllers,
  {
    name: "container-programs",
    watches: ["pods"],
    load: async () => (await import("./container-programs.ts")).containerPrograms,
  },
];

/** Runs the controllers on a world of the API server: what `main` hands to the transaction. */
export const settle: Settle = async (world, now, write) => {
  await runUntilStable(
    {
      snapshot: world.objects,
      setNow(ms) {
        world.objects.now = ms;
      },
      takePending() {
        const pending = world.pending;
        world.pending = [];
        return pending;
      },
      agenda: world.header.agenda,
      write,
    },
    all,
    now,
  );
};
