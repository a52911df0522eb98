/** What the phone's page starts from. The server's side of it is described in templates/phone/phone.html. */

import { readBoot, type Boot } from "../shared/boot";
import type { Doorplate } from "../shared/wire";

export interface PhoneBoot extends Boot {
  /** What the door says; null on the page of the QR codes, which learns the code from its fragment. */
  workshop: Doorplate | null;
  /** The table that was chosen before the script had loaded. */
  joined_group: number | null;
  /** Language code → its own name, for the switch. */
  languages: Record<string, string>;
  /** The address of the help page. */
  help: string;
}

export const boot = readBoot<PhoneBoot>();
