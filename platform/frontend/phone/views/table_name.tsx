/** A table by its number and, when it has one of its own, its name. */

import { t } from "../../shared/words";

export function TableName({ number, name }: { number: number; name: string }) {
  const plain = t("Table %(number)s", { number });
  const words = name.trim() || plain;
  return (
    <>
      <span class="badge" aria-hidden="true">
        {number}
      </span>
      <span class="table-name">
        {words !== plain && <span class="visually-hidden">{plain}: </span>}
        <bdi>{words}</bdi>
      </span>
    </>
  );
}
