/** What a line has said before, who wrote it and when, beside what it says now; and the way back to it. */

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { SummaryLine } from "../../shared/wire";
import { clockTime, t, tn } from "../../shared/words";
import { Dialog, Tool } from "../controls";
import { nameOf } from "../themes/said";
import type { Version } from "./ask";
import { Compared } from "./compared";
import { useManuscript } from "./manuscript";

interface VersionsProps {
  line: SummaryLine;
  onClose: () => void;
}

export function Versions({ line, onClose }: VersionsProps): JSX.Element {
  const { desk } = useManuscript();
  const versions = useSignal<readonly Version[] | null>(null);
  const failed = useSignal(false);
  useEffect(() => {
    desk.lines.versions(line.id).then(
      (found) => (versions.value = found),
      () => (failed.value = true),
    );
  }, []);
  return (
    <Dialog heading={t("Earlier versions")} onClose={onClose}>
      {failed.value ? (
        <p class="refusal" role="alert">
          {t("The server does not answer. Try again when the connection is back.")}
        </p>
      ) : versions.value === null ? (
        <p role="status">{t("Fetching the versions…")}</p>
      ) : (
        <Shown line={line} versions={versions.value} onClose={onClose} />
      )}
    </Dialog>
  );
}

function Shown({ line, versions, onClose }: VersionsProps & { versions: readonly Version[] }): JSX.Element {
  const manuscript = useManuscript();
  const earlier = versions.slice(0, -1).reverse();
  const chosen = useSignal(0);
  const version = earlier[chosen.value];
  if (!version) return <p>{t("The line has not been changed since it was written.")}</p>;
  const takeBack = () => {
    onClose();
    manuscript.pens.write(line.id, { text: version.text, notes: version.notes });
  };
  return (
    <div class="stack">
      <p class="help">{tn("%(n)s earlier version", "%(n)s earlier versions", earlier.length)}</p>
      <ol class="versions" role="list">
        {earlier.map((one, index) => (
          <li key={index}>
            <button
              type="button"
              class="segment"
              aria-current={index === chosen.value ? "true" : undefined}
              onClick={() => (chosen.value = index)}
            >
              {whoAndWhen(one)}
            </button>
          </li>
        ))}
      </ol>
      <Compared
        before={{ title: whoAndWhen(version), text: version.text, notes: version.notes }}
        after={{ title: t("As it is now"), text: line.text, notes: line.notes }}
      />
      {!manuscript.closed && (
        <div>
          <Tool onPress={takeBack}>{t("Go back to this version")}</Tool>
        </div>
      )}
    </div>
  );
}

function whoAndWhen({ by, at }: Version): string {
  return by && at ? `${nameOf(by)}, ${clockTime(at)}` : t("From a file");
}
