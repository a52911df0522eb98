/** The studio's page comes alive. */

import { effect } from "@preact/signals";
import { render } from "preact";
import { readBoot } from "../shared/boot";
import { Connection } from "../shared/connection";
import { Store } from "../shared/store";
import { useWords } from "../shared/words";
import { Desk, DeskContext, type StudioBoot } from "./desk";
import { askFindings } from "./names/ask";
import { askSimilar } from "./similar";
import { Studio } from "./studio";
import { askLines } from "./summary/ask";
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

const desk = new Desk(boot, store, connection, askSimilar(boot.code, proof), askLines(boot.code, proof), askFindings(boot.code, proof));
effect(() => {
  // What a token may do is known with the first answer; who may only sort has a page that shows nothing else.
  const you = store.you.value;
  if (token && you && "role" in you && you.role === "theme_team" && !desk.onlySorts) {
    location.replace(`/themes/${boot.code}${location.hash}`);
  }
});

const root = document.getElementById("studio")!;
root.replaceChildren();
render(
  <DeskContext.Provider value={desk}>
    <Studio />
  </DeskContext.Provider>,
  root,
);
