import { timestamp } from "../../api/snapshot.ts";
import type { Job, JobCondition } from "../../api/types/batch.ts";

/** How a Job ends, and why. */
export interface Outcome {
  success: boolean;
  reason: string;
  message: string;
}

function conditionOf(job: Job, type: string): JobCondition | undefined {
  return job.status?.conditions?.find((condition) => condition.type === type && condition.status === "True");
}

/** `Complete`, `Failed`, or undefined while it runs. Models util.FinishedCondition. */
export function finishedType(job: Job): "Complete" | "Failed" | undefined {
  return job.status?.conditions?.find(
    ({ type, status }) => (type === "Complete" || type === "Failed") && status === "True",
  )?.type as "Complete" | "Failed" | undefined;
}

export const REACHED: Outcome = {
  success: true,
  reason: "CompletionsReached",
  message: "Reached expected number of succeeded pods",
};

export function failure(reason: string, message: string): Outcome {
  return { success: false, reason, message };
}

/** What an earlier look at the Job has decided already: it is only waited for pods that still stop. */
export function decided(job: Job): Outcome | undefined {
  const met = conditionOf(job, "SuccessCriteriaMet");
  const target = met ?? conditionOf(job, "FailureTarget");
  return target && { success: !!met, reason: target.reason ?? "", message: target.message ?? "" };
}

/** Adds the condition that says how it will end, and once no pod stops any more the one that says that it has ended. */
export function endConditions(
  before: readonly JobCondition[],
  end: Outcome,
  over: boolean,
  now: number,
): JobCondition[] {
  const out = [...before];
  const add = (type: string) => {
    if (out.some((condition) => condition.type === type && condition.status === "True")) return;
    out.push(condition(type, "True", end.reason, end.message, now));
  };
  add(end.success ? "SuccessCriteriaMet" : "FailureTarget");
  if (over) add(end.success ? "Complete" : "Failed");
  return out;
}

export function condition(type: string, status: string, reason: string, message: string, now: number): JobCondition {
  return { type, status, lastProbeTime: timestamp(now), lastTransitionTime: timestamp(now), reason, message };
}

/** Models ensureJobConditionStatus: a condition that was never true is not added as false. */
export function ensureCondition(list: readonly JobCondition[], next: JobCondition): JobCondition[] | undefined {
  const old = list.find((other) => other.type === next.type);
  if (!old) return next.status === "False" ? undefined : [...list, next];
  if (old.status === next.status && old.reason === next.reason && old.message === next.message) return undefined;
  return list.map((other) => (other === old ? next : other));
}
