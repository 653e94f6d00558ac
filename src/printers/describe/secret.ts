import { getKey, sortedKeys } from "../../api/json.ts";
import type { Secret } from "../../api/types/core.ts";
import { writeHead } from "./common.ts";
import type { Describe } from "./port.ts";
import { DescribeWriter } from "./writer.ts";

/** Sizes in the place of values; only the token of a service account is shown. Models SecretDescriber. */
export const describe: Describe<Secret> = (secret) => {
  const { data = {}, type = "" } = secret;
  const w = new DescribeWriter();
  writeHead(w, secret, true);
  w.write(0, `\nType:\t${type}\n`);
  w.write(0, "\nData\n====\n");
  for (const key of sortedKeys(data)) {
    const value = Buffer.from(getKey(data, key) as string, "base64");
    const shown = key === "token" && type === "kubernetes.io/service-account-token";
    w.field(0, key, shown ? value.toString() : `${value.length} bytes`);
  }
  return w.text();
};
