import { describe, expect, test } from "vitest";
import {
  byteLength,
  decodeBase64,
  decodeText,
  encodeBase64,
  encodeText,
  strictText,
} from "../../../src/api/encoding/text.ts";
import { behaviour } from "../../../src/api/kinds/secret/behaviour.ts";
import type { Secret } from "../../../src/api/types/core.ts";

describe("texts and bytes", () => {
  test("there and back, a byte order mark included", () => {
    expect([...encodeText("\ufeffä")]).toEqual([0xef, 0xbb, 0xbf, 0xc3, 0xa4]);
    expect(decodeText(encodeText("\ufeffä"))).toBe("\ufeffä");
  });
  test("what is no UTF-8", () => {
    expect(decodeText(Uint8Array.of(0x61, 0xff))).toBe("a\ufffd");
    expect(strictText(Uint8Array.of(0x61, 0xff))).toBeUndefined();
  });
  test("lengths count bytes", () => {
    expect(["", "abc", "ä", "€", "😀"].map(byteLength)).toEqual([0, 3, 2, 3, 4]);
  });
  test("base64", () => {
    expect(encodeBase64(Uint8Array.of(0, 255, 1))).toBe("AP8B");
    expect([...decodeBase64("AP8B")]).toEqual([0, 255, 1]);
  });
});

// What a Secret may hold is 1 MiB (kubernetes pkg/apis/core MaxSecretSize): more than a function takes as arguments.
test("stringData of 700 kB becomes data", () => {
  const text = "a".repeat(700_000);
  const secret: Secret = { apiVersion: "v1", kind: "Secret", metadata: { name: "s" }, stringData: { text } };
  behaviour.setDefaults!(secret, { snapshot: undefined as never, now: 0, subresource: "", warn() {} });
  expect(secret.data!.text).toBe(Buffer.from(text).toString("base64"));
});
