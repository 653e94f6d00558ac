import { bare } from "./bare.ts";
import { cloud } from "./cloud.ts";
import { dockerDesktop } from "./docker-desktop.ts";
import { kind } from "./kind.ts";
import { linux } from "./linux.ts";
import { isProfileName, type Profile, type ProfileName } from "./profile.ts";

const PROFILES: Readonly<Record<ProfileName, () => Profile>> = {
  "docker-desktop": dockerDesktop,
  bare,
  kind,
  linux,
  cloud,
};

const made = new Map<ProfileName, Profile>();

/** The profile of a cluster; names are checked where a user gives them (`isProfileName`), so an unknown one is a fault of ours. */
export function profileOf(name: string): Profile {
  if (!isProfileName(name)) throw new Error(`no profile ${name}`);
  const known = made.get(name);
  if (known) return known;
  const profile = PROFILES[name]();
  made.set(name, profile);
  return profile;
}
