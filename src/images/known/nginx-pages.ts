/** What the official images serve from /usr/share/nginx/html, and the pages that nginx itself writes. */
export interface WelcomePage {
  index: string;
  error50x: string;
  lastModified: string;
  etag: string;
  etag50x: string;
}

const STYLE_OLD = `<style>
    body {
        width: 35em;
        margin: 0 auto;
        font-family: Tahoma, Verdana, Arial, sans-serif;
    }
</style>`;
const STYLE = `<style>
html { color-scheme: light dark; }
body { width: 35em; margin: 0 auto;
font-family: Tahoma, Verdana, Arial, sans-serif; }
</style>`;

const index = (style: string) => `<!DOCTYPE html>
<html>
<head>
<title>Welcome to nginx!</title>
${style}
</head>
<body>
<h1>Welcome to nginx!</h1>
<p>If you see this page, the nginx web server is successfully installed and
working. Further configuration is required.</p>

<p>For online documentation and support please refer to
<a href="http://nginx.org/">nginx.org</a>.<br/>
Commercial support is available at
<a href="http://nginx.com/">nginx.com</a>.</p>

<p><em>Thank you for using nginx.</em></p>
</body>
</html>
`;

const error50x = (style: string) => `<!DOCTYPE html>
<html>
<head>
<title>Error</title>
${style}
</head>
<body>
<h1>An error occurred.</h1>
<p>Sorry, the page you are looking for is currently unavailable.<br/>
Please try again later.</p>
<p>If you are the system administrator of this resource then you should check
the error log for details.</p>
<p><em>Faithfully yours, nginx.</em></p>
</body>
</html>
`;

/** ETag as nginx builds it: modification time and size, both in hexadecimal. */
function page(style: string, lastModified: string): WelcomePage {
  const seconds = Math.floor(Date.parse(lastModified) / 1000).toString(16);
  const etag = (text: string) => `"${seconds}-${text.length.toString(16)}"`;
  return {
    index: index(style),
    error50x: error50x(style),
    lastModified,
    etag: etag(index(style)),
    etag50x: etag(error50x(style)),
  };
}

export const WELCOME: Readonly<Record<"old" | "current", WelcomePage>> = {
  get old() {
    return page(STYLE_OLD, "Tue, 04 Dec 2018 14:44:49 GMT");
  },
  get current() {
    return page(STYLE, "Tue, 09 Dec 2025 18:28:10 GMT");
  },
};

const REASONS: Readonly<Record<number, string>> = {
  301: "Moved Permanently",
  302: "Found",
  303: "See Other",
  307: "Temporary Redirect",
  308: "Permanent Redirect",
  400: "Bad Request",
  403: "Forbidden",
  404: "Not Found",
  405: "Not Allowed",
  500: "Internal Server Error",
  502: "Bad Gateway",
  503: "Service Temporarily Unavailable",
  504: "Gateway Time-out",
};

/** The page of an error status, lines ended by CRLF. Models nginx src/http/ngx_http_special_response.c. */
export function nginxError(status: number, version: string, why?: string): string {
  const title = `${status} ${REASONS[status] ?? ""}`;
  return [
    "<html>",
    `<head><title>${why === undefined ? title : `${status} ${why}`}</title></head>`,
    "<body>",
    `<center><h1>${title}</h1></center>`,
    ...(why === undefined ? [] : [`<center>${why}</center>`]),
    `<hr><center>nginx/${version}</center>`,
    "</body>",
    "</html>",
    "",
  ].join("\r\n");
}

/** The pages that a version brings. */
export function pageOf(version: string): WelcomePage {
  const [, minor = 0, patch = 0] = version.split(".").map(Number);
  return minor < 21 || (minor === 21 && patch < 5) ? WELCOME.old : WELCOME.current;
}
