/** The way in: a QR to scan, or an address and a code to type; and how many have come to each table. */

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { workshopUrl } from "../shared/http";
import type { Store } from "../shared/store";
import type { Workshop } from "../shared/wire";
import { t, tn } from "../shared/words";
import { Counts } from "./counts";
import { spelled } from "../shared/code";

const AGAIN = 5000;

interface JoinProps {
  store: Store;
  workshop: Workshop;
  token: string;
  address: string;
}

export function Join({ store, workshop, token, address }: JoinProps): JSX.Element {
  const qr = useQr(workshop.code, token);
  const groups = [...store.groups.value.values()];
  const joined = groups.reduce((sum, group) => sum + (group.joined ?? 0), 0);
  return (
    <main class="board board--join">
      <h1 class="board__title" dir="auto">
        {workshop.title}
      </h1>
      <div class="way-in">
        {qr ? (
          <img class="way-in__qr" src={qr} alt={t("QR code that leads to the workshop")} />
        ) : (
          <div class="way-in__qr" />
        )}
        <div class="way-in__words">
          <p>{t("Scan the code, or go to")}</p>
          <p class="way-in__address">{address}</p>
          <p>{t("and type")}</p>
          <p class="way-in__code">{spelled(workshop.code)}</p>
        </div>
      </div>
      <Counts
        heading={
          workshop.state === "draft" ? t("The door opens soon") : tn("%(n)s has joined", "%(n)s have joined", joined)
        }
        counts={groups.map((group) => ({ table: group.number, count: group.joined ?? 0 }))}
      />
    </main>
  );
}

/** The QR as a picture. It holds the join secret, so it is fetched with the screen's token and never cached. */
function useQr(code: string, token: string): string | null {
  const picture = useSignal<string | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const load = async () => {
      try {
        const headers = { Authorization: `Bearer ${token}` };
        const response = await fetch(workshopUrl(code, "/qr.svg"), { headers, cache: "no-store" });
        if (!response.headers.get("Content-Type")?.includes("svg")) throw new Error("not a QR");
        picture.value = `data:image/svg+xml,${encodeURIComponent(await response.text())}`;
      } catch {
        timer = setTimeout(() => void load(), AGAIN);
      }
    };
    void load();
    return () => clearTimeout(timer);
  }, [code, token]);
  return picture.value;
}
