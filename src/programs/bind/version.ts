/** What the recorded tools call themselves (Debian 12). */
export const BIND_VERSION = "9.18.49-1~deb12u3-Debian";
