/** The studio's page comes alive. */

import { render } from "preact";
import { readBoot } from "../shared/boot";
import { Connection } from "../shared/connection";
import { Store } from "../shared/store";
import { useWords } from "../shared/words";
import { Desk, DeskContext, type StudioBoot } from "./desk";
import { Studio } from "./studio";

const boot = readBoot<StudioBoot>();
useWords(boot.words, boot.lang);

const store = new Store();
const connection = new Connection({ code: boot.code, csrf: boot.csrf, lang: boot.lang }, store);
connection.start();

const root = document.getElementById("studio")!;
root.replaceChildren();
render(
  <DeskContext.Provider value={new Desk(boot, store, connection)}>
    <Studio />
  </DeskContext.Provider>,
  root,
);
