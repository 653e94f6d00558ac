// One request to an API server, in JSON; `type` is the media type of the body.

import http from "node:http";
import https from "node:https";

/** @returns code, body and the Warning headers */
export async function ask(base, method, path, body, type = "application/json") {
  const text = body && JSON.stringify(body);
  const url = new URL(path, base);
  const options = {
    method,
    rejectUnauthorized: false,
    headers: {
      accept: "application/json",
      ...(base === process.env.SERVER ? { authorization: `Bearer ${process.env.TOKEN}` } : {}),
      ...(text ? { "content-type": type, "content-length": Buffer.byteLength(text) } : {}),
    },
  };
  return await new Promise((done, fail) => {
    const request = (url.protocol === "https:" ? https : http).request(url, options, (response) => {
      const parts = [];
      response.on("data", (part) => parts.push(part));
      response.on("end", () => {
        const raw = response.rawHeaders;
        const warnings = raw.filter((_, i) => i % 2 === 1 && raw[i - 1].toLowerCase() === "warning");
        const utf8 = warnings.map((warning) => Buffer.from(warning, "latin1").toString());
        done({ code: response.statusCode, body: JSON.parse(Buffer.concat(parts).toString()), warnings: utf8 });
      });
    });
    request.on("error", fail);
    request.end(text);
  });
}
