import { formatGoValue } from "../../api/encoding/go-value.ts";
import { isObject, type Json, type JsonObject, sortedKeys } from "../../api/json.ts";
import { writeHead } from "./common.ts";
import { writeEventsOf } from "./events.ts";
import { labelFor } from "./field-label.ts";
import type { Describe } from "./port.ts";
import { DescribeWriter } from "./writer.ts";

/** What the head of the description says already. */
const SKIPPED = ["managedFields", "name", "namespace", "labels", "annotations"].map((name) => `.metadata.${name}`);

/** Kinds without a describer of their own: every field by its name. Models genericDescriber. */
export const describe: Describe = async (object, port) => {
  const w = new DescribeWriter();
  writeHead(w, object, true);
  writeContent(w, 0, object as unknown as JsonObject, "");
  await writeEventsOf(w, object, port);
  return w.text();
};

function writeContent(w: DescribeWriter, level: number, content: JsonObject, path: string): void {
  for (const field of sortedKeys(content)) {
    const value = content[field];
    const here = `${path}.${field}`;
    if (value === undefined || SKIPPED.includes(here)) continue;
    const label = labelFor(field);
    if (isObject(value)) {
      w.write(level, `${label}:\n`);
      writeContent(w, level + 1, value, here);
    } else if (Array.isArray(value)) {
      w.write(level, `${label}:\n`);
      for (const item of value) writeItem(w, level + 1, item, here);
    } else w.field(level, label, formatGoValue(value));
  }
}

function writeItem(w: DescribeWriter, level: number, item: Json, path: string): void {
  if (isObject(item)) writeContent(w, level, item, path);
  else w.write(level, `${formatGoValue(item)}\n`);
}
