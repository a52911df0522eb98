/** The parts of the summary, with how many lines each has and how many of them lack a source; and what has been done. */

import type { JSX } from "preact";
import { t, tn } from "../../shared/words";
import { Done } from "../log/done";
import { useManuscript } from "./manuscript";
import { footing, isWritten, type Section } from "./outline";
import { numberOf, titleOf } from "./titles";

export function Contents(): JSX.Element {
  const { sections, past } = useManuscript();
  const all = sections.value;
  const written = all.filter(isWritten);
  return (
    <div class="column" data-column="outline">
      <nav class="stack" data-gap="tight" data-list="outline" aria-labelledby="outline-heading">
        <h2 id="outline-heading" tabIndex={-1} data-heading>
          {t("Contents")}
        </h2>
        <p class="help count">
          <Counts sections={written} />
        </p>
        {blocks(all).map(({ heading, sections: some }) => (
          <div key={heading ?? some[0]!.key}>
            {heading && <h3 class="contents__heading">{heading}</h3>}
            <ul class="contents" role="list">
              {some.map((section) => (
                <Entry key={section.key} section={section} />
              ))}
            </ul>
          </div>
        ))}
      </nav>
      <Done past={past} />
    </div>
  );
}

/** Parts of the same kind stand together under what they are. */
function blocks(sections: readonly Section[]): { heading: string | null; sections: readonly Section[] }[] {
  const of = (fits: (section: Section) => boolean) => sections.filter(fits);
  const kind = (...kinds: string[]) => of(({ part }) => kinds.includes(part.kind));
  return [
    { heading: null, sections: kind("intro") },
    { heading: t("Themes"), sections: of(({ part }) => part.kind === "theme" && !part.single) },
    { heading: t("Questions"), sections: kind("question") },
    { heading: t("Groups"), sections: kind("group") },
    { heading: t("More"), sections: of(({ part }) => MORE.has(part.kind) || (part.kind === "theme" && part.single)) },
    { heading: t("Proof"), sections: kind("ledger", "appendix") },
  ].filter((block) => block.sections.length > 0);
}

const MORE: ReadonlySet<string> = new Set(["tensions", "answers", "voices"]);

function Entry({ section }: { section: Section }): JSX.Element {
  const manuscript = useManuscript();
  const { part } = section;
  const number = numberOf(part);
  return (
    <li>
      <button
        type="button"
        class="contents__entry"
        data-nested={part.kind === "theme" && part.single}
        aria-current={manuscript.section.value.key === section.key ? "true" : undefined}
        onClick={() => manuscript.go(section.key)}
      >
        <span class="contents__title" dir="auto">
          {number !== null && <span class="contents__number">{number}. </span>}
          {titleOf(part)}
        </span>
        {isWritten(section) && section.lines.length > 0 && (
          <span class="contents__counts count">
            <Counts sections={[section]} />
          </span>
        )}
      </button>
    </li>
  );
}

function Counts({ sections }: { sections: readonly Section[] }): JSX.Element {
  const { byId } = useManuscript();
  const lines = sections.flatMap((section) => section.lines);
  const without = lines.filter((line) => footing(line.notes, byId.value) === "none").length;
  const lost = lines.filter((line) => footing(line.notes, byId.value) === "lost").length;
  return (
    <>
      {tn("%(n)s line", "%(n)s lines", lines.length)}
      {without > 0 && <span class="lacks"> · {tn("%(n)s without a source", "%(n)s without a source", without)}</span>}
      {lost > 0 && <span class="lacks"> · {tn("%(n)s has lost a source", "%(n)s have lost a source", lost)}</span>}
    </>
  );
}
