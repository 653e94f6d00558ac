import { describe, expect, it } from "vitest";
import { parseInteger } from "../../../src/cli/flags/convert.ts";

/** What Go's strconv.ParseInt(text, 0, 32) gives. */
describe("whole numbers of flags", () => {
  it.each([
    ["0", 0],
    ["-0", 0],
    ["80", 80],
    ["-5", -5],
    ["+5", 5],
    ["2147483647", 2147483647],
    ["-2147483648", -2147483648],
    ["0x1F", 31],
    ["010", 8],
    ["0b11", 3],
    ["1_000", 1000],
  ])("reads %s", (text, value) => {
    expect(parseInteger(text, 32) + 0).toBe(value);
  });

  it.each(["", " 1", "1 ", "1.5", "1e3", "1e-7", "0.5", "NaN", "Infinity", "1__0", "09"])("refuses %j", (text) => {
    expect(() => parseInteger(text, 32)).toThrow(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
  });

  it.each(["2147483648", "-2147483649", "1000000000000000000000"])("finds %s too large", (text) => {
    expect(() => parseInteger(text, 32)).toThrow(
      `strconv.ParseInt: parsing ${JSON.stringify(text)}: value out of range`,
    );
  });
});
