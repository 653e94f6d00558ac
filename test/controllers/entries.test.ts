import { expect, test } from "vitest";
import { controllers } from "../../src/controllers/controllers.ts";

test.each(controllers.map((entry) => [entry.name, entry] as const))(
  "%s is called so by its entry and by itself",
  async (name, { load }) => {
    expect((await load()).name).toBe(name);
  },
);

test("those that watch every resource of the API watch none of kubemu's own", () => {
  const watching = (resource: string) =>
    controllers.filter(({ watches }) => typeof watches === "function" && watches(resource)).map(({ name }) => name);
  expect(watching("services")).toEqual(["namespace-controller", "garbage-collector", "resourcequota-controller"]);
  expect(watching("nodes")).toEqual(["namespace-controller", "garbage-collector"]);
  expect(watching("outside.kubemu.dev")).toEqual([]);
});
