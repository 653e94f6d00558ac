import type { Job } from "../../api/types/batch.ts";
import type { Controller } from "../controller.ts";
import { finishedType } from "../job/conditions.ts";
import { keyOf, splitKey } from "../keys.ts";

/** Deletes finished Jobs after their `ttlSecondsAfterFinished`. Models kubernetes pkg/controller/ttlafterfinished. */
export const ttlAfterFinishedController: Controller = {
  name: "ttl-after-finished-controller",
  manager: "kube-controller-manager",
  affected: ({ after }) => (after && (after as Job).spec?.ttlSecondsAfterFinished !== undefined ? [keyOf(after)] : []),
  reconcile(key, snapshot) {
    const { namespace, name } = splitKey(key);
    const job = snapshot.get<Job>("jobs.batch", namespace, name);
    const ttl = job?.spec?.ttlSecondsAfterFinished;
    const type = job && finishedType(job);
    if (!job || ttl === undefined || !type || job.metadata.deletionTimestamp) return { writes: [] };
    const finished = job.status!.conditions!.find((condition) => condition.type === type)!.lastTransitionTime!;
    const at = Date.parse(finished) + ttl * 1000;
    if (at > snapshot.now) return { writes: [], wakeAt: at };
    return { writes: [{ verb: "delete", resource: "jobs.batch", namespace, name, propagation: "Foreground" }] };
  },
};
