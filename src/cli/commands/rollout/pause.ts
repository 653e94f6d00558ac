import { CommandError } from "../../command.ts";
import { rolloutChange } from "../../rollout/change.ts";

/** `rollout pause`. Models kubectl pkg/polymorphichelpers/objectpauser.go. */
export default rolloutChange({
  done: "paused",
  change(object) {
    if (object.kind !== "Deployment") throw new CommandError("pausing is not supported");
    const spec = object.spec as { paused?: boolean };
    if (spec.paused) throw new CommandError("is already paused");
    spec.paused = true;
  },
  unchanged: () => new CommandError("already paused"),
});
