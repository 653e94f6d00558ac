import type { Json } from "../json.ts";
import type { Status } from "../status.ts";
import { emitJson, type StructFields } from "./json-emit.ts";

const CAUSE: StructFields = { reason: null, message: null, field: null };
const STATUS: StructFields = {
  kind: null,
  apiVersion: null,
  metadata: null,
  status: null,
  message: null,
  reason: null,
  details: { name: null, group: null, kind: null, uid: null, causes: CAUSE, retryAfterSeconds: null },
  code: null,
};

/** A Status as the server's type is written: its members in their order, empty ones left out. Models apimachinery pkg/apis/meta/v1/types.go. */
export function emitStatus({ details, ...status }: Status, indent = ""): string {
  const { name, group, kind, ...rest } = details ?? {};
  const named = { ...(name ? { name } : {}), ...(group ? { group } : {}), ...(kind ? { kind } : {}), ...rest };
  return emitJson({ ...status, ...(details ? { details: named } : {}) } as unknown as Json, indent, STATUS);
}
