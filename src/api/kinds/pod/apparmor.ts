import { goQuote } from "../../encoding/go-quote.ts";
import { byteLength } from "../../encoding/text.ts";
import { equal, sortedKeys } from "../../json.ts";
import type { ObjectMeta } from "../../object.ts";
import { type FieldError, field } from "../../status.ts";
import type { AppArmorProfile, Pod, PodSpec } from "../../types/core.ts";
import { containersWithPaths } from "./state.ts";

/** What AppArmor allows containers: the field, and the annotations that it has replaced. */

type Annotations = ObjectMeta["annotations"];

/** Before the name of a container. */
export const APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/";
export const APP_ARMOR_DEPRECATION = 'deprecated since v1.30; use the "appArmorProfile" field instead';
const TYPES = ["Localhost", "RuntimeDefault", "Unconfined"];
const LOCALHOST = "localhost/";
/** The longest path. */
const MAX_BYTES = 4095;

/** Models ValidateAppArmorProfileField of kubernetes pkg/apis/core/validation/validation.go. */
export function appArmorErrors(profile: AppArmorProfile | undefined, path: string): FieldError[] {
  if (!profile) return [];
  const { type, localhostProfile: name } = profile;
  const at = `${path}.localhostProfile`;
  if (!type) return [field.required(`${path}.type`, "type is required when appArmorProfile is set")];
  if (!TYPES.includes(type)) return [field.notSupported(`${path}.type`, type, TYPES)];
  if (type !== "Localhost")
    return name === undefined ? [] : [field.invalid(at, name, "can only be set when AppArmor type is Localhost")];
  const errors: FieldError[] = [];
  if (name !== undefined && name.trim() !== name)
    errors.push(field.invalid(at, name, "must not be padded with whitespace"));
  else if (!name) errors.push(field.required(at, "must be set when AppArmor type is Localhost"));
  if (byteLength(name ?? "") > MAX_BYTES) errors.push(field.tooLong(at, MAX_BYTES));
  return errors;
}

/** Models ValidateAppArmorPodAnnotations. */
export function appArmorAnnotationErrors(annotations: Annotations = {}, spec: PodSpec, path: string): FieldError[] {
  const names = containersWithPaths(spec, "").map(([{ name }]) => name);
  return appArmorKeys(annotations).flatMap((key) => {
    const name = key.slice(APP_ARMOR.length);
    const value = annotations[key]!;
    const known = ["", "runtime/default", "unconfined"].includes(value) || value.startsWith(LOCALHOST);
    return [
      ...(names.includes(name) ? [] : [field.invalid(`${path}[${key}]`, name, "container not found")]),
      ...(known ? [] : [field.invalid(`${path}[${key}]`, value, `invalid AppArmor profile name: ${goQuote(value)}`)]),
    ];
  });
}

export function appArmorKeys(annotations: Annotations = {}): string[] {
  return sortedKeys(annotations).filter((key) => key.startsWith(APP_ARMOR));
}

/** Where an annotation and a field say the same thing, they agree. Models validateAppArmorAnnotationsAndFieldsMatchOnCreate. */
export function appArmorMatchErrors(annotations: Annotations = {}, spec: PodSpec, path: string): FieldError[] {
  if (spec.os?.name === "windows") return [];
  return containersWithPaths(spec, path).flatMap(([container, at]) => {
    const profile = container.securityContext?.appArmorProfile ?? spec.securityContext?.appArmorProfile;
    const annotation = annotations[APP_ARMOR + container.name];
    if (!profile || annotation === undefined) return [];
    const wrong = mismatch(profile, annotation);
    if (!wrong) return [];
    const text = `apparmor ${wrong === "type" ? "type" : "profile"} in annotation and field must match`;
    return [field.forbidden(`${at}.securityContext.appArmorProfile.${wrong}`, text)];
  });
}

function mismatch({ type, localhostProfile }: AppArmorProfile, text: string): "type" | "localhostProfile" | undefined {
  if (type === "Unconfined") return text === "unconfined" ? undefined : "type";
  if (type === "RuntimeDefault") return text === "runtime/default" ? undefined : "type";
  if (type !== "Localhost") return undefined;
  if (!text.startsWith(LOCALHOST)) return "type";
  return text.slice(LOCALHOST.length) === localhostProfile ? undefined : "localhostProfile";
}

/** The field that says what an annotation said. Models kubernetes pkg/api/pod/util.go ApparmorFieldForAnnotation. */
export function profileOfAnnotation(annotation: string): AppArmorProfile | undefined {
  if (annotation === "unconfined") return { type: "Unconfined" };
  if (annotation === "runtime/default") return { type: "RuntimeDefault" };
  const [, localhostProfile] = /^localhost\/(.+)$/s.exec(annotation) ?? [];
  return localhostProfile === undefined ? undefined : { type: "Localhost", localhostProfile };
}

/**
 * Gives containers of a new pod the field that their annotation stands for, unless the pod has it for all, and warns of annotations that
 * stand alone. Models applyAppArmorVersionSkew of kubernetes pkg/registry/core/pod/strategy.go.
 */
export function applyAppArmorAnnotations({ metadata, spec }: Pod, warn: (text: string) => void): void {
  if (!spec || spec.os?.name === "windows") return;
  for (const [container] of containersWithPaths(spec, "")) {
    const key = APP_ARMOR + container.name;
    const annotation = metadata.annotations?.[key];
    if (annotation === undefined || container.securityContext?.appArmorProfile) continue;
    const found = profileOfAnnotation(annotation);
    const profile = found && appArmorErrors(found, "").length === 0 ? found : undefined;
    if (profile && equal(profile, spec.securityContext?.appArmorProfile)) continue;
    if (profile) container.securityContext = { ...container.securityContext, appArmorProfile: profile };
    warn(`metadata.annotations[${key}]: ${APP_ARMOR_DEPRECATION}`);
  }
}
