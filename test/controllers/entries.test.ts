import { expect, test } from "vitest";
import { controllers } from "../../src/controllers/controllers.ts";

test.each(controllers.map((entry) => [entry.name, entry] as const))(
  "what is said of %s before it is loaded is true",
  async (name, { watches, load }) => {
    const controller = await load();
    expect(controller.name).toBe(name);
    if (watches === "everything") expect(controller.watches.length).toBeGreaterThan(20);
    else expect(controller.watches).toEqual(watches);
  },
);
