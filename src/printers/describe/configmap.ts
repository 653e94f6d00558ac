import { getKey, sortedKeys } from "../../api/json.ts";
import type { ConfigMap } from "../../api/types/core.ts";
import { writeHead } from "./common.ts";
import { writeEventsOf } from "./events.ts";
import type { Describe } from "./port.ts";
import { DescribeWriter } from "./writer.ts";

/** Models ConfigMapDescriber. */
export const describe: Describe<ConfigMap> = async (map, port) => {
  const { data = {}, binaryData = {} } = map;
  const w = new DescribeWriter();
  writeHead(w, map, true);
  w.write(0, "\nData\n====\n");
  for (const key of sortedKeys(data)) w.write(0, `${key}:\n----\n${getKey(data, key)}\n\n`);
  w.write(0, "\nBinaryData\n====\n");
  for (const key of sortedKeys(binaryData)) {
    w.write(0, `${key}: ${Buffer.from(getKey(binaryData, key) as string, "base64").length} bytes\n`);
  }
  w.write(0, "\n");
  await writeEventsOf(w, map, port);
  return w.text();
};
