import type { LimitRange, Namespace, ResourceQuota } from "../../api/types/core.ts";
import { writeConditions, writeHead } from "./common.ts";
import { writeLimitRanges } from "./limitrange.ts";
import type { Describe } from "./port.ts";
import { writeQuotas } from "./resourcequota.ts";
import { DescribeWriter } from "./writer.ts";

/** Models NamespaceDescriber. */
export const describe: Describe<Namespace> = async (namespace, port) => {
  const { name = "" } = namespace.metadata;
  const quotas = (await port.list("resourcequotas", name)) as ResourceQuota[];
  const ranges = (await port.list("limitranges", name)) as LimitRange[];
  const w = new DescribeWriter();
  writeHead(w, namespace, false);
  w.field(0, "Status", namespace.status?.phase ?? "");
  if (namespace.status?.conditions?.length) writeConditions(w, namespace.status.conditions, port);
  w.write(0, "\n");
  writeQuotas(w, quotas);
  w.write(0, "\n");
  writeLimitRanges(w, ranges);
  return w.text();
};
