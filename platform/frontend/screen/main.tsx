/**
 * The projector's page comes alive. Its token is in the fragment, which no server and no log ever sees; a copy in the
 * tab's own storage brings it back when somebody has shortened the address.
 */

import { render } from "preact";
import { readBoot, type Boot } from "../shared/boot";
import { Connection, type Address } from "../shared/connection";
import { Store } from "../shared/store";
import { useWords } from "../shared/words";
import { Screen } from "./screen";

interface ScreenBoot extends Boot {
  /** What people type into a browser to reach the door. */
  address: string;
}

const KEPT = "verkstad.screen.token";

function token(): string | null {
  const found = location.hash.slice(1);
  try {
    if (found) sessionStorage.setItem(KEPT, found);
    return found || sessionStorage.getItem(KEPT);
  } catch {
    return found || null;
  }
}

function start(): void {
  const boot = readBoot<ScreenBoot>();
  useWords(boot.words, boot.lang);
  const store = new Store();
  const key = token();
  const address: Address = { code: "", token: key ?? "", lang: boot.lang };
  const connection = new Connection(address, store);
  if (key) connection.start();
  // The token says which workshop; plain HTTP needs its code as well, once it is known.
  store.workshop.subscribe((workshop) => {
    if (workshop) address.code = workshop.code;
  });
  const root = document.getElementById("screen")!;
  root.replaceChildren();
  render(<Screen store={store} connection={connection} token={key} address={boot.address} />, root);
}

// Another link pasted into the same tab changes the fragment only.
window.addEventListener("hashchange", () => location.reload());
start();
