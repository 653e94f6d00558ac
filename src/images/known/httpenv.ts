import { quoteJson } from "../../api/encoding/json-emit.ts";
import { byteLength } from "../../api/encoding/text.ts";
import { sortedKeys } from "../../api/json.ts";
import { httpDate, type Image, tcp } from "../image.ts";

/**
 * BretFisher/httpenv: a Go server on 8888 that answers its environment as a JSON object to every request. Go's encoder writes maps in
 * key order, without blanks, and escapes `<`, `>` and `&`.
 */
export const httpenv: Image = {
  entrypoint: [],
  cmd: ["/httpenv"],
  toolbox: { base: "alpine", extra: ["curl"] },
  process: (argv) =>
    argv[0] !== "/httpenv"
      ? undefined
      : {
          lifetime: { runs: true },
          listens: tcp(8888),
          startLines: () => [{ stream: "stdout", text: "Starting httpenv listening on port 8888." }],
          http: (request, view) => {
            const members = sortedKeys(view.env).map((name) => `${quoteJson(name)}:${quoteJson(view.env[name]!)}`);
            const body = `{${members.join(",")}}`;
            return {
              status: 200,
              headers: [
                ["Date", httpDate(view.now)],
                ["Content-Length", String(byteLength(body))],
                ["Content-Type", "text/plain; charset=utf-8"],
              ],
              body: request.method === "HEAD" ? "" : body,
            };
          },
        },
};
