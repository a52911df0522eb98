/** The top line: which table, and whether the server can be reached. */

import { t } from "../../shared/words";
import type { Evening } from "../evening";
import { TableName } from "./table_name";

export function Bar({ evening }: { evening: Evening }) {
  return (
    <header class="phone__bar toolbar">
      <p class="cluster phone__table">
        <TableName number={evening.ticket.group} name={evening.group.value?.name ?? ""} />
      </p>
      <Contact evening={evening} />
    </header>
  );
}

function Contact({ evening }: { evening: Evening }) {
  const line = evening.connection.line.value;
  return (
    <p class="status-line toolbar__end" role="status" data-state={line === "online" ? "ok" : "waiting"}>
      {line === "online" && t("Connected")}
      {line === "connecting" && t("Connecting")}
      {line === "offline" && (
        <span>
          {t("No contact")}
          <span class="visually-hidden">. {t("Write on: the notes are on the phone.")}</span>
        </span>
      )}
    </p>
  );
}
