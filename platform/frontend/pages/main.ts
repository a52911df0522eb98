/**
 * Small conveniences on pages that work without them. What a control does stands in its data attributes:
 *
 *     <button hidden data-copy="ID" data-done="Copied">         copies the value of the field with that id
 *     <button hidden data-reveal="ID" data-show="…" data-hide="…">   shows what one types as a password
 *     <div data-progress="URL"><progress><p role="status">            follows work that goes on, and then loads the page again
 */

function field(id: string | undefined): HTMLInputElement | null {
  const found = id === undefined ? null : document.getElementById(id);
  return found instanceof HTMLInputElement ? found : null;
}

/** Copies, in the older way where the page is not served over TLS and has no clipboard of its own. */
async function copy(source: HTMLInputElement): Promise<boolean> {
  source.select();
  try {
    await navigator.clipboard.writeText(source.value);
    return true;
  } catch {
    return document.execCommand("copy");
  }
}

function offerCopy(button: HTMLButtonElement): void {
  const source = field(button.dataset["copy"]);
  if (!source) return;
  const status = document.getElementById(`${source.id}-status`);
  button.hidden = false;
  button.addEventListener("click", () => {
    void copy(source).then((copied) => {
      if (copied && status) status.textContent = button.dataset["done"] ?? "";
    });
  });
}

function offerReveal(button: HTMLButtonElement): void {
  const source = field(button.dataset["reveal"]);
  if (!source) return;
  const show = (shown: boolean): void => {
    source.type = shown ? "text" : "password";
    button.textContent = (shown ? button.dataset["hide"] : button.dataset["show"]) ?? "";
  };
  button.hidden = false;
  button.addEventListener("click", () => show(source.type === "password"));
  // What is sent is a password again, or the browser would remember it among ordinary texts.
  source.form?.addEventListener("submit", () => show(false));
}

/** What the address answers: how many are done and that in words, or that it has come to an end. */
interface Progress {
  settled: boolean;
  done?: number;
  words?: string;
}

const PAUSE = 700; // milliseconds between looks

function follow(box: HTMLElement, address: string): void {
  const bar = box.querySelector("progress");
  const status = box.querySelector("[role=status]");
  const look = async (): Promise<void> => {
    const answer = await fetch(address);
    const told: Progress = answer.redirected ? { settled: true } : ((await answer.json()) as Progress);
    if (told.settled) {
      location.reload();
      return;
    }
    if (bar && told.done !== undefined) bar.value = told.done;
    if (status && told.words !== status.textContent) status.textContent = told.words ?? "";
    again();
  };
  // A network that is away comes back: until then the page says what it knew last.
  const again = (): number => window.setTimeout(() => void look().catch(again), PAUSE);
  again();
}

for (const box of document.querySelectorAll<HTMLElement>("[data-progress]")) follow(box, box.dataset["progress"] ?? "");
for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-copy]")) offerCopy(button);
for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-reveal]")) offerReveal(button);
