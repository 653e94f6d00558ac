import { sortedKeys } from "../../json.ts";
import { labelKeyErrors } from "../../meta/names.ts";
import { invalidEach } from "../../meta/object-meta.ts";
import { compareQuantities, parseQuantity, type Quantity, quantityMilliValue } from "../../meta/quantity.ts";
import { type FieldError, field } from "../../status.ts";
import type { LimitRange, LimitRangeItem } from "../../types/core.ts";
import type { KindBehaviour } from "../kind.ts";
import { containerResourceNameErrors, resourceNameErrors } from "../pod/resources-validation.ts";
import { roundResources } from "../pod/template-defaults.ts";

type List = Record<string, string | number>;

const TYPES = ["Pod", "Container", "PersistentVolumeClaim"];

/** Models SetDefaults_LimitRangeItem of kubernetes pkg/apis/core/v1/defaults.go: the maximum stands for the default, that for the request. */
function setDefaults({ spec }: LimitRange): void {
  for (const item of spec?.limits ?? []) {
    const { max, min, maxLimitRequestRatio } = item;
    for (const list of [max, min, item.default, item.defaultRequest, maxLimitRequestRatio]) roundResources(list);
    if (item.type !== "Container") continue;
    const limits = { ...item.max, ...item.default };
    const requests = { ...item.min, ...limits, ...item.defaultRequest };
    if (Object.keys(limits).length) item.default = limits;
    if (Object.keys(requests).length) item.defaultRequest = requests;
  }
}

/** Models ValidateLimitRange of kubernetes pkg/apis/core/validation/validation.go. */
function validate({ spec }: LimitRange): FieldError[] {
  const limits = spec?.limits ?? [];
  return limits.flatMap((item, i) => {
    const path = `spec.limits[${i}]`;
    const errors = typeErrors(item.type ?? "", `${path}.type`);
    if (limits.findIndex(({ type }) => type === item.type) < i) errors.push(field.duplicate(`${path}.type`, item.type));
    return [...errors, ...itemErrors(item, path)];
  });
}

function typeErrors(type: string, path: string): FieldError[] {
  const errors = invalidEach(path, type, labelKeyErrors(type));
  if (errors.length || type.includes("/") || TYPES.includes(type)) return errors;
  return [field.invalid(path, type, "must be a standard limit type or fully qualified")];
}

function itemErrors(item: LimitRangeItem, path: string): FieldError[] {
  const nameErrors =
    item.type === "Pod" || item.type === "Container" ? containerResourceNameErrors : resourceNameErrors;
  const namesOf = (list: List | undefined, name: string) =>
    sortedKeys(list ?? {}).flatMap((key) => nameErrors(key, `${path}.${name}[${key}]`));
  const errors = [...namesOf(item.max, "max"), ...namesOf(item.min, "min")];
  const isPod = item.type === "Pod";
  for (const name of ["default", "defaultRequest"] as const) {
    if (!isPod) errors.push(...namesOf(item[name], name));
    else if (Object.keys(item[name] ?? {}).length)
      errors.push(field.forbidden(`${path}.${name}`, "may not be specified when `type` is 'Pod'"));
  }
  if (item.type === "PersistentVolumeClaim" && item.min?.storage === undefined && item.max?.storage === undefined) {
    const text = "either minimum or maximum storage value is required, but neither was provided";
    errors.push(field.required(`${path}.limits`, text));
  }
  errors.push(...namesOf(item.maxLimitRequestRatio, "maxLimitRequestRatio"));
  const shown = isPod ? { min: item.min, max: item.max, maxLimitRequestRatio: item.maxLimitRequestRatio } : item;
  const keys = new Set(
    [
      shown.max,
      shown.min,
      isPod ? {} : item.default,
      isPod ? {} : item.defaultRequest,
      shown.maxLimitRequestRatio,
    ].flatMap((list) => Object.keys(list ?? {})),
  );
  for (const key of [...keys].sort()) errors.push(...amountErrors(shown as LimitRangeItem, key, path));
  return errors;
}

function amountErrors(item: LimitRangeItem, key: string, path: string): FieldError[] {
  const read = (list: List | undefined) => (list?.[key] === undefined ? undefined : parseQuantity(String(list[key])));
  const [min, max, standard, request] = [item.min, item.max, item.default, item.defaultRequest].map(read);
  const ratio = read(item.maxLimitRequestRatio);
  const errors: FieldError[] = [];
  /** `small` must not be above `large`. */
  const ordered = (small: Named, large: Named, at: string, shown: Quantity | undefined, verb: "greater") => {
    if (!small[1] || !large[1] || compareQuantities(small[1], large[1]) <= 0) return;
    const text = `${small[0]} value ${small[1].text} is ${verb} than ${large[0]} value ${large[1].text}`;
    errors.push(field.invalid(`${path}.${at}[${key}]`, shown!.text, text));
  };
  ordered(["min", min], ["max", max], "min", min, "greater");
  ordered(["min", min], ["default request", request], "defaultRequest", request, "greater");
  ordered(["default request", request], ["max", max], "defaultRequest", request, "greater");
  ordered(["default request", request], ["default limit", standard], "defaultRequest", request, "greater");
  // The next two show the bound, not the value.
  ordered(["min", min], ["default", standard], "default", min, "greater");
  ordered(["default", standard], ["max", max], "default", max, "greater");
  if (ratio) errors.push(...ratioErrors(ratio, min, max, `${path}.maxLimitRequestRatio[${key}]`));
  return errors;
}

type Named = [name: string, amount: Quantity | undefined];

function ratioErrors(ratio: Quantity, min: Quantity | undefined, max: Quantity | undefined, at: string): FieldError[] {
  const errors: FieldError[] = [];
  if (ratio.nano < 10n ** 9n) errors.push(field.invalid(at, ratio.text, `ratio ${ratio.text} is less than 1`));
  if (!min || !max) return errors;
  const most = Number(quantityMilliValue(max)) / Number(quantityMilliValue(min));
  if (Number(quantityMilliValue(ratio)) / 1000 > most)
    errors.push(field.invalid(at, ratio.text, `ratio ${ratio.text} is greater than max/min = ${most.toFixed(6)}`));
  return errors;
}

/** Models kubernetes pkg/registry/core/limitrange/strategy.go. */
export const behaviour: KindBehaviour<LimitRange> = { setDefaults, validate, validateUpdate: validate };
