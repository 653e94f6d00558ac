/** Names of TCP ports in /etc/services (Debian 12) that programs here tell or take. */
const TCP_SERVICES: Readonly<Record<number, string>> = {
  7: "echo",
  20: "ftp-data",
  21: "ftp",
  22: "ssh",
  23: "telnet",
  25: "smtp",
  53: "domain",
  80: "http",
  110: "pop3",
  143: "imap2",
  389: "ldap",
  443: "https",
  636: "ldaps",
  993: "imaps",
  1433: "ms-sql-s",
  3306: "mysql",
  3389: "ms-wbt-server",
  5432: "postgresql",
  5671: "amqps",
  5672: "amqp",
  6379: "redis",
  8080: "http-alt",
  9418: "git",
};

/** The name of a port, or undefined. Models getservbyport(3). */
export function serviceName(port: number): string | undefined {
  return TCP_SERVICES[port];
}

/** The port of a name or of digits. Models getservbyname(3). */
export function servicePort(text: string): number | undefined {
  if (/^[0-9]+$/.test(text)) return Number(text);
  const found = Object.entries(TCP_SERVICES).find(([, name]) => name === text);
  return found ? Number(found[0]) : undefined;
}
