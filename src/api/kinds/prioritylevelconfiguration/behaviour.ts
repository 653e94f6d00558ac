import { type FieldError, field } from "../../status.ts";
import type { KindBehaviour } from "../kind.ts";
import type { PriorityLevel, Queuing } from "./types.ts";

type Limited = NonNullable<NonNullable<PriorityLevel["spec"]>["limited"]>;

/** Models ValidatePriorityLevelConfigurationSpec of kubernetes pkg/apis/flowcontrol/validation/validation.go. */
function validate({ metadata, spec = {} }: PriorityLevel): FieldError[] {
  const { type = "", exempt, limited } = spec;
  const errors: FieldError[] = [];
  if ((metadata.name === "exempt") !== (type === "Exempt"))
    errors.push(field.invalid("spec.type", type, "must be 'Exempt' if and only if `name` is 'exempt'"));
  if (type === "Exempt") {
    if (limited) errors.push(field.forbidden("spec.limited", "must be nil if the type is not Limited"));
    return [...errors, ...(exempt ? shareErrors(exempt, "spec.exempt") : [])];
  }
  if (type !== "Limited") return [...errors, field.notSupported("spec.type", type, ["Exempt", "Limited"])];
  if (exempt) errors.push(field.forbidden("spec.exempt", "must be nil if the type is Limited"));
  if (!limited) return [...errors, field.required("spec.limited", "must not be empty when type is Limited")];
  return [...errors, ...limitedErrors(limited)];
}

function shareErrors({ nominalConcurrencyShares: shares = 0, lendablePercent }: Limited, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (shares < 0)
    errors.push(field.invalid(`${path}.nominalConcurrencyShares`, shares, "must be a non-negative integer"));
  return [...errors, ...lendableErrors(lendablePercent, path)];
}

function lendableErrors(percent: number | undefined, path: string): FieldError[] {
  if (percent === undefined || (percent >= 0 && percent <= 100)) return [];
  return [field.invalid(`${path}.lendablePercent`, percent, "must be between 0 and 100, inclusive")];
}

/** Models ValidateLimitedPriorityLevelConfiguration. */
function limitedErrors(limited: Limited): FieldError[] {
  const path = "spec.limited";
  const { lendablePercent, borrowingLimitPercent: borrowing, limitResponse = {}, ...shares } = limited;
  const errors = shareErrors(shares, path);
  const { type = "", queuing } = limitResponse;
  const at = `${path}.limitResponse`;
  if (type === "Reject" && queuing)
    errors.push(field.forbidden(`${at}.queuing`, "must be nil if limited.limitResponse.type is not Limited"));
  else if (type === "Queue" && !queuing)
    errors.push(field.required(`${at}.queuing`, "must not be empty if limited.limitResponse.type is Limited"));
  else if (type === "Queue") errors.push(...queuingErrors(queuing!, `${at}.queuing`));
  else if (type !== "Reject") errors.push(field.notSupported(`${at}.type`, type, ["Queue", "Reject"]));
  errors.push(...lendableErrors(lendablePercent, path));
  if (borrowing !== undefined && borrowing < 0)
    errors.push(
      field.invalid(`${path}.borrowingLimitPercent`, borrowing, "if specified, must be a non-negative integer"),
    );
  return errors;
}

const MOST_QUEUES = 10_000_000;
const HASH_BITS = 60;

/** Models ValidatePriorityLevelQueuingConfiguration. */
function queuingErrors({ queues = 0, handSize = 0, queueLengthLimit = 0 }: Queuing, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const wrong = (name: string, value: number, text: string) =>
    errors.push(field.invalid(`${path}.${name}`, value, text));
  if (queueLengthLimit <= 0) wrong("queueLengthLimit", queueLengthLimit, "must be positive");
  if (queues <= 0) wrong("queues", queues, "must be positive");
  else if (queues > MOST_QUEUES) wrong("queues", queues, `must not be greater than ${MOST_QUEUES}`);
  if (handSize <= 0) wrong("handSize", handSize, "must be positive");
  else if (handSize > queues) wrong("handSize", handSize, `should not be greater than queues (${queues})`);
  else if (entropyBits(queues, handSize) > HASH_BITS)
    wrong(
      "handSize",
      handSize,
      `required entropy bits of deckSize ${queues} and handSize ${handSize} should not be greater than ${HASH_BITS}`,
    );
  return errors;
}

/** Models apiserver pkg/util/shufflesharding RequiredEntropyBits. */
function entropyBits(deck: number, hand: number): number {
  return Math.ceil(Math.log2(deck) * hand);
}

export const behaviour: KindBehaviour<PriorityLevel> = {
  hasGeneration: true,
  setDefaults({ spec }) {
    if (spec?.exempt) {
      spec.exempt.nominalConcurrencyShares ??= 0;
      spec.exempt.lendablePercent ??= 0;
    }
    if (!spec?.limited) return;
    spec.limited.nominalConcurrencyShares ??= 30;
    spec.limited.lendablePercent ??= 0;
    const { queuing } = spec.limited.limitResponse ?? {};
    if (!queuing) return;
    queuing.queues ||= 64;
    queuing.handSize ||= 8;
    queuing.queueLengthLimit ||= 50;
  },
  validate,
  validateUpdate: validate,
};
