/** What the hall sees: the way in, the question, the notes, the themes, a voting, or a thank-you. Three things at most, nothing personal. */

import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Connection } from "../shared/connection";
import type { Store } from "../shared/store";
import type { Workshop } from "../shared/wire";
import { t, tn } from "../shared/words";
import { Join } from "./join";
import { Notes } from "./notes";
import { OpenQuestion } from "./question";
import { AllThemes, OneTheme } from "./themes";
import { Votes } from "./votes";

export interface ScreenProps {
  store: Store;
  connection: Pick<Connection, "line" | "refused">;
  token: string | null;
  address: string;
}

export function Screen(props: ScreenProps): JSX.Element {
  const { store, connection, token } = props;
  const workshop = store.workshop.value;
  useEffect(() => {
    if (workshop) document.title = `${workshop.title} – Verkstad`;
  }, [workshop?.title]);
  if (!token) return <Alone heading={t("The screen needs its link")} text={t("Open the screen from the studio.")} />;
  if (connection.refused.value) {
    return <Alone heading={t("The link no longer works")} text={t("Open the screen from the studio again.")} />;
  }
  return (
    <>
      {workshop ? (
        <View {...props} workshop={workshop} token={token} />
      ) : (
        <Alone heading={t("One moment")} text={t("The screen is connecting.")} />
      )}
      <Line store={store} connection={connection} />
    </>
  );
}

interface ViewProps extends ScreenProps {
  workshop: Workshop;
  token: string;
}

function View({ store, workshop, token, address }: ViewProps): JSX.Element {
  if (workshop.state !== "draft") {
    // The hall goes through its themes after the last question too.
    if (workshop.screen === "theme") return <OneTheme themes={store.shownThemes.value} />;
    if (workshop.screen === "themes") return <AllThemes themes={store.shownThemes.value} />;
    if (workshop.screen === "votes") return <Votes store={store} workshop={workshop} address={address} />;
  }
  if (workshop.state !== "open" && workshop.state !== "draft") return <Thanks store={store} workshop={workshop} />;
  if (workshop.screen === "join" || workshop.state === "draft") {
    return <Join store={store} workshop={workshop} token={token} address={address} />;
  }
  if (workshop.screen === "notes") return <Notes store={store} workshop={workshop} address={address} />;
  return <OpenQuestion store={store} workshop={workshop} address={address} />;
}

function Thanks({ store, workshop }: { store: Store; workshop: Workshop }): JSX.Element {
  const groups = [...store.groups.value.values()];
  const notes = groups.reduce((sum, group) => sum + (group.notes ?? 0), 0);
  return (
    <main class="board board--alone">
      <p class="board__over" dir="auto">
        {workshop.title}
      </p>
      <h1 class="prompt" data-length="short">
        {t("Thank you for tonight")}
      </h1>
      {notes > 0 && (
        <p class="board__line">
          {tn("%(n)s note is kept and is compiled now.", "%(n)s notes are kept and are compiled now.", notes)}
        </p>
      )}
    </main>
  );
}

function Alone({ heading, text }: { heading: string; text: string }): JSX.Element {
  return (
    <main class="board board--alone">
      <h1 class="prompt" data-length="short">
        {heading}
      </h1>
      <p class="board__line">{text}</p>
    </main>
  );
}

/** Said only when something is wrong: a hall does not need to know that all is well. */
function Line({ store, connection }: Pick<ScreenProps, "store" | "connection">): JSX.Element {
  const away = store.workshop.value !== null && connection.line.value === "offline";
  return (
    <p class="board__status" role="status">
      {away && t("No contact with the server. The screen comes back by itself.")}
    </p>
  );
}
