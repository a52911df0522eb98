/** The studio's page comes alive. */

import { render } from "preact";
import { readBoot } from "../shared/boot";
import { Connection } from "../shared/connection";
import { Store } from "../shared/store";
import { useWords } from "../shared/words";
import { Desk, DeskContext, type StudioBoot } from "./desk";
import { askSimilar } from "./similar";
import { Studio } from "./studio";
import { followAddress, readFragment } from "./view";

const boot = readBoot<StudioBoot>();
useWords(boot.words, boot.lang);

const store = new Store();
// A guest studio (a rehearsal's, say) has a token in the fragment; a person's own has the account's session.
const { token } = readFragment(location.hash);
const proof = token ? { token } : { csrf: boot.csrf };
const connection = new Connection({ code: boot.code, lang: boot.lang, ...proof }, store);
connection.start();

followAddress();

const root = document.getElementById("studio")!;
root.replaceChildren();
render(
  <DeskContext.Provider value={new Desk(boot, store, connection, askSimilar(boot.code, proof))}>
    <Studio />
  </DeskContext.Provider>,
  root,
);
