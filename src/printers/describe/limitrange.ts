import { getKey, sortedKeys } from "../../api/json.ts";
import type { LimitRange } from "../../api/types/core.ts";
import { quantityText, writeName } from "./common.ts";
import type { Describe } from "./port.ts";
import { DescribeWriter } from "./writer.ts";

const TITLES = "Type\tResource\tMin\tMax\tDefault Request\tDefault Limit\tMax Limit/Request Ratio\n";
const RULES = "----\t--------\t---\t---\t---------------\t-------------\t-----------------------\n";

/** Models LimitRangeDescriber. */
export const describe: Describe<LimitRange> = (range) => {
  const w = new DescribeWriter();
  writeName(w, range, true);
  w.write(0, TITLES);
  w.write(0, RULES);
  writeLimits(w, range, "");
  return w.text();
};

/** The limit ranges of a namespace. Models DescribeLimitRanges. */
export function writeLimitRanges(w: DescribeWriter, ranges: readonly LimitRange[]): void {
  if (ranges.length === 0) {
    w.write(0, "No LimitRange resource.\n");
    return;
  }
  w.write(0, `Resource Limits\n ${TITLES}`);
  w.write(0, ` ${RULES}`);
  for (const range of ranges) writeLimits(w, range, " ");
}

/** The resources of an item stand in the order of their names: the real one has them in the random order of a Go map. */
function writeLimits(w: DescribeWriter, range: LimitRange, prefix: string): void {
  for (const item of range.spec?.limits ?? []) {
    const { type, min, max, defaultRequest, default: limit, maxLimitRequestRatio } = item;
    const lists = [min, max, defaultRequest, limit, maxLimitRequestRatio];
    for (const name of sortedKeys(Object.assign({}, ...lists))) {
      const cells = lists.map((list) => {
        const amount = list && getKey(list, name);
        return amount === undefined ? "-" : quantityText(amount);
      });
      w.write(0, `${prefix}${type}\t${name}\t${cells.join("\t")}\n`);
    }
  }
}
