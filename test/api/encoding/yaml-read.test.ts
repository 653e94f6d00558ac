import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { DecodeError, type ManifestDocument, readDocuments, readYaml } from "../../../src/api/encoding/yaml-read.ts";

interface Row {
  input: string;
  documents: string[];
  error?: string;
  strict?: string;
}

// Read by k8s.io/apimachinery v0.36.2 YAMLOrJSONDecoder and sigs.k8s.io/yaml v1.6.0: test/goldens/yaml/main.go.
const { read } = JSON.parse(readFileSync("test/goldens/yaml/goldens.json", "utf8")) as { read: Row[] };

function readAll(text: string): { documents: string[]; error?: string } {
  const documents: string[] = [];
  try {
    for (const document of readDocuments(text)) documents.push(document.text);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return { documents, error: error.message };
  }
  return { documents };
}

describe("readDocuments", () => {
  it.each(read.map((row) => [JSON.stringify(row.input), row] as const))("%s", (_, { input, documents, error }) => {
    expect(readAll(input)).toEqual(error === undefined ? { documents } : { documents, error });
  });
});

describe("readYaml finds keys that occur twice", () => {
  const rows = read.filter(({ strict }) => strict?.includes("already set in map"));
  it.each(rows.map((row) => [JSON.stringify(row.input), row] as const))("%s", (_, { input, strict }) => {
    const document: ManifestDocument = readYaml(input);
    expect(`yaml: unmarshal errors:\n  ${document.duplicates.join("\n  ")}`).toBe(strict);
  });
});
