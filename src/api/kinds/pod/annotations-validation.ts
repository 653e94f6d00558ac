import { sortedKeys } from "../../json.ts";
import type { ObjectMeta } from "../../object.ts";
import { type FieldError, field } from "../../status.ts";
import type { PodSpec, SeccompProfile } from "../../types/core.ts";
import { appArmorAnnotationErrors, appArmorKeys } from "./apparmor.ts";
import { localPathErrors } from "./paths-validation.ts";
import { containersWithPaths } from "./state.ts";

/** What the annotations of pods and of templates may say. Models ValidatePodSpecificAnnotations and validateSeccompAnnotationsAndFields of kubernetes pkg/apis/core/validation/validation.go. */

type Annotations = ObjectMeta["annotations"];

const MIRROR = "kubernetes.io/config.mirror";
const DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";
const SECCOMP_POD = "seccomp.security.alpha.kubernetes.io/pod";
const SECCOMP_CONTAINER = "container.seccomp.security.alpha.kubernetes.io/";
const LOCALHOST = "localhost/";

export function podAnnotationsErrors(annotations: Annotations = {}, spec: PodSpec, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const mirror = annotations[MIRROR];
  if (mirror !== undefined && !spec.nodeName) {
    const text = "must set spec.nodeName if mirror pod annotation is set";
    errors.push(field.invalid(`${path}[${MIRROR}]`, mirror, text));
  }
  if (!isCost(annotations[DELETION_COST]))
    errors.push(field.invalid(`${path}[${DELETION_COST}]`, annotations[DELETION_COST], "must be a 32bit integer"));
  for (const key of [SECCOMP_POD, ...sortedKeys(annotations).filter((it) => it.startsWith(SECCOMP_CONTAINER))])
    if (annotations[key] !== undefined) errors.push(...seccompErrors(annotations[key], `${path}.${key}`));
  return [...errors, ...appArmorAnnotationErrors(annotations, spec, path)];
}

/** No leading zero, no plus sign. Models GetDeletionCostFromPodAnnotations. */
function isCost(text: string | undefined): boolean {
  if (text === undefined) return true;
  return /^(0|[1-9]\d*|-\d+)$/.test(text) && Math.abs(Number(text) + 0.5) < 2 ** 31;
}

/** Models ValidateSeccompProfile. */
function seccompErrors(profile: string, path: string): FieldError[] {
  if (["runtime/default", "docker/default", "unconfined"].includes(profile)) return [];
  if (profile.startsWith(LOCALHOST)) return localPathErrors(profile.slice(LOCALHOST.length), path);
  return [field.invalid(path, profile, "must be a valid seccomp profile")];
}

/** Where an annotation and a field say the same thing, they agree. */
export function seccompMatchErrors(annotations: Annotations = {}, spec: PodSpec, path: string): FieldError[] {
  const places: [SeccompProfile | undefined, string, string][] = [
    [spec.securityContext?.seccompProfile, SECCOMP_POD, path],
    ...containersWithPaths(spec, path).map(([container, at]): [SeccompProfile | undefined, string, string] => [
      container.securityContext?.seccompProfile,
      SECCOMP_CONTAINER + container.name,
      at,
    ]),
  ];
  return places.flatMap(([profile, key, at]) => {
    const annotation = annotations[key];
    if (!profile || annotation === undefined) return [];
    const wrong = mismatch(profile, annotation);
    if (!wrong) return [];
    const what = wrong === "type" ? "type" : "profile";
    const text = `seccomp ${what} in annotation and field must match`;
    return [field.forbidden(`${at}.securityContext.seccompProfile.${wrong}`, text)];
  });
}

function mismatch({ type, localhostProfile }: SeccompProfile, text: string): "type" | "localhostProfile" | undefined {
  if (type === "Unconfined") return text === "unconfined" ? undefined : "type";
  if (type === "RuntimeDefault") return ["runtime/default", "docker/default"].includes(text) ? undefined : "type";
  if (type !== "Localhost") return undefined;
  if (!text.startsWith(LOCALHOST)) return "type";
  return text.slice(LOCALHOST.length) === localhostProfile ? undefined : "localhostProfile";
}

/** Models ValidatePodSpecificAnnotationUpdates, as far as it goes beyond the above. */
export function annotationUpdateErrors(next: Annotations = {}, previous: Annotations = {}, path: string): FieldError[] {
  const fixed = (annotations: Annotations) => [...appArmorKeys(annotations), MIRROR];
  const what = (key: string) => (key === MIRROR ? "mirror pod annotation" : "AppArmor annotations");
  const changed = fixed(previous).filter((key) => previous[key] !== undefined && next[key] !== previous[key]);
  const added = fixed(next).filter((key) => next[key] !== undefined && previous[key] === undefined);
  return [
    ...changed.map((key) => field.forbidden(`${path}[${key}]`, `may not remove or update ${what(key)}`)),
    ...added.map((key) => field.forbidden(`${path}[${key}]`, `may not add ${what(key)}`)),
  ];
}
