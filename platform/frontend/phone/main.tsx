/** The phone: joins a table, shows the question, keeps and sends notes. */

import "@preact/signals";
import { render } from "preact";
import { useWords } from "../shared/words";
import { Arrival } from "./arrival";
import { boot } from "./boot";
import { openShelf } from "./shelf";
import { App } from "./views/app";

async function main(): Promise<void> {
  useWords(boot.words, boot.lang);
  const arrival = new Arrival(await openShelf());
  await arrival.start();
  // Until here the page is the server's plain form, which works by itself.
  const root = document.getElementById("phone")!;
  root.replaceChildren();
  render(<App arrival={arrival} />, root);
}

void main();
