import type { IngressClass } from "../../api/types/networking.ts";
import { writeHead } from "./common.ts";
import { writeEventsOf } from "./events.ts";
import type { Describe } from "./port.ts";
import { DescribeWriter } from "./writer.ts";

/** Models IngressClassDescriber. */
export const describe: Describe<IngressClass> = async (ingressClass, port) => {
  const { controller = "", parameters } = ingressClass.spec ?? {};
  const w = new DescribeWriter();
  writeHead(w, ingressClass, false);
  w.field(0, "Controller", controller);
  if (parameters) {
    w.write(0, "Parameters:\n");
    if (parameters.apiGroup !== undefined) w.field(1, "APIGroup", parameters.apiGroup);
    w.field(1, "Kind", parameters.kind);
    w.field(1, "Name", parameters.name);
  }
  await writeEventsOf(w, ingressClass, port);
  return w.text();
};
