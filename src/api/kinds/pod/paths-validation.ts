import { type FieldError, field } from "../../status.ts";

/** Models validateLocalDescendingPath of kubernetes pkg/apis/core/validation/validation.go. */
export function localPathErrors(text: string, path: string): FieldError[] {
  const errors = text.startsWith("/") ? [field.invalid(path, text, "must be a relative path")] : [];
  return [...errors, ...backstepErrors(text, path)];
}

/** Models validatePathNoBacksteps. */
export function backstepErrors(text: string, path: string): FieldError[] {
  return hasBackstep(text) ? [field.invalid(path, text, "must not contain '..'")] : [];
}

export function hasBackstep(text: string): boolean {
  return text.split("/").includes("..");
}
