import { CommandError } from "../../command.ts";
import { rolloutChange } from "../../rollout/change.ts";

/** `rollout resume`. Models kubectl pkg/polymorphichelpers/objectresumer.go. */
export default rolloutChange({
  done: "resumed",
  change(object) {
    if (object.kind !== "Deployment") throw new CommandError("resuming is not supported");
    const spec = object.spec as { paused?: boolean };
    if (!spec.paused) throw new CommandError("is not paused");
    delete spec.paused;
  },
  unchanged: () => new CommandError("already resumed"),
});
