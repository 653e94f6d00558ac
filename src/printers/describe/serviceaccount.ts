import type { ServiceAccount } from "../../api/types/core.ts";
import { writeHead } from "./common.ts";
import { writeEventsOf } from "./events.ts";
import type { Describe } from "./port.ts";
import { DescribeWriter } from "./writer.ts";

const TITLE = "Image pull secrets:";

/** Models ServiceAccountDescriber. */
export const describe: Describe<ServiceAccount> = async (account, port) => {
  const w = new DescribeWriter();
  writeHead(w, account, true);
  const names = (account.imagePullSecrets ?? []).map(({ name = "" }) => name);
  if (names.length === 0) w.write(0, `${TITLE}\t<none>\n`);
  for (const [i, name] of names.entries()) w.write(0, `${i === 0 ? TITLE : " ".repeat(TITLE.length)}\t${name}\n`);
  await writeEventsOf(w, account, port);
  return w.text();
};
