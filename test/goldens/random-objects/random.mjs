// Random values for the fields of a kind, by its OpenAPI schema. The same seed gives the same values.

/** @returns a function that gives numbers from 0 up to 1 (mulberry32) */
export function generator(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const LONG = "a".repeat(64);
const STRINGS = ["", "a", "web", "A", "Bad_Name", "a.b.example.com", LONG, "a".repeat(254), "10.0.0.1", "10.96.5.5", "::1", "fd00::1"]
  .concat(["1.2.3.4/33", "10.0.0.0/8", "-x", "x-", "http", "80", "a b", "é", "x/y", "../x", "example.com/foo", "5000000000"])
  .concat(["*.example.com", ".", "..", "a\nb", "*", "TCP", "Local", "/abs", "v1", "1Gi"]);
const KEYS = ["app", "a", "example.com/a", "Bad Key", "-x", LONG, "x.y", "kubernetes.io/x", "cpu", "memory", "pods", "requests.cpu"]
  .concat(["services", "hugepages-2Mi", "ephemeral-storage", "example.com/gpu"]);
const INTEGERS = [-1, 0, 1, 2, 5, 80, 443, 1000, 30100, 65535, 65536, 99999, 86400, 86401, 2147483647, 2147483648, -5, 3, 10, 100];
const INT_OR_STRINGS = [80, 0, -1, 65536, "http", "Bad_", "50%", "-1%", "150%", "0%", "x%", "", 1, "a-name-that-is-too-long"];
const QUANTITIES = ["1", "1Gi", "-1", "abc", "100m", "0", 2, "1.5", "1e3", "500Mi", "1.0001"];
const TIMES = ["2026-01-01T00:00:00Z", "nope", "2026-01-01T00:00:00.123456Z", "", null];
const BYTES = ["YQ==", "!!", "", "YWJj"];
// What is the server's, or would have another request answered.
const SYSTEM = ["managedFields", "name", "namespace", "uid", "resourceVersion", "creationTimestamp", "selfLink"]
  .concat(["deletionTimestamp", "deletionGracePeriodSeconds", "generateName"]);

export class Randomizer {
  /** `schemas`: by name, as `#/components/schemas/NAME` refers to them. */
  constructor(seed, schemas) {
    this.random = generator(seed);
    this.schemas = schemas;
  }
  pick(list) {
    return list[Math.floor(this.random() * list.length)];
  }
  chance(part) {
    return this.random() < part;
  }
  resolve(schema) {
    let at = schema;
    while (at?.$ref || at?.allOf?.length === 1) {
      if (at.$ref) at = this.schemas[at.$ref.split("/").pop()];
      else at = { ...at, ...this.resolve(at.allOf[0]), allOf: undefined };
    }
    return at;
  }

  /** A value of the schema, now and then a wrong one; objects to the given depth. */
  value(unresolved, depth) {
    const schema = this.resolve(unresolved) ?? {};
    if (this.chance(0.04)) return null;
    if (this.chance(0.01)) return this.pick(["str", 5, true, [], {}]);
    if (schema.format === "int-or-string") return this.pick(INT_OR_STRINGS);
    if (schema.oneOf?.some(({ type }) => type === "number")) return this.pick(QUANTITIES);
    switch (schema.type) {
      case "string":
        return this.string(schema);
      case "integer":
        return this.chance(0.02) ? this.pick(["80", 1.5]) : this.pick(INTEGERS);
      case "number":
        return this.pick([0, 1, 0.5, -1]);
      case "boolean":
        return this.chance(0.03) ? "true" : this.chance(0.5);
      case "array":
        return this.list(schema, depth);
      default:
        return this.object(schema, depth);
    }
  }

  string(schema) {
    if (schema.format === "date-time") return this.pick(TIMES);
    if (schema.format === "byte") return this.pick(BYTES);
    // The values that a field may have are often named by its description alone.
    const words = [...(schema.description ?? "").matchAll(/["'`]([A-Za-z][A-Za-z0-9./-]{0,40})["'`]/g)].map((match) => match[1]);
    if (schema.enum && this.chance(0.6)) return this.pick(schema.enum);
    return words.length > 0 && this.chance(0.5) ? this.pick(words) : this.pick(STRINGS);
  }

  list(schema, depth) {
    const out = [];
    for (let left = this.pick([0, 1, 1, 1, 2, 2, 3]); left > 0; left--)
      out.push(out.length > 0 && this.chance(0.2) ? out[0] : this.value(schema.items, depth - 1));
    return out;
  }

  object(schema, depth) {
    const out = {};
    if (schema.properties) {
      const likely = depth > 2 ? 0.25 : depth > 0 ? 0.3 : 0;
      for (const [key, member] of Object.entries(schema.properties))
        if (!SYSTEM.includes(key) || key === "name")
          if (schema.required?.includes(key) ? this.chance(0.93) : this.chance(likely)) out[key] = this.value(member, depth - 1);
    } else if (schema.additionalProperties)
      for (let left = this.pick([0, 1, 1, 2]); left > 0; left--) out[this.pick(KEYS)] = this.value(schema.additionalProperties, depth - 1);
    return out;
  }

  /** A copy with one to three places changed, most of them below `focus`, keys sorted as kubectl sends them. */
  changed(base, schema, focus = []) {
    const out = structuredClone(base);
    for (let left = this.pick([1, 1, 1, 2, 2, 3]); left > 0; left--) {
      const inside = focus.length > 0 && this.chance(0.8) ? [...this.placesBelow(out, schema, focus)] : [];
      const places = inside.length > 0 ? inside : [...this.places(out, schema, [])];
      const deep = places.filter(({ holder }) => holder !== out);
      const { holder, key, of } = this.pick(deep.length > 0 && this.chance(0.5) ? deep : places);
      if (Array.isArray(holder) && this.chance(0.3)) holder.push(structuredClone(holder[key]));
      else if (!Array.isArray(holder) && this.chance(0.12)) delete holder[key];
      else holder[key] = this.value(of, 3);
    }
    return sorted(out);
  }

  placesBelow(object, schema, focus) {
    let at = object;
    let of = this.resolve(schema);
    for (const name of focus) {
      at = at?.[name];
      of = this.resolve(of?.properties?.[name]);
    }
    return this.places(at, of, focus);
  }

  /** Where a value may stand: the object or list, the key, and the schema. */
  *places(holder, unresolved, path) {
    const schema = this.resolve(unresolved);
    if (!schema || holder === null || typeof holder !== "object") return;
    if (schema.type === "array" && Array.isArray(holder))
      for (const [key, item] of holder.entries()) {
        yield { holder, key, of: schema.items };
        yield* this.places(item, schema.items, [...path, key]);
      }
    else if (schema.properties)
      for (const [key, of] of Object.entries(schema.properties)) {
        if (path.length === 0 && ["kind", "apiVersion", "status"].includes(key)) continue;
        if (path.length === 1 && path[0] === "metadata" && SYSTEM.includes(key)) continue;
        if (path.length === 0 && key === "metadata") {
          if (this.chance(0.3)) yield* this.places(holder[key], of, [key]);
          continue;
        }
        yield { holder, key, of };
        yield* this.places(holder[key], of, [...path, key]);
      }
    else if (schema.additionalProperties)
      for (const key of Object.keys(holder)) yield { holder, key, of: schema.additionalProperties };
  }
}

export function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  );
}
