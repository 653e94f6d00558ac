import type { ObjectMeta } from "../../../api/object.ts";
import { timestamp } from "../../../api/snapshot.ts";
import { CommandError } from "../../command.ts";
import { rolloutChange } from "../../rollout/change.ts";

/** `rollout restart`. Models kubectl pkg/polymorphichelpers/objectrestarter.go. */
export default rolloutChange({
  done: "restarted",
  change(object, now) {
    if (!["Deployment", "DaemonSet", "StatefulSet"].includes(object.kind)) {
      throw new CommandError("restarting is not supported");
    }
    const spec = object.spec as { paused?: boolean; template: { metadata?: ObjectMeta } };
    if (object.kind === "Deployment" && spec.paused) {
      throw new CommandError("can't restart paused deployment (run rollout resume first)");
    }
    spec.template.metadata ??= {};
    const { annotations } = spec.template.metadata;
    spec.template.metadata.annotations = { ...annotations, "kubectl.kubernetes.io/restartedAt": timestamp(now) };
  },
  unchanged: (name) =>
    new CommandError(
      `failed to create patch for ${name}: if restart has already been triggered within the past second, please wait before attempting to trigger another`,
    ),
});
