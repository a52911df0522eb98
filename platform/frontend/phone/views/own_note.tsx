/** One of this phone's notes: where it is, and how to change it or take it back. */

import type { RefObject } from "preact";
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../../shared/words";
import type { Card } from "../cards";
import type { Evening } from "../evening";
import { clean } from "../text";
import { Editor } from "./editor";

interface Props {
  evening: Evening;
  card: Card;
  /** Its number in the scribe's list. */
  number: number | null;
  /** Called when the focused note leaves the list, so that the focus is not lost with it. */
  onGone(): void;
}

type Item = RefObject<HTMLLIElement | null>;

export function OwnNote({ evening, card, number, onGone }: Props) {
  const draft = `edit/${card.id}`;
  const editing = useSignal(evening.drafts.texts.peek().has(draft));
  const item = useRef<HTMLLIElement>(null);
  useFocusHandover(item, onGone);
  const close = () => {
    editing.value = false;
    focusIn(item, ".note__change");
  };
  // A text that was only looked at is not marked as edited.
  const change = async (text: string) =>
    clean(text) === card.text ? evening.drop(draft) : evening.rewrite(card.id, text);
  if (card.undo !== null) return <Withdrawn evening={evening} item={item} undo={card.undo} />;
  return (
    <li ref={item} class="note" data-state={stateOf(card)}>
      {editing.value ? (
        <Editor
          evening={evening}
          draft={draft}
          original={card.text}
          action={t("Save the change")}
          save={change}
          close={close}
        />
      ) : (
        <>
          <p class="note__text" dir="auto">
            {card.text}
          </p>
          <Meta card={card} number={number} />
          {card.hidden === null && evening.takesNotes.value && (
            <Acts evening={evening} card={card} item={item} change={() => (editing.value = true)} />
          )}
        </>
      )}
    </li>
  );
}

function stateOf(card: Card): string | undefined {
  if (card.hidden !== null) return "hidden";
  return card.place === "phone" ? "waiting" : undefined;
}

function Meta({ card, number }: { card: Card; number: number | null }) {
  return (
    <p class="note__meta">
      {number !== null && <span class="count">{t("Note %(number)s", { number })}</span>}
      <span class="status-line" data-state={card.place === "phone" ? "waiting" : "ok"}>
        {card.place === "phone" ? t("On the phone") : t("At the server")}
      </span>
      {card.late && <span>{t("Late")}</span>}
      {card.hidden !== null && (
        <span dir="auto">
          {card.hidden ? t("Hidden by the facilitator: %(why)s", { why: card.hidden }) : t("Hidden by the facilitator")}
        </span>
      )}
    </p>
  );
}

function Acts({ evening, card, item, change }: { evening: Evening; card: Card; item: Item; change(): void }) {
  const withdraw = async () => {
    await evening.withdraw(card.id);
    focusIn(item, ".note__undo");
  };
  return (
    <div class="note__acts">
      <button class="ds-button note__change" data-variant="tertiary" type="button" onClick={change}>
        {t("Change")}
        <Which text={card.text} />
      </button>
      <button class="ds-button note__withdraw" data-variant="tertiary" type="button" onClick={() => void withdraw()}>
        {t("Take back")}
        <Which text={card.text} />
      </button>
    </div>
  );
}

/** Which note a button is about, for those who hear the buttons one by one. */
function Which({ text }: { text: string }) {
  const words = text.split(/\s+/).slice(0, 5).join(" ");
  return <span class="visually-hidden">: {words}</span>;
}

function Withdrawn({ evening, item, undo }: { evening: Evening; item: Item; undo: string }) {
  const takeBack = async () => {
    await evening.outbox.undo(undo);
    focusIn(item, ".note__withdraw");
  };
  return (
    <li ref={item} class="note" data-state="hidden">
      <div class="toolbar">
        <p>{t("The note is taken back.")}</p>
        <button class="ds-button note__undo toolbar__end" data-variant="secondary" type="button" onClick={() => void takeBack()}>
          {t("Undo")}
        </button>
      </div>
    </li>
  );
}

/** Once the change is drawn, the focus goes to what took the pressed button's place. */
function focusIn(item: Item, selector: string): void {
  requestAnimationFrame(() => item.current?.querySelector<HTMLElement>(selector)?.focus());
}

function useFocusHandover(item: Item, onGone: () => void): void {
  const focused = useRef(false);
  useEffect(() => {
    const look = () => (focused.current = Boolean(item.current?.contains(document.activeElement)));
    document.addEventListener("focusin", look);
    return () => {
      document.removeEventListener("focusin", look);
      if (focused.current) setTimeout(() => document.activeElement === document.body && onGone());
    };
  }, []);
}
