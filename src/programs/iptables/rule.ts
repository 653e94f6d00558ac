/** A match or a target: its name and its options, as `iptables-save` prints them. */
export type Words = readonly string[];

export interface Rule {
  chain: string;
  source?: string;
  /** The source must not be there. */
  notSource?: string;
  destination?: string;
  protocol?: string;
  /** Each with its name first: `["tcp", "--dport", "80"]`. */
  matches: readonly Words[];
  /** Absent: the rule is a remark. */
  target?: Words;
}

export interface Tables {
  nat: Rule[];
  filter: Rule[];
}

export const comment = (text: string): Words => ["comment", "--comment", text];

/** `-j` and its options, to be spread into a rule. */
export const to = (...target: string[]) => ({ target });

/** The packets that KUBE-MARK-MASQ has marked for masquerading. */
export const MARK = "0x4000/0x4000";
export const ANY_LOCAL = "127.0.0.0/8";
