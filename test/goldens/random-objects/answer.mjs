// An answer of an API server as far as two servers give the same one.

import { sorted } from "./random.mjs";

/** `isUpdate`: controllers of the two may have written other statuses. `drop`: paths of what else they may have written. */
export function comparable({ code, body, warnings }, isUpdate, drop = []) {
  const told = body.kind === "Status" ? failure(body) : success(body, isUpdate);
  for (const path of drop) if (told.object) remove(told.object, path.split("."));
  return JSON.parse(withoutChosen(JSON.stringify({ code, ...told, warnings })));
}

function remove(object, [name, ...more]) {
  if (more.length === 0) delete object[name];
  else if (object[name]) remove(object[name], more);
}

/** Causes in no order: where the real server ranges over a map, it has none. */
function failure({ status, message, details }) {
  if (status === "Success") return { status };
  // A patch that makes no object is told with what it makes, versions and owners included.
  const causes = (details?.causes ?? []).map(({ field, message }) => `${field}: ${field === "patch" ? message.replace(/"\{.*\}": /s, "<object>: ") : message}`);
  return causes.length > 0 ? { causes: [...new Set(causes)].sort() } : { message };
}

function success({ metadata, status, ...rest }, isUpdate) {
  const { uid: _, creationTimestamp: __, resourceVersion: ___, managedFields: ____, selfLink: _____, ...kept } = metadata;
  // What the controller of autoscalers has found out is in an annotation of the older version.
  const { "autoscaling.alpha.kubernetes.io/conditions": ______, ...annotations } = kept.annotations ?? {};
  if (Object.keys(annotations).length > 0) kept.annotations = annotations;
  else delete kept.annotations;
  return { object: sorted({ ...rest, metadata: kept, ...(isUpdate || status === undefined ? {} : { status }) }) };
}

/** Addresses, ports and times that a server chooses. */
function withoutChosen(text) {
  return text
    .replace(/\b10\.(9[6-9]|10\d|11[01])\.\d+\.\d+\b/g, "<address>")
    .replace(/\b3[0-2]\d{3}\b/g, "30000")
    .replace(/kube-api-access-[a-z0-9]{5}/g, "kube-api-access-<random>")
    .replace(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, "<uid>")
    .replace(/(in object meta: |in record )\(?(\d+|<uid>)\)?/g, "$1<stored>")
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, "<time>");
}
