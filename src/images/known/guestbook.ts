import { httpDate, type Image, tcp } from "../image.ts";

const PAGE = `<html ng-app="redis">
  <head>
    <title>Guestbook</title>
    <link rel="stylesheet" href="//netdna.bootstrapcdn.com/bootstrap/3.1.1/css/bootstrap.min.css">
  </head>
  <body ng-controller="RedisCtrl">
    <div style="width: 50%; margin-left: 20px">
      <h2>Guestbook</h2>
    </div>
  </body>
</html>
`;

/** The guestbook's PHP front end. */
export const gbFrontend: Image = {
  entrypoint: ["docker-php-entrypoint"],
  cmd: ["apache2-foreground"],
  toolbox: { base: "debian", extra: ["curl", "php"] },
  process: (argv) =>
    argv.at(-1) !== "apache2-foreground"
      ? undefined
      : {
          lifetime: { runs: true },
          listens: tcp(80),
          http: (request, view) => ({
            status: 200,
            headers: [
              ["Date", httpDate(view.now)],
              ["Server", "Apache/2.4.54 (Debian)"],
              ["Content-Length", String(PAGE.length)],
              ["Content-Type", "text/html"],
            ],
            body: request.method === "HEAD" ? "" : PAGE,
          }),
        },
};
